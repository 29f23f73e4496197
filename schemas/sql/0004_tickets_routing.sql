-- Messages: what was to be said, to whom, and what became of it.
create table messages (
    id         uuid primary key,
    key        text not null unique,          -- one message per cause and addressee
    channel    text not null check (channel in ('text', 'duty_phone')),
    recipient  text not null,                 -- E.164
    language   text not null check (language in ('zh', 'en')),
    purpose    text not null,
    body       text not null,
    ticket_id  uuid,
    station_id uuid,
    -- queued -> sending -> sent | failed | unknown
    state      text not null default 'queued'
               check (state in ('queued', 'sending', 'sent', 'failed', 'unknown')),
    failure    text,
    created_at timestamptz not null default now(),
    sent_at    timestamptz
);
create index messages_by_time on messages (created_at desc, id desc);
create index messages_by_ticket on messages (ticket_id, created_at);

create sequence ticket_numbers start 100000;

create table tickets (
    id           uuid primary key,
    number       text not null unique,
    kind         text not null
                 check (kind in ('complaint', 'technical', 'rescue', 'enquiry', 'part_order')),
    -- The moves between stages are in callcenter/tickets/model.py, one table per kind.
    stage        text not null check (stage in (
                 'opened', 'in_progress', 'dispatching', 'assigned', 'en_route', 'on_site',
                 'handed_over', 'resolved', 'closed', 'cancelled')),
    priority     smallint not null check (priority between 0 and 2),
    danger       boolean not null default false,
    expressway   boolean not null default false,
    drill        boolean not null default false,
    owner_id     uuid references owners,
    vehicle_id   uuid references vehicles,
    caller_name  text,
    caller_phone text,
    language     text not null default 'zh' check (language in ('zh', 'en')),
    assignee_id  uuid references staff_users,
    summary      text not null default '',
    particulars  jsonb not null default '{}',
    place_id     uuid,
    outcome      text,
    opened_by    text not null,
    opened_at    timestamptz not null default now(),
    stage_since  timestamptz not null default now(),
    closed_at    timestamptz,
    version      integer not null default 1
);
create index tickets_newest on tickets (opened_at desc, id desc);
create index tickets_by_owner on tickets (owner_id, opened_at desc) where owner_id is not null;
create index tickets_by_vehicle on tickets (vehicle_id, opened_at desc) where vehicle_id is not null;
create index tickets_live on tickets (priority, opened_at)
    where stage not in ('resolved', 'closed', 'cancelled');
create index tickets_by_assignee on tickets (assignee_id, opened_at desc)
    where assignee_id is not null;

-- All about one ticket queues here, and every verb takes this lock first:
-- ticket, then offer, then station.
create function lock_ticket(wanted uuid) returns setof tickets language sql as $$
    select * from tickets where id = wanted for update
$$;

-- Every place that was ever named for a ticket; tickets.place_id is the one that counts.
create table ticket_places (
    id             uuid primary key,
    ticket_id      uuid not null references tickets,
    lat            double precision not null check (lat between -90 and 90),
    lon            double precision not null check (lon between -180 and 180),
    accuracy_m     double precision check (accuracy_m >= 0),
    fixed_at       timestamptz,
    source         text not null,
    source_datum   text not null,
    words          text not null default '',
    province       text,
    doubts         text[] not null default '{}',
    -- proposed -> confirmed | dropped
    state          text not null default 'proposed'
                   check (state in ('proposed', 'confirmed', 'dropped')),
    uncertain      boolean not null default false,
    confirmed_by   text,
    confirm_reason text,
    confirmed_at   timestamptz,
    created_at     timestamptz not null default now()
);
create index ticket_places_by_ticket on ticket_places (ticket_id, created_at);
alter table tickets add foreign key (place_id) references ticket_places;

create table ticket_notes (
    id         uuid primary key,
    ticket_id  uuid not null references tickets,
    author     text not null,
    words      text not null,
    written_at timestamptz not null default now()
);
create index ticket_notes_by_ticket on ticket_notes (ticket_id, written_at);

-- Danger: that 120, 110 or 122 was told first.
create table emergency_calls (
    ticket_id uuid not null references tickets,
    service   text not null check (service in ('120', '110', '122', '119')),
    told_by   text not null,
    told_at   timestamptz not null default now(),
    primary key (ticket_id, service)
);

create table location_links (
    id          uuid primary key,
    token_hash  bytea not null unique,
    ticket_id   uuid not null references tickets,
    made_at     timestamptz not null default now(),
    expires_at  timestamptz not null,
    submissions integer not null default 0,
    last_at     timestamptz
);
create index location_links_by_ticket on location_links (ticket_id, made_at);

