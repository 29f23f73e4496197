-- name: meet_owners_added_since!
-- By an earlier piece, or by somebody at the desk, with this name and one of these numbers.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_import_piece r
    cross join unnest(r.phones) as said (e164)
    join contact_points c on c.e164 = said.e164
    join owner_contact_points oc on oc.contact_point_id = c.id
    join owners o on o.id = oc.owner_id and o.name = r.name
    where r.outcome = 'added' and r.owner_is_new
    order by r.number, o.id
)
update owner_import_piece r set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.number = f.number and r.owner_id <> f.id;

-- name: lock_owners
select o.id from owners o
where o.id = any(array(select r.owner_id from owner_import_piece r
                       where r.outcome in ('added', 'changed') and not r.owner_is_new))
order by o.id for update;

-- name: refuse_stale!
update owner_import_piece r
set outcome = 'refused', reason_zh = '车主或车辆在试算之后被改动,请重新导入',
    reason_en = 'the owner or the car was changed since it was planned; import the file again'
where r.outcome in ('added', 'changed')
  and ((not r.owner_is_new and exists (
            select from owners o where o.id = r.owner_id and o.version <> r.owner_version))
       or (not r.vehicle_is_new and exists (
            select from vehicles v where v.id = r.vehicle_id and v.version <> r.vehicle_version))
       or (r.vehicle_is_new and r.vin is not null and exists (
            select from vehicles v where v.vin = r.vin and v.id <> r.vehicle_id)));

-- name: add_owners
insert into owners (id, name, language, remark, tier, tier_set_by, province, city, email, birthday_calendar,
                    birthday_month, birthday_day, wedding_on)
select r.owner_id, max(r.name), coalesce(max(r.language), 'zh'), coalesce(max(r.remark), ''),
       coalesce(max(r.tier), 0), case when max(r.tier) > 0 then 'person' else 'rule' end,
       coalesce(max(r.province), ''), coalesce(max(r.city), ''),
       max(r.email), max(r.birthday_calendar), max(r.birthday_month), max(r.birthday_day),
       max(r.wedding_on)
from owner_import_piece r
where r.outcome = 'added'
  and r.owner_is_new
group by r.owner_id
on conflict (id) do nothing
returning id, name;

-- name: edit_owners
-- What a row says and what stands there is not; a tier that a file gives is a person's word.
with said as (
    select r.owner_id, max(r.name) as name, max(r.language) as language, max(r.remark) as remark,
           max(r.tier) as tier, max(r.province) as province, max(r.city) as city,
           max(r.email) as email, max(r.birthday_calendar) as calendar,
           max(r.birthday_month) as month, max(r.birthday_day) as day,
           max(r.wedding_on) as wedding_on
    from owner_import_piece r
    where r.outcome in ('added', 'changed')
    group by r.owner_id
)
update owners o
set name = coalesce(s.name, o.name), language = coalesce(s.language, o.language),
    remark = coalesce(s.remark, o.remark), tier = coalesce(s.tier, o.tier),
    tier_set_by = case when s.tier <> o.tier then 'person' else o.tier_set_by end,
    province = coalesce(s.province, o.province), city = coalesce(s.city, o.city),
    email = coalesce(s.email, o.email),
    birthday_calendar = coalesce(s.calendar, o.birthday_calendar),
    birthday_month = coalesce(s.month, o.birthday_month),
    birthday_day = coalesce(s.day, o.birthday_day),
    wedding_on = coalesce(s.wedding_on, o.wedding_on), version = o.version + 1
from said s join owners was on was.id = s.owner_id
where o.id = s.owner_id
  and (coalesce(s.name, o.name), coalesce(s.language, o.language), coalesce(s.remark, o.remark),
       coalesce(s.tier, o.tier), coalesce(s.province, o.province), coalesce(s.city, o.city),
       coalesce(s.email, o.email), coalesce(s.calendar, o.birthday_calendar),
       coalesce(s.month, o.birthday_month), coalesce(s.day, o.birthday_day),
       coalesce(s.wedding_on, o.wedding_on))
      is distinct from
      (o.name, o.language, o.remark, o.tier, o.province, o.city, o.email, o.birthday_calendar,
       o.birthday_month, o.birthday_day, o.wedding_on)
returning o.id, o.name, o.name <> was.name as is_renamed;

