-- name: find_visited_cars!
with found as (
    select r.number, v.id
    from visit_import_piece r join vehicles v on v.vin = r.vin
    where r.outcome <> 'refused'
)
update visit_import_piece r set vehicle_id = f.id
from found f
where r.number = f.number;

-- name: find_visited_cars_by_plate!
with found as (
    select r.number, array_agg(v.id) as ids
    from visit_import_piece r join vehicles v on v.plate = r.plate
    where r.outcome <> 'refused'
      and r.vin is null and r.plate is not null
    group by r.number
)
update visit_import_piece r
set vehicle_id = case when cardinality(f.ids) = 1 then f.ids[1] end,
    outcome = case when cardinality(f.ids) = 1 then r.outcome else 'refused' end,
    reason_zh = case when cardinality(f.ids) = 1 then '' else '有几辆车用这个车牌,请写车架号' end,
    reason_en = case when cardinality(f.ids) = 1 then ''
                     else 'several cars have this plate; write the VIN' end
from found f
where r.number = f.number;

-- name: refuse_unknown_cars!
update visit_import_piece r
set outcome = 'refused', reason_zh = '没有登记过这辆车,请先导入车主和车辆',
    reason_en = 'no such car is registered; import owners and cars first'
where r.outcome <> 'refused'
  and r.vehicle_id is null;

-- name: refuse_visit_contradictions!
with other as (
    select r.number, min(e.number) as said_in
    from visit_import_piece r
    join lateral (
        select number, odometer_km, amount, station_id from visit_import_rows e
        where e.vehicle_id = r.vehicle_id and e.visited_on = r.visited_on and e.kind = r.kind
          and e.work_order = r.work_order and (e.import_id = r.import_id) is true
          and e.outcome <> 'refused'
        offset 0) e
      on e.odometer_km <> r.odometer_km or e.amount <> r.amount or e.station_id <> r.station_id
    where r.outcome <> 'refused'
    group by r.number
    union all
    select r.number, min(e.number)
    from visit_import_piece r
    join visit_import_piece e on e.vehicle_id = r.vehicle_id
        and e.visited_on = r.visited_on and e.kind = r.kind and e.work_order = r.work_order
        and e.number < r.number and e.outcome <> 'refused'
    where r.outcome <> 'refused'
      and (e.odometer_km <> r.odometer_km or e.amount <> r.amount or e.station_id <> r.station_id)
    group by r.number
)
update visit_import_piece r
set outcome = 'refused', reason_zh = '第 ' || o.said_in || ' 行对同一次进站另有说法',
    reason_en = 'row ' || o.said_in || ' says otherwise of this visit'
from (select number, min(said_in) as said_in from other group by number) o
where r.number = o.number;

-- name: tell_visit_outcomes!
with told as (
    select r.number, v.id is null as is_new, array_remove(array[
        case when r.odometer_km is not null and v.id is not null
              and r.odometer_km is distinct from v.odometer_km then 'odometer_km' end,
        case when r.amount is not null and v.id is not null
              and r.amount is distinct from v.amount then 'amount' end,
        case when r.station_id is not null and v.id is not null
              and r.station_id is distinct from v.station_id then 'station' end
    ], null) as changed
    from visit_import_piece r
    left join visits v on v.vehicle_id = r.vehicle_id and v.visited_on = r.visited_on
        and v.kind = r.kind and v.work_order = r.work_order
    where r.outcome <> 'refused'
)
update visit_import_piece r
set changed = t.changed,
    outcome = case when t.is_new then 'added' when t.changed <> '{}' then 'changed'
                   else 'unchanged' end
from told t
where r.number = t.number
  -- A row is kept as one that adds.
  and not t.is_new;

-- name: put_visits!
insert into visits (id, vehicle_id, station_id, visited_on, kind, odometer_km, amount, work_order,
                    source)
select (array_agg(r.visit_id order by r.number))[1], r.vehicle_id,
       (array_agg(r.station_id order by r.number) filter (where r.station_id is not null))[1],
       r.visited_on, r.kind, max(r.odometer_km), max(r.amount), r.work_order, 'file'
from visit_import_piece r
where r.outcome in ('added', 'changed')
group by r.vehicle_id, r.visited_on, r.kind, r.work_order
order by r.vehicle_id, r.visited_on, r.kind, r.work_order
on conflict (vehicle_id, visited_on, kind, work_order) do update
set station_id = coalesce(excluded.station_id, visits.station_id),
    odometer_km = coalesce(excluded.odometer_km, visits.odometer_km),
    amount = coalesce(excluded.amount, visits.amount)
where (coalesce(excluded.station_id, visits.station_id),
       coalesce(excluded.odometer_km, visits.odometer_km),
       coalesce(excluded.amount, visits.amount))
      is distinct from (visits.station_id, visits.odometer_km, visits.amount);

-- name: visited_cars
select distinct vehicle_id from visit_import_rows
where import_id = :id and outcome in ('added', 'changed') and vehicle_id > :after
order by vehicle_id limit :limit;
