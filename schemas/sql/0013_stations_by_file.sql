-- Hours of single days, set by hand: over rule, calendar and roster. The newest made counts.
create table station_hours_overrides (
    id         uuid primary key,
    station_id uuid not null references stations,
    first_day  date not null,
    last_day   date not null,
    applies_to text not null check (applies_to in ('workshop', 'rescue', 'both')),
    hours      text,                               -- OSM opening hours; null: closed
    reason     text not null default '',
    made_by    text not null,
    made_at    timestamptz not null default now(),
    removed_at timestamptz,
    check (last_day >= first_day)
);
create index station_hours_overrides_coming
    on station_hours_overrides (station_id, last_day) where removed_at is null;

-- A file of stations: planned when it is uploaded, then applied as a whole, then perhaps undone.
create table station_imports (
    id               uuid primary key,
    file_name        text not null,
    state            text not null default 'planned'
                     check (state in ('planned', 'applied', 'undone')),
    headings         text[] not null,
    unknown_headings text[] not null,
    made_by          text not null,
    made_at          timestamptz not null default now(),
    applied_by       text,
    applied_at       timestamptz,
    undone_by        text,
    undone_at        timestamptz
);
create index station_imports_newest on station_imports (made_at desc, id desc);

-- What becomes of each row of the file; `before` and `after` are the station as a sheet shows it.
create table station_import_rows (
    import_id  uuid not null references station_imports on delete cascade,
    number     integer not null,                   -- the row's number in the file
    code       text not null,
    outcome    text not null check (outcome in ('added', 'changed', 'unchanged', 'refused')),
    cells      text[] not null,
    station_id uuid,
    before     jsonb,
    after      jsonb,
    reason_zh  text not null default '',           -- why refused, or why not undone
    reason_en  text not null default '',
    undone     boolean,                            -- null: not tried
    primary key (import_id, number)
);