-- name: add_cars!
insert into vehicles (id, vin, plate, model, energy, colour, delivered_on)
select r.vehicle_id, max(r.vin), max(r.plate), coalesce(max(r.model), ''), max(r.energy),
       coalesce(max(r.colour), ''), max(r.delivered_on)
from owner_import_piece r
where r.outcome = 'added'
  and r.vehicle_is_new and r.vehicle_id is not null
group by r.vehicle_id
on conflict (id) do nothing;

-- name: edit_cars!
with said as (
    select r.vehicle_id, max(r.vin) as vin, max(r.plate) as plate, max(r.model) as model,
           max(r.energy) as energy, max(r.colour) as colour, max(r.delivered_on) as delivered_on
    from owner_import_piece r
    where r.outcome in ('added', 'changed') and r.vehicle_id is not null
    group by r.vehicle_id
)
update vehicles v
set vin = coalesce(s.vin, v.vin), plate = coalesce(s.plate, v.plate),
    model = coalesce(s.model, v.model), energy = coalesce(s.energy, v.energy),
    colour = coalesce(s.colour, v.colour), delivered_on = coalesce(s.delivered_on, v.delivered_on),
    version = v.version + 1
from said s
where v.id = s.vehicle_id
  and (coalesce(s.vin, v.vin), coalesce(s.plate, v.plate), coalesce(s.model, v.model),
       coalesce(s.energy, v.energy), coalesce(s.colour, v.colour),
       coalesce(s.delivered_on, v.delivered_on))
      is distinct from (v.vin, v.plate, v.model, v.energy, v.colour, v.delivered_on);

-- name: add_numbers!
insert into contact_points (id, e164)
select (array_agg(said.id))[1], said.e164
from owner_import_piece r cross join unnest(r.phone_ids, r.phones) as said (id, e164)
where r.outcome in ('added', 'changed')
group by said.e164
order by said.e164
on conflict (e164) do nothing;

-- name: link_numbers
insert into owner_contact_points (owner_id, contact_point_id)
select said.owner_id, c.id
from (select distinct r.owner_id, e164 from owner_import_piece r
      cross join unnest(r.phones) as phone (e164)
      where r.outcome in ('added', 'changed') order by r.owner_id) said
cross join lateral (select id from contact_points where e164 = said.e164 offset 0) c
on conflict (owner_id, contact_point_id) do nothing
returning owner_id;

-- name: link_cars
insert into owner_vehicles (owner_id, vehicle_id)
select distinct r.owner_id, r.vehicle_id
from owner_import_piece r
where r.outcome in ('added', 'changed') and r.vehicle_id is not null
order by r.owner_id, r.vehicle_id
on conflict (owner_id, vehicle_id) do nothing
returning owner_id;

-- name: raise_versions!
-- Numbers and cars are part of the owner as he is read.
update owners set version = version + 1 where id = any(:owner_ids::uuid[]);

-- name: forget_name_keys!
delete from owner_name_keys where owner_id = any(:owner_ids::uuid[]);

-- name: add_name_keys!
insert into owner_name_keys (key, owner_id)
select key, owner_id from unnest(:keys::text[], :owner_ids::uuid[]) as made (key, owner_id)
on conflict (key, owner_id) do nothing;

-- name: later_rows_of_owners
-- Rows behind this piece of owners that it wrote: what it has raised is no news to them.
select x.number from (select distinct owner_id from owner_import_piece
                      where outcome in ('added', 'changed') and not owner_is_new) known
cross join lateral (
    select number from owner_import_rows x
    where x.owner_id = known.owner_id and x.import_id = :id and x.number > :last
      and not x.owner_is_new
    offset 0) x;

-- name: let_later_owners_know!
update owner_import_rows r
set owner_version = (select o.version from owners o where o.id = r.owner_id)
where r.import_id = :id and r.number = any(:numbers::integer[]);

-- name: later_rows_of_cars
select x.number from (select distinct vehicle_id from owner_import_piece
                      where outcome in ('added', 'changed') and not vehicle_is_new) known
cross join lateral (
    select number from owner_import_rows x
    where x.vehicle_id = known.vehicle_id and x.import_id = :id and x.number > :last
      and not x.vehicle_is_new
    offset 0) x;

-- name: let_later_cars_know!
update owner_import_rows r
set vehicle_version = (select v.version from vehicles v where v.id = r.vehicle_id)
where r.import_id = :id and r.number = any(:numbers::integer[]);
