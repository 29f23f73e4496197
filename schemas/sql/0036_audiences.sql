-- What audiences are chosen by, one narrow row for each owner and car (one without a car for who has
-- none): half a million are read from end to end in a tenth of a second, where the tables they come
-- from take seconds to join. Whatever changes below marks its owner or car as stale, in its own
-- transaction; who asks brings the stale ones up to date first.
create table audience_cars (
    owner_id          uuid not null,
    vehicle_id        uuid,
    rank              smallint not null,        -- among the owner's cars: due first, else the newest
    tier              smallint not null,
    birthday          smallint,                 -- month * 100 + day; by the moon: below zero
    wedding_day       smallint,                 -- month * 100 + day
    delivery_day      smallint,
    has_email         boolean not null,
    has_number        boolean not null,
    profiling_refused boolean not null,
    granted           integer not null,         -- bits: reach_bits
    refused           integer not null,
    silent            integer not null,
    wedding_on        date,
    delivered_on      date,
    last_visit_on     date,
    due_p10           date,
    due_p50           date,
    due_p90           date,
    still_ours        real,
    language          text not null,
    province          text not null,
    city              text not null,
    model             text,
    energy            text,
    plate_sign        text,                     -- the sign of its province
    unique nulls not distinct (owner_id, vehicle_id)
);
create index audience_cars_by_due on audience_cars (due_p50) where due_p50 is not null;
create index audience_cars_by_birthday on audience_cars (birthday) where birthday is not null;
create index audience_cars_by_delivery on audience_cars (delivered_on) where delivered_on is not null;

-- Only added to and taken away whole: marking never waits for another who marks.
create table audience_stale (
    owner_id   uuid,
    vehicle_id uuid,
    check (num_nulls(owner_id, vehicle_id) = 1)
);

-- "purpose:channel" as bits, four channels for each of five purposes; channels alone as the first four.
create function reach_bits(codes text[]) returns integer language sql immutable as $$
    select case when codes = '{}' then 0 else (
        select coalesce(bit_or(1 << (array_position(array[
            'safety:call', 'safety:automated_call', 'safety:text', 'safety:email',
            'contract:call', 'contract:automated_call', 'contract:text', 'contract:email',
            'satisfaction:call', 'satisfaction:automated_call', 'satisfaction:text',
            'satisfaction:email',
            'marketing:call', 'marketing:automated_call', 'marketing:text', 'marketing:email',
            'greeting:call', 'greeting:automated_call', 'greeting:text', 'greeting:email'
        ], code) - 1)), 0) from unnest(codes) code) end $$;
create function silent_bits(channels text[]) returns integer language sql immutable as $$
    select reach_bits(array(select 'safety:' || channel from unnest(channels) channel)) $$;

create function audience_rows(owners uuid[]) returns setof audience_cars language sql stable as $$
    select o.id, v.id,
        row_number() over (partition by o.id
            order by d.due_p50, v.delivered_on desc nulls last, v.id desc nulls last),
        o.tier,
        (o.birthday_month * 100 + o.birthday_day)
            * case o.birthday_calendar when 'lunar' then -1 else 1 end,
        extract(month from o.wedding_on) * 100 + extract(day from o.wedding_on),
        extract(month from v.delivered_on) * 100 + extract(day from v.delivered_on),
        coalesce(o.email, '') <> '',
        exists (select from owner_contact_points p where p.owner_id = o.id),
        o.profiling_refused,
        coalesce(reach_bits(r.granted), 0), coalesce(reach_bits(r.refused), 0),
        coalesce(case when r.silent = '{}' then 0 else silent_bits(r.silent) end, 0),
        o.wedding_on, v.delivered_on,
        (select max(s.visited_on) from visits s where s.vehicle_id = v.id),
        d.due_p10, d.due_p50, d.due_p90, d.still_ours,
        o.language, o.province, o.city, v.model, v.energy, left(v.plate, 1)
    from owners o
    left join (owner_vehicles w join vehicles v on v.id = w.vehicle_id and v.gone_on is null)
        on w.owner_id = o.id
    left join due_dates d on d.vehicle_id = v.id
    left join owner_reach r on r.owner_id = o.id
    where owners is null or o.id = any(owners) $$;

