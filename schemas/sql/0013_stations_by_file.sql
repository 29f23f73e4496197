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
