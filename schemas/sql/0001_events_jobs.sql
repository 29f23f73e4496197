-- The event log: one table is outbox, timeline, audit trail and source of the live feed.
create table events (
    seq        bigint generated always as identity primary key,
    xid        xid8 not null default pg_current_xact_id(),
    id         uuid not null unique,
    kind       text not null,
    at         timestamptz not null default now(),
    actor      text not null,
    ticket_id  uuid,
    station_id uuid,
    roles      text[] not null default '{}',
    facts      jsonb not null default '{}'
);
create index events_by_order on events (xid, seq);
create index events_by_ticket on events (ticket_id, seq) where ticket_id is not null;

-- seq is given before commit: a reader that has seen 2 could miss a 1 that commits later.
-- A transaction below the snapshot's xmin has ended, so nothing can appear before what is read here.
create view settled_events as
    select * from events where xid < pg_snapshot_xmin(pg_current_snapshot());

create function announce_event() returns trigger language plpgsql as $$
begin
    perform pg_notify('events', '');
    return null;
end $$;
create trigger events_announced after insert on events
    for each statement execute function announce_event();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'table % is append-only', tg_table_name;
end $$;
create trigger events_append_only before update or delete on events
    for each row execute function refuse_change();

-- A job's effect and this row commit together, so that a job run twice acts once.
create table jobs_done (
    key     text primary key,
    done_at timestamptz not null default now()
);
create index jobs_done_by_age on jobs_done (done_at);

-- What a job could not do after its last try: shown to a person, never dropped.
create table jobs_parked (
    id        uuid primary key,
    name      text not null,
    key       text not null,
    payload   jsonb not null,
    error     text not null,
    parked_at timestamptz not null default now()
);

create table worker_heartbeats (
    worker_id uuid primary key,
    beat_at   timestamptz not null default now()
);
