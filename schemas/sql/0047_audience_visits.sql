-- What conditions on visits ask, kept on the row of each car: the last visit of each kind, and how many
-- there were and what they came to in the last 12, 24 and 36 months. Half a million cars' sums took
-- seconds; here they are read with the rest of the row.
alter table audience_cars
    add column last_first_service_on date,
    add column last_maintenance_on   date,
    add column last_repair_on        date,
    add column last_accident_on      date,
    add column last_recall_on        date,
    add column visits_12             smallint not null default 0,
    add column visits_24             smallint not null default 0,
    add column visits_36             smallint not null default 0,
    add column paid_12               bigint not null default 0,     -- CNY cents
    add column paid_24               bigint not null default 0,
    add column paid_36               bigint not null default 0;

-- China's day that all rows are reckoned for. When it turns, the few cars are stale of whose visits one
-- is now older than 12, 24 or 36 months.
create table audience_day (
    one boolean primary key default true check (one),
    day date not null
);
insert into audience_day (day) values ((now() at time zone 'Asia/Shanghai')::date);

create function audience_day_turns() returns void language sql as $$
    with today as (select (now() at time zone 'Asia/Shanghai')::date as day),
    turned as (
        update audience_day d set day = today.day
        from today, (select day from audience_day for update) was
        where d.day < today.day
        returning was.day as was, d.day
    )
    insert into audience_stale (vehicle_id)
    select v.vehicle_id
    from turned t
    cross join unnest(array[12, 24, 36]) as months
    join visits v on v.visited_on > (t.was - make_interval(months => months))::date
                 and v.visited_on <= (t.day - make_interval(months => months))::date $$;

create or replace function audience_rows(owners uuid[]) returns setof audience_cars
language sql stable as $$
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
        s.last_on,
        d.due_p10, d.due_p50, d.due_p90, d.still_ours,
        o.language, o.province, o.city, v.model, v.energy, left(v.plate, 1),
        s.last_first_service_on, s.last_maintenance_on, s.last_repair_on, s.last_accident_on,
        s.last_recall_on,
        least(s.visits_12, 32767), least(s.visits_24, 32767), least(s.visits_36, 32767),
        coalesce(s.paid_12, 0) * 100, coalesce(s.paid_24, 0) * 100, coalesce(s.paid_36, 0) * 100
    from owners o
    cross join (select (day - interval '12 months')::date as a_year_ago,
                       (day - interval '24 months')::date as two_years_ago,
                       (day - interval '36 months')::date as three_years_ago
                from audience_day) t
    left join (owner_vehicles w join vehicles v on v.id = w.vehicle_id and v.gone_on is null)
        on w.owner_id = o.id
    left join due_dates d on d.vehicle_id = v.id
    left join owner_reach r on r.owner_id = o.id
    cross join lateral (
        select max(x.visited_on) as last_on,
            max(x.visited_on) filter (where x.kind = 'first_service') as last_first_service_on,
            max(x.visited_on) filter (where x.kind = 'maintenance') as last_maintenance_on,
            max(x.visited_on) filter (where x.kind = 'repair') as last_repair_on,
            max(x.visited_on) filter (where x.kind = 'accident') as last_accident_on,
            max(x.visited_on) filter (where x.kind = 'recall') as last_recall_on,
            count(*) filter (where x.visited_on > t.a_year_ago) as visits_12,
            count(*) filter (where x.visited_on > t.two_years_ago) as visits_24,
            count(*) filter (where x.visited_on > t.three_years_ago) as visits_36,
            sum(x.amount) filter (where x.visited_on > t.a_year_ago) as paid_12,
            sum(x.amount) filter (where x.visited_on > t.two_years_ago) as paid_24,
            sum(x.amount) filter (where x.visited_on > t.three_years_ago) as paid_36
        from visits x where x.vehicle_id = v.id) s
    where owners is null or o.id = any(owners) $$;

create or replace function audience_refresh(most integer, waits boolean) returns integer
language plpgsql as $$
declare
    cars uuid[];
    people uuid[];
    taken integer;
begin
    if not exists (select from audience_stale)
       and exists (select from audience_day where day >= (now() at time zone 'Asia/Shanghai')::date)
    then
        return 0;
    end if;
    if waits then
        perform pg_advisory_xact_lock(hashtextextended('audience_cars', 0));
    elsif not pg_try_advisory_xact_lock(hashtextextended('audience_cars', 0)) then
        return 0;
    end if;
    perform audience_day_turns();
    with gone as (
        delete from audience_stale
        where ctid = any(array(select ctid from audience_stale limit most))
        returning owner_id, vehicle_id)
    select count(*), array_agg(distinct vehicle_id) filter (where vehicle_id is not null),
        array_agg(distinct owner_id) filter (where owner_id is not null)
    into taken, cars, people from gone;
    -- Another took them, or the day turned and nothing grew too old: no owners is not all of them.
    if taken = 0 then
        return 0;
    end if;
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

insert into audience_stale (owner_id) select id from owners;
