-- The few calls that are live, among all that ever were; the alarms of one ticket.
create index calls_live on calls (ringing_at desc, id desc) where state <> 'ended';
create index alarms_by_ticket on alarms (ticket_id, raised_at desc, id desc)
    where ticket_id is not null;
