-- "is true" keeps an import's id out of every index: to a planner whose figures are of the imports
-- before, this one has no rows yet, and reading all of them for each owner looks like the key.

-- name: find_cars_by_vin!
with found as (
    select r.number, v.id, v.version
    from owner_import_piece r join vehicles v on v.vin = r.vin
    where r.outcome <> 'refused'
)
update owner_import_piece r
set vehicle_id = f.id, vehicle_is_new = false, vehicle_version = f.version
from found f
where r.number = f.number;

-- name: find_cars_by_plate!
-- A plate goes from car to car: it names one only where no VIN says otherwise.
with found as (
    select r.number, array_agg(v.id) as ids, min(v.version) as version
    from owner_import_piece r
    join vehicles v on v.plate = r.plate and (r.vin is null or v.vin is null)
    where r.outcome <> 'refused'
      and r.vehicle_is_new and r.plate is not null
    group by r.number
)
update owner_import_piece r
set vehicle_id = case when cardinality(f.ids) = 1 then f.ids[1] else r.vehicle_id end,
    vehicle_is_new = cardinality(f.ids) > 1,
    vehicle_version = f.version,
    outcome = case when cardinality(f.ids) > 1 and r.vin is null then 'refused' else r.outcome end,
    reason_zh = case when cardinality(f.ids) > 1 and r.vin is null
        then '有几辆车用这个车牌,请写车架号' else r.reason_zh end,
    reason_en = case when cardinality(f.ids) > 1 and r.vin is null
        then 'several cars have this plate; write the VIN' else r.reason_en end
from found f
where r.number = f.number;

-- name: find_owners_by_phone!
-- Number and name; of several that one who drives this car, else the oldest.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_import_piece r
    cross join unnest(r.phones) as said (e164)
    join contact_points c on c.e164 = said.e164
    join owner_contact_points oc on oc.contact_point_id = c.id
    join owners o on o.id = oc.owner_id and o.name = r.name
    left join owner_vehicles ov on ov.owner_id = o.id and ov.vehicle_id = r.vehicle_id
    where r.outcome <> 'refused' and r.owner_is_new
    order by r.number, ov.owner_id is null, o.id
)
update owner_import_piece r
set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.number = f.number;

-- name: find_owners_by_car!
-- Who drives this car and is called so; or has this number and is called otherwise here, unless the
-- file means him by another row; or is the only one who drives it, where the row gives no name.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_import_piece r
    join owner_vehicles ov on ov.vehicle_id = r.vehicle_id
    join owners o on o.id = ov.owner_id
    where r.outcome <> 'refused' and r.owner_is_new and not r.vehicle_is_new
      and (o.name = r.name
           or (r.name is null and not exists (
               select from owner_vehicles other
               where other.vehicle_id = r.vehicle_id and other.owner_id <> o.id))
           or (exists (
                   select from owner_contact_points oc
                   join contact_points c on c.id = oc.contact_point_id
                   where oc.owner_id = o.id and c.e164 = any(r.phones))
               and not exists (
                   select from owner_import_rows x
                   where x.owner_id = o.id and (x.import_id = r.import_id) is true)
               and not exists (select from owner_import_piece x where x.owner_id = o.id)))
    order by r.number, o.name is distinct from r.name, o.id
)
update owner_import_piece r
set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.number = f.number;

-- name: same_person_in_piece!
-- One name and one number in common: one person, whatever other numbers the rows give.
with said as (
    select r.number, r.person,
           first_value(r.person) over (partition by r.name, p.e164 order by r.number) as first
    from owner_import_piece r cross join unnest(r.phones) as p (e164)
    where r.outcome <> 'refused'
),
wanted as (
    select distinct on (number) number, first as person
    from said where first <> person order by number, first
)
update owner_import_piece r
set person = w.person, owner_id = case when r.owner_is_new then w.person else r.owner_id end
from wanted w
where r.number = w.number and r.person <> w.person;

-- name: same_person_before!
-- Whom an earlier row of that person has found, and whom one of this piece.
with found as (
    select distinct on (known.person) known.person, known.owner_id, known.owner_version
    from (
        select k.number, k.person, k.owner_id, k.owner_version
        from (select distinct person from owner_import_piece) p
        cross join lateral (
            select * from owner_import_rows x
            where x.person = p.person and (x.import_id = :id) is true and not x.owner_is_new
              and x.outcome <> 'refused'
            order by x.number limit 1) k
        union all
        select number, person, owner_id, owner_version from owner_import_piece
        where not owner_is_new and outcome <> 'refused'
    ) known
    order by known.person, known.number
)
update owner_import_piece r
set owner_id = f.owner_id, owner_is_new = false, owner_version = f.owner_version
from found f
where r.person = f.person and r.owner_is_new;

-- name: same_person_earlier
-- Rows before this piece whose person is known by now; of who is new, `owner_id` is the person.
select x.number, p.owner_id, p.owner_version
from (select distinct on (person) person, owner_id, owner_version from owner_import_piece
      where not owner_is_new and outcome <> 'refused' order by person, number) p
cross join lateral (
    select number from owner_import_rows x
    where x.owner_id = p.person and (x.import_id = :id) is true and x.owner_is_new
    offset 0) x;

-- name: know_earlier!
update owner_import_rows r
set owner_id = f.owner_id, owner_is_new = false, owner_version = f.owner_version
from unnest(:numbers::integer[], :owner_ids::uuid[], :versions::integer[])
     as f (number, owner_id, owner_version)
where r.import_id = :id and r.number = f.number;
