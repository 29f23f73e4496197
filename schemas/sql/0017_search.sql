-- The desk finds an owner, a car or a ticket by the beginning of a name or plate, by the end of a
-- number or VIN. Texts are compared sign by sign (collate "C"): only so does an ordinary index hold
-- all that begin alike. An end is the beginning of what is written backwards.

-- Keys of names: as written, pinyin, initials (callcenter/names.py); filled below for those there.
create table owner_name_keys (
    key      text collate "C" not null,
    owner_id uuid not null references owners,
    primary key (key, owner_id)
);
create index owner_name_keys_by_owner on owner_name_keys (owner_id);

create table ticket_name_keys (
    key       text collate "C" not null,
    ticket_id uuid not null references tickets,
    primary key (key, ticket_id)
);
create index ticket_name_keys_by_ticket on ticket_name_keys (ticket_id);

create index contact_points_by_end on contact_points ((reverse(e164) collate "C"));
create index vehicles_by_vin_end on vehicles ((reverse(vin) collate "C")) where vin is not null;
create index vehicles_by_plate_start on vehicles ((plate collate "C")) where plate is not null;
-- Without the sign of its province: people leave it out.
create index vehicles_by_plate_rest on vehicles ((substr(plate, 2) collate "C"))
    where plate is not null;

-- Of callers and cars that nobody has registered; an extension is not part of the number.
create index tickets_by_phone_end on tickets
    ((reverse(split_part(caller_phone, ';', 1)) collate "C"), opened_at desc)
    where caller_phone is not null;
create index rescues_by_plate_start on tickets ((plate_of(particulars ->> 'plate') collate "C"))
    where kind = 'rescue' and particulars ->> 'plate' <> '';
create index rescues_by_plate_rest on tickets
    ((substr(plate_of(particulars ->> 'plate'), 2) collate "C"))
    where kind = 'rescue' and particulars ->> 'plate' <> '';

-- The first page of each filter of the list.
create index tickets_live on tickets (opened_at desc, id desc)
    where stage not in ('resolved', 'closed', 'cancelled', 'merged');
create index tickets_by_stage on tickets (stage, opened_at desc, id desc);
create index tickets_by_kind on tickets (kind, opened_at desc, id desc);

-- What an edit has changed, from what to what: {field: [was, now]}. Beside the event, which holds
-- names of fields only, so that words and numbers can be erased.
create table ticket_changes (
    id         uuid primary key,
    ticket_id  uuid not null references tickets,
    version    integer not null,
    changes    jsonb not null,
    changed_by text not null,
    changed_at timestamptz not null default now()
);
create index ticket_changes_by_ticket on ticket_changes (ticket_id, changed_at);

-- Who has a ticket open now. Not logged: after a crash of the server everybody's browser says so
-- again within seconds. And without a reference: it would wait for who holds the ticket's lock.
create unlogged table ticket_readers (
    ticket_id uuid not null,
    staff_id  uuid not null references staff_users,
    editing   boolean not null default false,
    since     timestamptz not null default now(),
    seen_at   timestamptz not null default now(),
    primary key (ticket_id, staff_id)
);
create index ticket_readers_by_person on ticket_readers (staff_id, seen_at);
