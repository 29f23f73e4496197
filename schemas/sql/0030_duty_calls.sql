-- Calls of ours to a station's duty phone for an offer that it has not opened. Written before the
-- switch is asked: a process that dies dials nobody twice and forgets nobody.
create table duty_calls (
    id          uuid primary key,
    offer_id    uuid not null references offers,
    ticket_id   uuid not null references tickets,
    station_id  uuid not null references stations,
    number      text not null,
    attempt     integer not null check (attempt > 0),
    -- claimed -> dialling -> answered -> ended; each may end early
    state       text not null check (state in ('claimed', 'dialling', 'answered', 'ended')),
    claim       uuid not null,         -- whose it is: only he may dial
    switch_call text,                  -- the switch's name of the call, once it is to be dialled
    outcome     text check (outcome in
        ('accepted', 'declined', 'desk', 'no_key', 'hung_up', 'busy', 'no_answer', 'unreachable',
         'offer_over', 'too_late', 'no_voice', 'lost')),
    claimed_at  timestamptz not null default now(),
    dialled_at  timestamptz,
    answered_at timestamptz,
    ended_at    timestamptz,
    check ((outcome is null) = (state <> 'ended')),
    check ((ended_at is null) = (state <> 'ended')),
    unique (offer_id, attempt)
);
-- A phone rings for one offer at a time.
create unique index one_duty_call_per_phone on duty_calls (number) where state <> 'ended';
create unique index duty_calls_by_switch_call on duty_calls (switch_call) where state <> 'ended';
