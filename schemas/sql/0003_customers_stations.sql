create table owners (
    id         uuid primary key,
    name       text not null,
    language   text not null default 'zh' check (language in ('zh', 'en')),
    remark     text not null default '',
    created_at timestamptz not null default now(),
    version    integer not null default 1
);

-- A number may belong to several owners (a family, a fleet); an owner may have several numbers.
create table contact_points (
    id   uuid primary key,
    e164 text not null unique
);
create table owner_contact_points (
    owner_id         uuid not null references owners,
    contact_point_id uuid not null references contact_points,
    label            text not null default '',
    primary key (owner_id, contact_point_id)
);
create index owner_contact_points_by_number on owner_contact_points (contact_point_id, owner_id);

create table vehicles (
    id         uuid primary key,
    vin        text unique,
    plate      text,
    model      text not null default '',
    energy     text check (energy in ('petrol', 'diesel', 'hybrid', 'plug_in_hybrid', 'electric')),
    weight_kg  integer check (weight_kg > 0),
    colour     text not null default '',
    created_at timestamptz not null default now(),
    version    integer not null default 1
);
create index vehicles_by_plate on vehicles (plate) where plate is not null;

create table owner_vehicles (
    owner_id   uuid not null references owners,
    vehicle_id uuid not null references vehicles,
    primary key (owner_id, vehicle_id)
);
create index owner_vehicles_by_vehicle on owner_vehicles (vehicle_id, owner_id);

create table stations (
    id               uuid primary key,
    code             text not null unique,
    kind             text not null check (kind in ('dealer', 'tow_partner')),
    name_zh          text not null,
    name_en          text not null,
    province         text not null,
    city_zh          text not null default '',
    city_en          text not null default '',
    address          text not null default '',
    lat              double precision not null check (lat between -90 and 90),
    lon              double precision not null check (lon between -180 and 180),
    workshop_hours   text not null,               -- OSM opening hours, China's zone
    rescue_hours     text not null,
    duty_phone       text,                        -- E.164
    skills           text[] not null default '{}',
    simulated        boolean not null default false,
    suspended_at     timestamptz,
    suspended_until  timestamptz,
    suspended_reason text,
    created_at       timestamptz not null default now(),
    version          integer not null default 1
);
create index stations_by_place on stations (lat, lon);
create index stations_by_province on stations (province, code);

create table trucks (
    id         uuid primary key,
    station_id uuid not null references stations,
    plate      text not null,
    equipment  text[] not null default '{}',
    in_service boolean not null default true,
    version    integer not null default 1
);
create index trucks_by_station on trucks (station_id);

-- While an entry covers the moment it decides over the rescue hours; the newest made counts.
create table duty_roster (
    id         uuid primary key,
    station_id uuid not null references stations,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    on_duty    boolean not null,
    person     text not null default '',
    phone      text,
    made_at    timestamptz not null default now(),
    check (ends_at > starts_at)
);
create index duty_roster_by_station on duty_roster (station_id, ends_at);
