-- Who has several cars may fit with more than one and is one owner all the same. Most have one: of those
-- who fit they need not be gathered by owner, which was half of a count that finds many.
alter table audience_cars add column is_only boolean not null default false;   -- his only row

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
        coalesce(s.paid_12, 0) * 100, coalesce(s.paid_24, 0) * 100, coalesce(s.paid_36, 0) * 100,
        count(*) over (partition by o.id) = 1
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

insert into audience_stale (owner_id) select id from owners;
