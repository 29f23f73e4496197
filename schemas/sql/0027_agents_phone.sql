-- A call is in the menu before it rings at anybody.
alter table calls drop constraint calls_state_check;
alter table calls add constraint calls_state_check
    check (state in ('menu', 'ringing', 'answered', 'ended'));

-- The phone an agent is rung on; who has no row uses his browser.
create table agent_phones (
    staff_id  uuid primary key references staff_users,
    kind      text not null check (kind in ('browser', 'desk', 'none')),
    extension text unique check (extension ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$'),
    check ((extension is not null) = (kind = 'desk'))
);

-- Everybody who was on the line of a call, each from his ring to his end.
create table call_legs (
    leg         text primary key,
    call_id     uuid not null references calls,
    party       text not null check (party in
        ('caller', 'agent', 'colleague', 'station', 'outside', 'supervisor')),
    staff_id    uuid references staff_users,
    station_id  uuid references stations,
    number      text,
    rang_at     timestamptz not null default now(),
    answered_at timestamptz,
    ended_at    timestamptz,
    ending      text check (ending in ('normal', 'busy', 'declined', 'no_answer', 'unknown_number',
                                       'unreachable', 'lost')),
    check ((ended_at is null) = (ending is null))
);
create index call_legs_by_call on call_legs (call_id, rang_at);
create index call_legs_live on call_legs (call_id) where ended_at is null;

-- What somebody at a desk wants done with a call: written before the switch is asked.
create table call_orders (
    id         uuid primary key,
    call_id    uuid not null references calls,
    asked_by   uuid not null references staff_users,
    verb       text not null check (verb in
        ('hold', 'resume', 'consult', 'take_back', 'hand_over', 'conference', 'transfer',
         'listen', 'whisper', 'barge', 'stop_listening')),
    party      text check (party in ('colleague', 'station', 'outside', 'group')),
    staff_id   uuid references staff_users,
    station_id uuid references stations,
    number     text,
    group_name text references hotline_groups,
    asked_at   timestamptz not null default now(),
    state      text not null default 'asked' check (state in ('asked', 'done', 'refused')),
    refusal    text,
    done_at    timestamptz,
    check ((done_at is null) = (state = 'asked'))
);
create index call_orders_by_call on call_orders (call_id, asked_at);
