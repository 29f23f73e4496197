-- Questions to owners, their answers, and quotas that are never overshot.
create table surveys (
    id         uuid primary key,
    name       text not null,
    state      text not null default 'draft' check (state in ('draft', 'open', 'closed')),
    draft      jsonb not null,
    made_by    text not null,
    made_at    timestamptz not null default now(),
    version    integer not null default 1
);

-- What was asked stays as it was: an answer names its edition.
create table survey_editions (
    survey_id    uuid not null references surveys,
    edition      integer not null,
    questions    jsonb not null,
    published_at timestamptz not null default now(),
    published_by text not null,
    primary key (survey_id, edition)
);

create table survey_responses (
    id           uuid primary key,
    survey_id    uuid not null,
    edition      integer not null,
    owner_id     uuid references owners,
    vehicle_id   uuid references vehicles,
    ticket_id    uuid,                                         -- what it asks about
    touch_id     uuid references touches,
    language     text not null check (language in ('zh', 'en')),
    about        jsonb not null default '{}',                  -- tier, province, model, car's age
    state        text not null default 'open' check (state in
                 ('open', 'complete', 'screened_out', 'over_quota', 'expired')),
    next_question text,
    opened_at    timestamptz not null default now(),
    answered_at  timestamptz,                                  -- last
    completed_at timestamptz,
    expires_at   timestamptz not null,
    opened_ticket_id uuid,                                     -- a bad answer's
    foreign key (survey_id, edition) references survey_editions
);
create index survey_responses_of_survey on survey_responses (survey_id, opened_at, id);
create index survey_responses_of_owner on survey_responses (owner_id, opened_at desc);
create unique index survey_responses_of_touch on survey_responses (touch_id)
    where touch_id is not null;
-- One rescue or complaint is asked about once.
create unique index survey_responses_of_ticket on survey_responses (survey_id, ticket_id)
    where ticket_id is not null;
create index survey_responses_to_expire on survey_responses (expires_at) where state = 'open';

create table survey_answers (
    response_id uuid not null references survey_responses,
    question    text not null,
    value       jsonb not null,
    channel     text not null check (channel in ('agent_call', 'automated_call', 'text', 'web')),
    answered_at timestamptz not null default now(),
    counts      boolean not null default true,                 -- on the way that the answers lead
    primary key (response_id, question)
);

-- reserved + confirmed never passes the target.
create table survey_quotas (
    survey_id uuid not null references surveys,
    quota     text not null,
    target    integer not null check (target >= 0),
    reserved  integer not null default 0 check (reserved >= 0),
    confirmed integer not null default 0 check (confirmed >= 0),
    primary key (survey_id, quota),
    check (reserved + confirmed <= target)
);
create table survey_quota_places (
    response_id uuid not null references survey_responses,
    survey_id   uuid not null,
    quota       text not null,
    state       text not null check (state in ('reserved', 'confirmed', 'given_back')),
    until       timestamptz not null,
    primary key (response_id, quota),
    foreign key (survey_id, quota) references survey_quotas
);
create index survey_quota_places_reserved on survey_quota_places (until) where state = 'reserved';
