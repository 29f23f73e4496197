-- What a count asks of everybody's last weeks, without the tables beside the indexes: the way on which
-- he was spoken to, and whose case is open.
drop index contact_ledger_in_time;
create index contact_ledger_in_time on contact_ledger (at, owner_id)
    include (campaign_id, outcome, purpose, state, channel);
create index tickets_open_cases on tickets (owner_id) include (kind, stage)
    where kind in ('complaint', 'rescue') and not drill
      and stage not in ('closed', 'cancelled', 'merged');
