-- What is recorded and how long it is kept: one row, edited in the console.
create table recording_rule (
    only_one       boolean primary key default true check (only_one),
    mode           text not null check (mode in ('off', 'all', 'groups')),
    groups         text[] not null default '{}',
    talk_days      integer not null check (talk_days between 1 and 3650),
    complaint_days integer not null check (complaint_days between 1 and 3650),
    message_days   integer not null check (message_days between 1 and 3650),
    version        integer not null default 1
);
insert into recording_rule (mode, talk_days, complaint_days, message_days)
values ('all', 180, 1095, 180);

-- One recording of a call. `file` lies below the data directory; it is written into the row when it
-- is safely there, and taken out of it when it is gone.
create table call_recordings (
    id           uuid primary key,
    call_id      uuid not null references calls,
    kind         text not null check (kind in ('talk', 'message')),
    spool        text not null unique,      -- its name where it is made
    agent_id     uuid references staff_users,
    begun_at     timestamptz not null default now(),
    state        text not null default 'running'
                 check (state in ('running', 'kept', 'lost', 'removed')),
    pause_wanted boolean not null default false,
    pause_reason text check (pause_reason in ('card', 'identity', 'asked', 'other')),
    paused       boolean not null default false,
    file         text unique,
    size         bigint,
    sha256       bytea,
    seconds      double precision,
    removed_at   timestamptz,
    removed_why  text check (removed_why in ('expired', 'asked', 'mistake')),
    check (state <> 'kept' or (file is not null and size is not null and sha256 is not null)),
    check ((state = 'removed') = (removed_at is not null))
);
create index recordings_of_call on call_recordings (call_id, begun_at);
create index recordings_running on call_recordings (begun_at) where state = 'running';
create index recordings_by_age on call_recordings (begun_at) where state = 'kept';
create index recordings_to_be_erased on call_recordings (removed_at)
    where state = 'removed' and file is not null;

-- Nothing of this ticket's calls is removed, whatever the rule says.
create table recording_holds (
    ticket_id uuid primary key references tickets,
    reason    text not null,
    placed_by text not null,
    placed_at timestamptz not null default now()
);

-- A playback that was opened: its sound is handed out to this person for a while.
create table recording_plays (
    id           uuid primary key,
    recording_id uuid not null references call_recordings,
    actor        text not null,
    purpose      text not null check (purpose in ('play', 'download')),
    opened_at    timestamptz not null default now()
);
create index recording_plays_by_age on recording_plays (opened_at);

-- Messages have a page: who has heard one, who has dealt with it.
alter table left_messages
    add column id           uuid not null default gen_random_uuid() unique,
    add column recording_id uuid references call_recordings,
    add column heard_at     timestamptz,
    add column heard_by     text,
    add column handled_at   timestamptz,
    add column handled_by   text;
create index left_messages_newest on left_messages (left_at, id);
create index left_messages_unheard on left_messages (left_at) where heard_at is null;
create index left_messages_open on left_messages (left_at, id) where handled_at is null;
