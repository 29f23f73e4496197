-- What makes a taken alarm sound anew: the same reason on another occasion is news.
alter table alarms add column occasion text not null default '';
alter table alarms add column drill boolean not null default false;

-- A caller rings again about what is open already.
create index tickets_live_by_phone on tickets (caller_phone)
    where caller_phone is not null and stage not in ('resolved', 'closed', 'cancelled');
