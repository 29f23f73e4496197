-- Who is spoken to, about what, by which way, and what was said.
create table audiences (
    id         uuid primary key,
    name       text not null,
    rule       jsonb not null,                                 -- a tree of conditions
    made_by    text not null,
    made_at    timestamptz not null default now(),
    version    integer not null default 1
);

create table campaigns (
    id           uuid primary key,
    name         text not null,
    kind         text not null check (kind in ('maintenance', 'first_service', 'complaint_call_back',
                 'rescue_follow_up', 'special_survey', 'greeting', 'win_back', 'recall')),
    purpose      text not null
                 check (purpose in ('safety', 'contract', 'satisfaction', 'marketing', 'greeting')),
    audience_id  uuid references audiences,                    -- none: each is asked for by a fact
    policy       text not null,                                -- code of its policy pack
    plan         jsonb not null,                               -- steps, variants, hold-out, repeat
    state        text not null default 'draft' check (state in
                 ('draft', 'submitted', 'running', 'paused', 'stopped', 'over')),
    priority     smallint not null,
    starts_at    timestamptz,
    ends_at      timestamptz,
    next_run_at  timestamptz,
    made_by      text not null,
    made_at      timestamptz not null default now(),
    submitted_by text,
    approved_by  text,
    approved_at  timestamptz,
    state_reason text not null default '',
    version      integer not null default 1,
    -- Approval is a second person's.
    check (approved_by is null or approved_by <> submitted_by)
);
create index campaigns_due on campaigns (next_run_at) where state = 'running';

-- A campaign once: with the plan, the rule and the policy as they were.
create table campaign_runs (
    id             uuid primary key,
    campaign_id    uuid not null references campaigns,
    number         integer not null,
    plan           jsonb not null,
    rule           jsonb,
    policy         text not null,
    policy_version text not null,
    begun_at       timestamptz not null default now(),
    in_audience    integer not null default 0,
    left_out       jsonb not null default '{}',                -- reason -> owners
    unique (campaign_id, number)
);

-- The frozen audience of a run: one row for each owner, with the car it is about.
create table run_members (
    run_id     uuid not null references campaign_runs,
    owner_id   uuid not null references owners,
    vehicle_id uuid references vehicles,
    arm        text not null check (arm in ('treated', 'held_out', 'held_out_of_all')),
    variant    text not null default '',
    reason     jsonb not null default '{}',                    -- why he is in it
    primary key (run_id, owner_id)
);
create index run_members_of_owner on run_members (owner_id, run_id);

create table touches (
    id           uuid primary key,
    run_id       uuid not null references campaign_runs,
    campaign_id  uuid not null references campaigns,
    owner_id     uuid not null references owners,
    vehicle_id   uuid references vehicles,
    ticket_id    uuid,
    step         smallint not null,
    attempt      smallint not null default 1,
    channel      text not null
                 check (channel in ('agent_call', 'automated_call', 'text', 'email')),
    purpose      text not null,
    variant      text not null default '',
    priority     smallint not null,                            -- smaller goes first
    bucket       smallint not null,                            -- of the owner: spreads the claimers
    state        text not null default 'ready' check (state in ('ready', 'claimed', 'sending',
                 'sent', 'failed', 'unknown', 'skipped', 'expired', 'withdrawn')),
    due_at       timestamptz not null,
    expires_at   timestamptz not null,
    claimed_by   text,
    claimed_at   timestamptz,
    sending_at   timestamptz,
    settled_at   timestamptz,
    reason       text not null default '',                     -- why skipped, failed, unknown
    outcome      text,
    outcome_at   timestamptz,
    promised_to  uuid,                                         -- the agent who is to call
    message_id   uuid,
    call_id      uuid,
    unique (run_id, owner_id, step, attempt)
);
create index touches_ready on touches (channel, bucket, priority, due_at, id) where state = 'ready';
create index touches_under_way on touches (claimed_at) where state in ('claimed', 'sending');
create index touches_of_owner on touches (owner_id, id desc);
create index touches_of_campaign on touches (campaign_id, state);
create unique index touches_by_message on touches (message_id) where message_id is not null;
create index touches_by_call on touches (call_id) where call_id is not null;

-- Each contact of ours with an owner, on any way, with the words that were said. Reserved with the
-- claim: what two claim at once counts for both. Written very often: what its touch references
-- already is not looked up once more.
create table contact_ledger (
    id          uuid primary key,
    owner_id    uuid not null references owners,
    vehicle_id  uuid references vehicles,
    campaign_id uuid,
    touch_id    uuid unique,
    channel     text not null
                check (channel in ('agent_call', 'automated_call', 'text', 'email', 'web')),
    purpose     text not null,
    at          timestamptz not null,
    state       text not null check (state in ('reserved', 'said', 'unknown', 'void')),
    words       text not null default '',
    reason      jsonb not null default '{}',                   -- why him
    staff_id    uuid,
    outcome     text,
    promised    text not null default '',
    survey_response_id uuid
);
create index contact_ledger_of_owner on contact_ledger (owner_id, at desc, id desc);
create index contact_ledger_of_campaign on contact_ledger (campaign_id, at);

-- When a car is due, rescored with each visit.
create table due_dates (
    vehicle_id     uuid primary key references vehicles,
    next_service   text not null check (next_service in ('first_service', 'maintenance')),
    visits         smallint not null,
    last_visit_on  date,
    last_km        integer,
    km_per_day     real not null,
    due_p10        date not null,
    due_p50        date not null,
    due_p90        date not null,
    still_ours     real not null check (still_ours between 0 and 1),
    because        text not null check (because in ('time', 'distance')),
    scored_at      timestamptz not null default now()
);
create index due_dates_by_day on due_dates (due_p50, vehicle_id);