-- Brings what is stale up to date, at most so many marks of it; how many marks it took. One at a
-- time: who does not wait takes none while another is at it.
create function audience_refresh(most integer, waits boolean) returns integer language plpgsql as $$
declare
    cars uuid[];
    people uuid[];
    taken integer;
begin
    if not exists (select from audience_stale) then
        return 0;
    end if;
    if waits then
        perform pg_advisory_xact_lock(hashtextextended('audience_cars', 0));
    elsif not pg_try_advisory_xact_lock(hashtextextended('audience_cars', 0)) then
        return 0;
    end if;
    with gone as (
        delete from audience_stale
        where ctid = any(array(select ctid from audience_stale limit most))
        returning owner_id, vehicle_id)
    select count(*), array_agg(distinct vehicle_id) filter (where vehicle_id is not null),
        array_agg(distinct owner_id) filter (where owner_id is not null)
    into taken, cars, people from gone;
    if taken > 100000 then
        delete from audience_cars;
        insert into audience_cars select * from audience_rows(null);
        return taken;
    end if;
    if cars is not null then
        people := array(select unnest(people) union
            select owner_id from owner_vehicles where vehicle_id = any(cars));
    end if;
    delete from audience_cars where owner_id = any(people);
    insert into audience_cars select * from audience_rows(people);
    return taken;
end $$;

create function mark_owners_stale() returns trigger language plpgsql as $$
begin
    execute format('insert into audience_stale (owner_id) select distinct %I from changed', tg_argv[0]);
    return null;
end $$;
create function mark_cars_stale() returns trigger language plpgsql as $$
begin
    execute format('insert into audience_stale (vehicle_id) select distinct %I from changed',
        tg_argv[0]);
    return null;
end $$;

create trigger owners_stale_in after insert on owners
    referencing new table as changed for each statement execute function mark_owners_stale('id');
create trigger owners_stale after update on owners
    referencing new table as changed for each statement execute function mark_owners_stale('id');
create trigger reach_stale_in after insert on owner_reach
    referencing new table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger reach_stale after update on owner_reach
    referencing new table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger numbers_stale_in after insert on owner_contact_points
    referencing new table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger numbers_stale_out after delete on owner_contact_points
    referencing old table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger cars_stale_in after insert on owner_vehicles
    referencing new table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger cars_stale_out after delete on owner_vehicles
    referencing old table as changed for each statement execute function mark_owners_stale('owner_id');
create trigger vehicles_stale after update on vehicles
    referencing new table as changed for each statement execute function mark_cars_stale('id');
create trigger visits_stale_in after insert on visits
    referencing new table as changed for each statement execute function mark_cars_stale('vehicle_id');
create trigger visits_stale after update on visits
    referencing new table as changed for each statement execute function mark_cars_stale('vehicle_id');
create trigger visits_stale_out after delete on visits
    referencing old table as changed for each statement execute function mark_cars_stale('vehicle_id');
create trigger due_stale_in after insert on due_dates
    referencing new table as changed for each statement execute function mark_cars_stale('vehicle_id');
create trigger due_stale after update on due_dates
    referencing new table as changed for each statement execute function mark_cars_stale('vehicle_id');
create trigger due_stale_out after delete on due_dates
    referencing old table as changed for each statement execute function mark_cars_stale('vehicle_id');
insert into audience_stale (owner_id) select id from owners;

-- What conditions look up by time, with all they ask beside it.
create index visits_in_time on visits (visited_on, vehicle_id) include (kind, station_id, amount);
create index contact_ledger_in_time on contact_ledger (at, owner_id)
    include (campaign_id, outcome, purpose, state);
create index ticket_ratings_in_time on ticket_ratings (rated_at, score, ticket_id);
create index tickets_closed_in_time on tickets (kind, closed_at) include (owner_id)
    where owner_id is not null;
create index tickets_opened_in_time on tickets (kind, opened_at) include (owner_id)
    where owner_id is not null;
