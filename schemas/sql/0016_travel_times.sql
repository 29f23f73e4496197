-- How long a station's truck drives to a place, as a router measured it once for all steps of the
-- ladder that ask about the place. A pair without a row is compared by its distance.
create table travel_times (
    place_id    uuid not null references ticket_places,
    station_id  uuid not null references stations,
    seconds     double precision not null check (seconds >= 0),
    method      text not null check (method in ('osrm', 'valhalla')),
    measured_at timestamptz not null default now(),
    primary key (place_id, station_id)
);