-- What came through a location link: a fix, words, or the photo of a sign.
create table location_answers (
    id              uuid primary key,
    link_id         uuid not null references location_links,
    ticket_id       uuid not null references tickets,
    kind            text not null check (kind in ('fix', 'words', 'photo')),
    place_id        uuid references ticket_places,
    words           text,
    file_id         uuid references files,
    consent_version text,
    answered_at     timestamptz not null default now()
);
create index location_answers_by_ticket on location_answers (ticket_id, answered_at);

create table calls (
    id          uuid primary key,
    carrier_ref text not null unique,
    caller      text,
    -- ringing -> answered -> ended; ringing -> ended
    state       text not null default 'ringing' check (state in ('ringing', 'answered', 'ended')),
    ringing_at  timestamptz not null default now(),
    answered_at timestamptz,
    answered_by uuid references staff_users,
    ended_at    timestamptz,
    end_reason  text,
    ticket_id   uuid references tickets,
    version     integer not null default 1
);
create index calls_newest on calls (ringing_at desc, id desc);
create index calls_by_caller on calls (caller, ringing_at desc) where caller is not null;
create index calls_by_ticket on calls (ticket_id) where ticket_id is not null;

-- The ladder of one rescue: which rung it stands on, until when somebody must have accepted.
create table ladders (
    ticket_id   uuid primary key references tickets,
    round       integer not null default 1,   -- a hand-back or a moved place begins a new one
    place_id    uuid not null references ticket_places,
    rung        text not null check (rung in ('near', 'wide', 'neighbours', 'partners', 'alarm')),
    urgent      boolean not null,
    held        boolean not null default false,
    began_at    timestamptz not null default now(),
    deadline_at timestamptz not null,
    ended_at    timestamptz
);

create table offers (
    id          uuid primary key,
    ticket_id   uuid not null references tickets,
    station_id  uuid not null references stations,
    place_id    uuid not null references ticket_places,
    round       integer not null,
    rung        text not null check (rung in ('near', 'wide', 'neighbours', 'partners', 'hand')),
    distance_m  double precision not null,
    overruled   text[] not null default '{}',
    hand_reason text,
    made_by     text not null,
    -- offered -> accepted | declined | expired | withdrawn
    state       text not null default 'offered'
                check (state in ('offered', 'accepted', 'declined', 'expired', 'withdrawn')),
    made_at     timestamptz not null default now(),
    expires_at  timestamptz not null,
    seen_at     timestamptz,
    ended_at    timestamptz,
    end_reason  text,
    ended_by    text
);
create unique index one_open_offer_per_station_and_rescue
    on offers (ticket_id, station_id) where state = 'offered';
create index offers_open_by_station on offers (station_id) where state = 'offered';
create index offers_by_ticket on offers (ticket_id, made_at);
create index offers_by_station on offers (station_id, made_at desc, id desc);

create table dispatches (
    id          uuid primary key,
    ticket_id   uuid not null references tickets,
    offer_id    uuid not null unique references offers,
    station_id  uuid not null references stations,
    truck_id    uuid not null references trucks,
    -- accepted -> departed -> arrived -> done; each may end early, see routing/model.py
    stage       text not null default 'accepted' check (stage in (
                'accepted', 'departed', 'arrived', 'done', 'gone_on_arrival',
                'handed_back', 'cancelled', 'reassigned')),
    by_phone    boolean not null default false,
    eta_at      timestamptz not null,
    accepted_at timestamptz not null default now(),
    departed_at timestamptz,
    arrived_at  timestamptz,
    ended_at    timestamptz,
    end_reason  text,
    proof_file  uuid references files,
    last_sign_at timestamptz not null default now(),
    version     integer not null default 1
);
-- Two stations never hold one rescue; one truck never serves two.
create unique index one_station_per_rescue on dispatches (ticket_id) where ended_at is null;
create unique index one_rescue_per_truck on dispatches (truck_id) where ended_at is null;
create index dispatches_by_station on dispatches (station_id, accepted_at desc, id desc);
create index dispatches_by_ticket on dispatches (ticket_id, accepted_at);

create table truck_positions (
    dispatch_id uuid not null references dispatches,
    fixed_at    timestamptz not null,
    lat         double precision not null,
    lon         double precision not null,
    accuracy_m  double precision,
    distance_m  double precision not null,     -- to the car, when it was received
    received_at timestamptz not null default now(),
    primary key (dispatch_id, fixed_at)
);

-- Why these stations: every choice, with each nearer one that was passed over.
create table choices (
    id         uuid primary key,
    ticket_id  uuid not null references tickets,
    place_id   uuid not null references ticket_places,
    round      integer not null,
    rung       text not null,
    made_at    timestamptz not null default now(),
    candidates jsonb not null
);
create index choices_by_ticket on choices (ticket_id, made_at);
