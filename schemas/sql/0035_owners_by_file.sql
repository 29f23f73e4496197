-- Owners with their cars, and visits, by file. Rows are read into these tables first, where each is
-- told what it would do; then they are applied in pieces, each with the count of rows in one commit:
-- whoever is stopped goes on behind the last piece.
create table owner_imports (
    id               uuid primary key,
    kind             text not null check (kind in ('owners', 'visits')),
    file_name        text not null,
    digest           text not null,                 -- of the file and its mapping, SHA-256
    said_at          timestamptz not null,          -- the file's day: of consents without one
    state            text not null default 'reading'
                     check (state in ('waiting', 'reading', 'planned', 'applying', 'applied', 'failed')),
    mapping          jsonb not null default '{}',
    headings         text[] not null default '{}',
    unknown_headings text[] not null default '{}',
    total            integer not null default 0,    -- rows below the headings
    rows_read        integer not null default 0,
    applied_to       integer not null default 0,    -- the last row's number that is written
    added            integer not null default 0,
    changed          integer not null default 0,
    unchanged        integer not null default 0,
    refused          integer not null default 0,
    failure          text not null default '',      -- code of what the file was refused for
    made_by          text not null,
    made_at          timestamptz not null default now(),
    applied_by       text,
    applied_at       timestamptz
);
create index owner_imports_newest on owner_imports (made_at desc, id desc);
create index owner_imports_by_digest on owner_imports (digest, kind);

-- A row for each car.
create table owner_import_rows (
    import_id         uuid not null references owner_imports on delete cascade,
    number            integer not null,             -- the row's number in the file
    cells             text not null,                -- as given, divided by U+001F
    name              text,
    phones            text[] not null default '{}',
    phone_ids         uuid[] not null default '{}',
    email             text,
    province          text,
    city              text,
    birthday_calendar text,
    birthday_month    smallint,
    birthday_day      smallint,
    wedding_on        date,
    tier              smallint,
    language          text,
    remark            text,
    vin               text,
    plate             text,
    model             text,
    energy            text,
    colour            text,
    delivered_on      date,
    granted           text[] not null default '{}',
    refused           text[] not null default '{}',
    said_at           timestamptz,
    consent_ids       uuid[] not null default '{}', -- of `granted`, then of `refused`
    person            uuid not null,                -- who the file means: one id for all his rows
    owner_id          uuid not null,                -- who that is here; `person` where he is new
    owner_is_new      boolean not null default true,
    owner_version     integer,
    car               uuid,                         -- the same of the car, where the row names one
    vehicle_id        uuid,
    vehicle_is_new    boolean not null default true,
    vehicle_version   integer,
    outcome           text not null default 'added'
                      check (outcome in ('added', 'changed', 'unchanged', 'refused')),
    changed           text[] not null default '{}',
    reason_zh         text not null default '',
    reason_en         text not null default '',
    primary key (import_id, number)
);
create index owner_import_rows_of_owner on owner_import_rows (import_id, owner_id);
create index owner_import_rows_of_person on owner_import_rows (import_id, person);
create index owner_import_rows_of_vehicle on owner_import_rows (import_id, vehicle_id)
    where vehicle_id is not null;
create index owner_import_rows_by_outcome on owner_import_rows (import_id, outcome, number);

create table visit_import_rows (
    import_id   uuid not null references owner_imports on delete cascade,
    number      integer not null,
    cells       text not null,
    vin         text,
    plate       text,
    station_id  uuid,
    visited_on  date,
    kind        text,
    odometer_km integer,
    amount      numeric(12, 2),
    work_order  text not null default '',
    visit_id    uuid not null,
    vehicle_id  uuid,
    outcome     text not null default 'added'
                check (outcome in ('added', 'changed', 'unchanged', 'refused')),
    changed     text[] not null default '{}',
    reason_zh   text not null default '',
    reason_en   text not null default '',
    primary key (import_id, number)
);
create index visit_import_rows_alike on visit_import_rows
    (import_id, vehicle_id, visited_on, kind, work_order) where vehicle_id is not null;
create index visit_import_rows_by_outcome on visit_import_rows (import_id, outcome, number);

-- An upload until it is read.
create table owner_import_files (
    import_id uuid primary key references owner_imports on delete cascade,
    bytes     bytea not null
);

-- Rows of an import from one number to another. Functions, so that the planner knows how many they
-- are: of a table that has just been filled it has no figures, and takes thousands for one.
create function owner_piece(uuid, integer, integer) returns setof owner_import_rows
    language plpgsql stable rows 4000 as $$
begin
    return query select * from owner_import_rows
                 where import_id = $1 and number between $2 and $3;
end $$;
create function visit_piece(uuid, integer, integer) returns setof visit_import_rows
    language plpgsql stable rows 4000 as $$
begin
    return query select * from visit_import_rows
                 where import_id = $1 and number between $2 and $3;
end $$;
