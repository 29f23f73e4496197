-- What a workshop may take in: brands empty, every brand of the maker.
alter table stations add column brands text[] not null default '{}';
-- A safe yard that takes cars at any hour.
alter table stations add column keeps_overnight boolean not null default false;

-- What a truck can lift and how high it stands; null, unknown.
alter table trucks add column capacity_kg integer check (capacity_kg > 0);
alter table trucks add column height_cm integer check (height_cm > 0);

-- The second leg of a dispatch: the car is taken away. `destination_id` is the one that counts,
-- null while nobody knows one.
create table tows (
    id             uuid primary key,
    ticket_id      uuid not null references tickets,
    dispatch_id    uuid not null unique references dispatches,
    -- planned -> loaded -> in_yard -> delivered; ended: not taken away after all
    stage          text not null default 'planned'
                   check (stage in ('planned', 'loaded', 'in_yard', 'delivered', 'ended')),
    destination_id uuid,
    due_at         timestamptz,               -- in_yard: by when it is promised at the workshop
    began_at       timestamptz not null default now(),
    loaded_at      timestamptz,
    in_yard_at     timestamptz,
    delivered_at   timestamptz,
    version        integer not null default 1
);
create index tows_by_ticket on tows (ticket_id, began_at);
create index tows_in_yard on tows (dispatch_id) where stage = 'in_yard';

-- Every destination that was ever named, with the nearer ones that were passed by.
create table tow_destinations (
    id            uuid primary key,
    tow_id        uuid not null references tows,
    kind          text not null check (kind in ('workshop', 'yard', 'elsewhere')),
    station_id    uuid references stations,
    workshop_id   uuid references stations,   -- of a yard: where it is taken when that opens
    place_words   text not null default '',
    distance_m    double precision,           -- from the breakdown
    arrive_at     timestamptz,
    opens_at      timestamptz,
    deliver_by    timestamptz,                -- of a yard: the promise for the morning
    passed_by     jsonb not null default '[]',
    reason        text,                       -- of a person who chose it
    made_by       text not null,
    made_at       timestamptz not null default now(),
    refused_at    timestamptz,
    refused_by    text,
    refusing_id   uuid references stations,
    refuse_reason text,
    proof_file    uuid references files,
    check ((station_id is null) = (kind = 'elsewhere'))
);
create index tow_destinations_by_tow on tow_destinations (tow_id, made_at);
alter table tows add foreign key (destination_id) references tow_destinations;

-- How the people of the car travel on.
create table onward_travels (
    id          uuid primary key,
    ticket_id   uuid not null references tickets,
    kind        text not null
                check (kind in ('taxi', 'with_car', 'hotel', 'replacement_car', 'own')),
    persons     smallint not null check (persons > 0),
    note        text not null default '',
    recorded_by text not null,
    recorded_at timestamptz not null default now()
);
create index onward_travels_by_ticket on onward_travels (ticket_id, recorded_at);
