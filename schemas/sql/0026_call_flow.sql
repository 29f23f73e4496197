-- The hotline's call flow, version by version: the newest is current, calls under way keep theirs.
create table call_flows (
    version      integer primary key check (version > 0),
    flow         jsonb not null,
    note         text not null,
    published_by text not null,
    published_at timestamptz not null default now()
);
-- Where each live call stands in its flow, and what its carrier was told there.
create table flow_positions (
    call_id      uuid primary key references calls,
    flow_version integer not null references call_flows,
    step         text,
    sequence     integer not null check (sequence >= 0),
    tries        integer not null check (tries >= 0),
    language     text not null check (language in ('zh', 'en')),
    is_over      boolean not null,
    acts         jsonb not null
);
-- What a caller left as a recording, for who calls him back.
create table left_messages (
    call_id    uuid not null references calls,
    sequence   integer not null,
    recording  text not null,              -- where the carrier keeps it
    duration_s integer,
    left_at    timestamptz not null default now(),
    primary key (call_id, sequence)
);
