-- What care stands on: where an owner lives, his days, what he agreed to, and what was done to his
-- cars, when, and when they are expected next.
alter table owners
    add column province          text not null default '',    -- its code, '' unknown
    add column city              text not null default '',
    add column email             text,
    add column zone              text not null default 'Asia/Shanghai',
    add column birthday_calendar text check (birthday_calendar in ('solar', 'lunar')),
    add column birthday_month    smallint check (birthday_month between 1 and 12),
    add column birthday_day      smallint check (birthday_day between 1 and 31),
    add column wedding_on        date,
    -- PIPL article 24: nothing is said to him that was chosen from his habits.
    add column profiling_refused boolean not null default false,
    -- Who has set the tier: what a person has set, no rule changes.
    add column tier_set_by       text not null default 'rule' check (tier_set_by in ('person', 'rule')),
    add constraint owners_birthday_whole
        check ((birthday_calendar is null) = (birthday_month is null)
               and (birthday_month is null) = (birthday_day is null));
update owners set tier_set_by = 'person' where tier <> 0;
create index owners_by_birthday on owners (birthday_calendar, birthday_month, birthday_day)
    where birthday_calendar is not null;
create index owners_by_wedding on owners (wedding_on) where wedding_on is not null;
create index owners_by_province on owners (province, id);

alter table vehicles
    add column delivered_on date,
    add column gone_on      date;                              -- scrapped, sold on to nobody we know
create index vehicles_by_delivery on vehicles (delivered_on) where delivered_on is not null;

create table visits (
    id          uuid primary key,
    vehicle_id  uuid not null references vehicles,
    station_id  uuid references stations,
    visited_on  date not null,
    kind        text not null
                check (kind in ('first_service', 'maintenance', 'repair', 'accident', 'recall')),
    odometer_km integer check (odometer_km between 0 and 5000000),
    amount      numeric(12, 2) check (amount >= 0),            -- CNY
    work_order  text not null default '',                      -- the station's own number
    source      text not null check (source in ('file', 'desk', 'station', 'demo')),
    recorded_at timestamptz not null default now(),
    version     integer not null default 1,                    -- its figures may be corrected
    -- A file that is read twice says each visit once.
    unique (vehicle_id, visited_on, kind, work_order)
);
create index visits_by_day on visits (visited_on desc, vehicle_id);

-- Every word an owner has given or taken back, with its evidence; never changed. Without a purpose
-- it is about the channel as such: not granted, he wants to hear nothing there; granted, that is over.
create table consents (
    id          uuid primary key,
    owner_id    uuid not null references owners,
    purpose     text
                check (purpose in ('safety', 'contract', 'satisfaction', 'marketing', 'greeting')),
    channel     text not null check (channel in ('call', 'automated_call', 'text', 'email')),
    granted     boolean not null,
    evidence    text not null check (evidence in
                ('paper', 'recording', 'web_form', 'text_reply', 'key_press', 'file', 'said_to_agent')),
    reference   text not null default '',                      -- where the evidence lies
    reason      text check (reason in
                ('asked', 'complained', 'wrong_number', 'bounced', 'deceased', 'legal')),
    said_at     timestamptz not null,
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    -- A file that is read twice says each word once.
    unique nulls not distinct (owner_id, channel, purpose, said_at, granted, evidence, reference)
);
create index consents_by_owner on consents (owner_id, said_at desc, id desc);
create trigger consents_append_only before update or delete on consents
    for each row execute function refuse_change();

-- What those words come to today, one row for each owner, as "purpose:channel"; `silent`: channels
-- on which he wants to hear nothing at all. Who decides about a contact locks this row.
create table owner_reach (
    owner_id  uuid primary key references owners,
    granted   text[] not null default '{}',
    refused   text[] not null default '{}',
    silent    text[] not null default '{}',
    silent_at timestamptz
);
insert into owner_reach (owner_id) select id from owners;

-- Which tier an owner has by what he and his cars have done; the newest counts.
create table tier_rules (
    version    integer primary key,
    rules      jsonb not null,
    made_by    text not null,
    made_at    timestamptz not null default now(),
    applied_at timestamptz,                                    -- to all owners, last
    changed    integer                                         -- owners, that time
);

-- What those rules look at, of each owner: cars that are not gone, visits and CNY in 12 months, whole
-- years since the first delivery (since he was registered, where no car's is known).
create view owner_standing as
select o.id as owner_id, o.tier, o.tier_set_by,
       coalesce(c.cars, 0) as cars,
       coalesce(v.visits, 0) as visits,
       coalesce(v.spend, 0) as spend,
       greatest(0, extract(year from age(
           (now() at time zone 'Asia/Shanghai')::date::timestamp,
           least(c.since, (o.created_at at time zone 'Asia/Shanghai')::date)::timestamp
       )))::integer as years
from owners o
left join (
    select ov.owner_id, count(*) filter (where w.gone_on is null)::integer as cars,
           min(w.delivered_on) as since
    from owner_vehicles ov join vehicles w on w.id = ov.vehicle_id
    group by ov.owner_id
) c on c.owner_id = o.id
left join (
    select ov.owner_id, count(*)::integer as visits, coalesce(sum(s.amount), 0) as spend
    from owner_vehicles ov join visits s on s.vehicle_id = ov.vehicle_id
    where s.visited_on > ((now() at time zone 'Asia/Shanghai')::date - interval '12 months')::date
      and s.visited_on <= (now() at time zone 'Asia/Shanghai')::date
    group by ov.owner_id
) v on v.owner_id = o.id;

create table service_bookings (
    id          uuid primary key,
    station_id  uuid not null references stations,
    vehicle_id  uuid not null references vehicles,
    owner_id    uuid references owners,
    starts_at   timestamptz not null,
    wanted      text not null
                check (wanted in ('first_service', 'maintenance', 'repair', 'accident', 'recall')),
    note        text not null default '',
    state       text not null default 'booked'
                check (state in ('booked', 'came', 'missed', 'cancelled')),
    source      text not null check (source in ('desk', 'owner', 'station', 'campaign', 'demo')),
    touch_id    uuid,                                          -- what moved him to it
    booked_at   timestamptz not null default now(),
    booked_by   text not null,
    closed_at   timestamptz,
    version     integer not null default 1
);
create index service_bookings_of_station on service_bookings (station_id, starts_at);
create index service_bookings_of_vehicle on service_bookings (vehicle_id, starts_at desc);
-- A car is expected at one place for one thing at a time.
create unique index service_bookings_once on service_bookings (vehicle_id, wanted)
    where state = 'booked';
alter table stations add column bookings_per_hour smallint not null default 4
    check (bookings_per_hour between 0 and 100);
