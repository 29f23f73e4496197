-- Calls to owners: how a campaign's calls by agents are dialled, and each call that was begun.
create table campaign_dialling (
    campaign_id uuid primary key references campaigns,
    mode        text not null check (mode in ('preview', 'progressive', 'predictive')),
    group_name  text not null references hotline_groups,    -- whose agents
    cap         real not null default 0.03 check (cap > 0 and cap <= 0.03),
    machine     text not null default 'not_asked'
                check (machine in ('not_asked', 'hang_up', 'leave_message')),
    stood       jsonb not null default '{}',                -- how the dialling stands, for the board
    stood_at    timestamptz
);

-- One row for each touch that is a call: written before anybody is dialled, so that a process that
-- dies dials nobody twice and forgets nobody.
create table owner_calls (
    id           uuid primary key,
    touch_id     uuid not null unique references touches,
    campaign_id  uuid not null references campaigns,
    owner_id     uuid not null references owners,
    mode         text not null check (mode in ('preview', 'progressive', 'predictive', 'keys')),
    number       text not null,
    words        text not null,
    language     text not null check (language in ('zh', 'en')),
    staff_id     uuid references staff_users,               -- who has taken it, or has got it
    call_id      uuid unique references calls,
    -- taken -> dialling -> answered -> connected -> ended; each may end early
    state        text not null
                 check (state in ('taken', 'dialling', 'answered', 'connected', 'ended')),
    outcome      text,                                      -- as in touches; none: not called
    note         text not null default '',
    taken_at     timestamptz not null default now(),
    dialled_at   timestamptz,
    answered_at  timestamptz,
    connected_at timestamptz,
    ended_at     timestamptz,
    check ((ended_at is null) = (state <> 'ended')),
    check ((call_id is null) or (dialled_at is not null))
);
-- An agent looks at one owner at a time.
create unique index one_owner_call_per_agent on owner_calls (staff_id)
    where mode = 'preview' and state <> 'ended';
create index owner_calls_live on owner_calls (campaign_id) where state <> 'ended';
create index owner_calls_answered on owner_calls (campaign_id, answered_at)
    where answered_at is not null;
create index owner_calls_of_campaign on owner_calls (campaign_id, ended_at desc);
