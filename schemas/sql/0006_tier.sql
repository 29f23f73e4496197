-- An owner's tier breaks ties in the queue, and never more than ties.
alter table owners add column tier smallint not null default 0 check (tier between 0 and 3);
alter table tickets add column tier smallint not null default 0;
drop index tickets_live;
create index tickets_queue on tickets (priority, (-tier), opened_at, id)
    where stage not in ('resolved', 'closed', 'cancelled');
