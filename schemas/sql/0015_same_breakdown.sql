-- The same breakdown reported twice: one ticket goes on, the other is handled with it.
alter table tickets drop constraint tickets_stage_check;
alter table tickets add constraint tickets_stage_check check (stage in (
    'opened', 'in_progress', 'dispatching', 'assigned', 'en_route', 'on_site',
    'handed_over', 'resolved', 'closed', 'cancelled', 'merged'));

drop index tickets_queue;
create index tickets_queue on tickets (priority, (-tier), opened_at, id)
    where stage not in ('resolved', 'closed', 'cancelled', 'merged');
drop index tickets_live_by_phone;
create index tickets_live_by_phone on tickets (caller_phone)
    where caller_phone is not null and stage not in ('resolved', 'closed', 'cancelled', 'merged');

-- Who said that two are one, when and why; undone_at: that it was not so after all.
create table ticket_merges (
    id           uuid primary key,
    survivor_id  uuid not null references tickets,
    merged_id    uuid not null references tickets,
    stage_before text not null,
    reason       text not null,
    merged_by    text not null,
    merged_at    timestamptz not null default now(),
    undo_reason  text,
    undone_by    text,
    undone_at    timestamptz,
    check (survivor_id <> merged_id)
);
create unique index one_merge_per_ticket on ticket_merges (merged_id) where undone_at is null;
create index ticket_merges_by_survivor on ticket_merges (survivor_id, merged_at);

-- Pairs that look like one breakdown, each once; told_apart_at: a person has said they are two.
create table like_tickets (
    one_id        uuid not null references tickets,
    other_id      uuid not null references tickets,
    proposed_at   timestamptz not null default now(),
    reasons       text[] not null default '{}',
    told_apart_by text,
    told_apart_at timestamptz,
    primary key (one_id, other_id),
    check (one_id < other_id)
);
create index like_tickets_by_other on like_tickets (other_id);

-- As customers/model.py has it: upper case, without dots and spaces.
create function plate_of(written text) returns text language sql immutable parallel safe as $$
    select upper(regexp_replace(written, '[\s·.\-]', '', 'g'))
$$;
create index rescues_by_plate on tickets (plate_of(particulars ->> 'plate'), opened_at desc)
    where kind = 'rescue' and particulars ->> 'plate' <> '';
create index rescues_by_phone on tickets (caller_phone, opened_at desc)
    where kind = 'rescue' and caller_phone is not null;
create index ticket_places_by_time on ticket_places (created_at, lat, lon);
