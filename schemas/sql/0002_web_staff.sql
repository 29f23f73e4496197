-- One row: what this installation is, and the key its short links are signed with.
create table installation (
    id         integer primary key default 1 check (id = 1),
    link_key   bytea not null,
    demo       boolean not null default false,
    created_at timestamptz not null default now(),
    seen_at    timestamptz not null default now()
);

-- The answer to a POST, written in the transaction of its work: a retry is answered from here.
create table idempotency_keys (
    actor          text not null,
    key            text not null,
    request_digest bytea not null,
    -- running -> answered, in one transaction: nobody else ever sees 'running'
    state          text not null default 'running' check (state in ('running', 'answered')),
    status         integer,
    headers        jsonb,
    body           bytea,
    created_at     timestamptz not null default now(),
    touched_at     timestamptz not null default now(),
    primary key (actor, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table files (
    id          uuid primary key,
    media_type  text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
    bytes       bytea not null,
    sha256      bytea not null,
    size        integer not null,
    uploaded_by text not null,
    created_at  timestamptz not null default now()
);

create table staff_users (
    id            uuid primary key,
    login         text not null unique check (login = lower(login)),
    name          text not null,
    role          text not null
                  check (role in ('agent', 'supervisor', 'expert', 'station', 'admin')),
    station_id    uuid,                  -- of a station's user; the room of stations lies above
    language      text not null default 'zh' check (language in ('zh', 'en')),
    password_hash text,                  -- none yet: cannot sign in
    must_change   boolean not null default false,
    active        boolean not null default true,
    version       integer not null default 1,
    created_at    timestamptz not null default now(),
    check ((role = 'station') = (station_id is not null))
);
create index staff_users_by_station on staff_users (station_id) where station_id is not null;

create table sessions (
    id          uuid primary key,
    token_hash  bytea not null unique,
    staff_id    uuid not null references staff_users,
    csrf_token  text not null,
    began_at    timestamptz not null default now(),
    seen_at     timestamptz not null default now(),
    ended_at    timestamptz
);
create index sessions_open_by_staff on sessions (staff_id) where ended_at is null;
create index sessions_by_age on sessions (began_at);

create table machine_tokens (
    id         uuid primary key,
    name       text not null,
    scopes     text[] not null,
    station_id uuid,
    token_hash bytea unique,             -- none yet: cannot be used
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index machine_tokens_newest on machine_tokens (created_at desc, id desc);

-- Account and address as typed and seen, hashed: a mistyped login may be a password.
create table sign_in_failures (
    id      bigint generated always as identity primary key,
    account bytea not null,
    address bytea not null,
    at      timestamptz not null default now()
);
create index sign_in_failures_by_account on sign_in_failures (account, at);
create index sign_in_failures_by_address on sign_in_failures (address, at);
create index sign_in_failures_by_age on sign_in_failures (at);

-- What a person must take: open until it is cleared, whether taken or not.
create table alarms (
    id              uuid primary key,
    kind            text not null,
    ticket_id       uuid,
    station_id      uuid,
    subject         uuid generated always as (coalesce(ticket_id, station_id)) stored,
    reason          text not null,
    raised_at       timestamptz not null default now(),
    raised_again_at timestamptz,          -- was taken, and sounded anew
    touched_at      timestamptz not null default now(),
    taken_by        text,
    taken_at        timestamptz,
    cleared_at      timestamptz,
    cleared_reason  text,
    check ((taken_by is null) = (taken_at is null)),
    check ((cleared_at is null) = (cleared_reason is null))
);
create unique index one_open_alarm_per_subject_and_kind
    on alarms (subject, kind) nulls not distinct where cleared_at is null;
create index alarms_newest on alarms (raised_at desc, id desc);
