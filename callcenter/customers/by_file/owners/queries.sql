-- name: find_cars_by_vin!
with found as (
    select r.number, v.id, v.version
    from owner_piece(:id, :first, :last) r join vehicles v on v.vin = r.vin
    where r.outcome <> 'refused'
)
update owner_import_rows r
set vehicle_id = f.id, vehicle_is_new = false, vehicle_version = f.version
from found f
where r.import_id = :id and r.number = f.number;

-- name: find_cars_by_plate!
-- A plate goes from car to car: it names one only where no VIN says otherwise.
with found as (
    select r.number, array_agg(v.id) as ids, min(v.version) as version
    from owner_piece(:id, :first, :last) r
    join vehicles v on v.plate = r.plate and (r.vin is null or v.vin is null)
    where r.outcome <> 'refused'
      and r.vehicle_is_new and r.plate is not null
    group by r.number
)
update owner_import_rows r
set vehicle_id = case when cardinality(f.ids) = 1 then f.ids[1] else r.vehicle_id end,
    vehicle_is_new = cardinality(f.ids) > 1,
    vehicle_version = f.version,
    outcome = case when cardinality(f.ids) > 1 and r.vin is null then 'refused' else r.outcome end,
    reason_zh = case when cardinality(f.ids) > 1 and r.vin is null
        then '有几辆车用这个车牌,请写车架号' else r.reason_zh end,
    reason_en = case when cardinality(f.ids) > 1 and r.vin is null
        then 'several cars have this plate; write the VIN' else r.reason_en end
from found f
where r.import_id = :id and r.number = f.number;

-- name: find_owners_by_phone!
-- Number and name; of several that one who drives this car, else the oldest.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_piece(:id, :first, :last) r
    cross join unnest(r.phones) as said (e164)
    join contact_points c on c.e164 = said.e164
    join owner_contact_points oc on oc.contact_point_id = c.id
    join owners o on o.id = oc.owner_id and o.name = r.name
    left join owner_vehicles ov on ov.owner_id = o.id and ov.vehicle_id = r.vehicle_id
    where r.outcome <> 'refused' and r.owner_is_new
    order by r.number, ov.owner_id is null, o.id
)
update owner_import_rows r
set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.import_id = :id and r.number = f.number;

-- name: find_owners_by_car!
-- Who drives this car and is called so; or has this number and is called otherwise here, unless the
-- file means him by another row; or is the only one who drives it, where the row gives no name.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_piece(:id, :first, :last) r
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
                   where x.import_id = r.import_id and x.owner_id = o.id)))
    order by r.number, o.name is distinct from r.name, o.id
)
update owner_import_rows r
set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.import_id = :id and r.number = f.number;

-- name: same_person_in_piece!
-- One name and one number in common: one person, whatever other numbers the rows give.
with said as (
    select r.number, r.person, r.name, p.e164
    from owner_piece(:id, :first, :last) r cross join unnest(r.phones) as p (e164)
    where r.outcome <> 'refused'
      and cardinality(r.phones) > 0
),
alike as (
    select name, e164, (array_agg(person order by number))[1] as person
    from said group by name, e164 having count(distinct person) > 1
),
wanted as (
    select distinct on (s.number) s.number, a.person
    from said s join alike a on a.name = s.name and a.e164 = s.e164
    order by s.number, a.person
)
update owner_import_rows r
set person = w.person, owner_id = case when r.owner_is_new then w.person else r.owner_id end
from wanted w
where r.import_id = :id and r.number = w.number and r.person <> w.person;

-- name: same_person_in_file!
-- Whom one row has found, all rows of that person mean.
with found as (
    select distinct on (known.person) known.person, known.owner_id, known.owner_version
    from owner_import_rows known
    where known.import_id = :id and not known.owner_is_new and known.outcome <> 'refused'
      and known.person = any(array(
          select r.person from owner_piece(:id, :first, :last) r))
    order by known.person, known.number
)
update owner_import_rows r
set owner_id = f.owner_id, owner_is_new = false, owner_version = f.owner_version
from found f
where r.import_id = :id and r.person = f.person and r.owner_is_new;

-- name: refuse_nameless!
update owner_import_rows r
set outcome = 'refused', reason_zh = '没有姓名,这辆车也不能确定车主',
    reason_en = 'there is no name, and the car does not say whose it is'
where r.import_id = :id and r.number between :first and :last and r.outcome <> 'refused'
  and r.owner_is_new and r.name is null;

-- name: refuse_contradictions!
-- Rows of one owner, and of one car, say the same of it or nothing: the second is asked about.
with other as (
    select r.number, min(e.number) as said_in, bool_or(e.owner_id = r.owner_id and (
        e.name <> r.name or e.email <> r.email or e.province <> r.province or e.city <> r.city
        or (e.birthday_calendar, e.birthday_month, e.birthday_day)
            <> (r.birthday_calendar, r.birthday_month, r.birthday_day)
        or e.wedding_on <> r.wedding_on or e.tier <> r.tier or e.language <> r.language
        or e.remark <> r.remark
        or e.granted && r.refused or e.refused && r.granted)) as of_owner
    from owner_piece(:id, :first, :last) r
    join lateral (
        select * from owner_import_rows same
        where same.import_id = r.import_id and same.owner_id = r.owner_id
          and same.number < r.number
        union all
        select * from owner_import_rows same
        where same.import_id = r.import_id and same.vehicle_id = r.vehicle_id
          and same.number < r.number
    ) e on e.outcome <> 'refused'
    where r.outcome <> 'refused'
      and ((e.owner_id = r.owner_id and (
                e.name <> r.name or e.email <> r.email or e.province <> r.province
                or e.city <> r.city
                or (e.birthday_calendar, e.birthday_month, e.birthday_day)
                    <> (r.birthday_calendar, r.birthday_month, r.birthday_day)
                or e.wedding_on <> r.wedding_on or e.tier <> r.tier or e.language <> r.language
                or e.remark <> r.remark
                or e.granted && r.refused or e.refused && r.granted))
           or (e.vehicle_id = r.vehicle_id and (
                e.vin <> r.vin or e.plate <> r.plate or e.model <> r.model
                or e.energy <> r.energy or e.colour <> r.colour
                or e.delivered_on <> r.delivered_on)))
    group by r.number
)
update owner_import_rows r
set outcome = 'refused',
    reason_zh = case when o.of_owner then '第 ' || o.said_in || ' 行对同一车主另有说法'
                     else '第 ' || o.said_in || ' 行对同一辆车另有说法' end,
    reason_en = case when o.of_owner then 'row ' || o.said_in || ' says otherwise of this owner'
                     else 'row ' || o.said_in || ' says otherwise of this car' end
from other o
where r.import_id = :id and r.number = o.number;

-- name: tell_outcomes!
-- Against what is there now; an empty cell says nothing.
with told as (
    select r.number, array_remove(array[
        case when r.name <> o.name then 'name' end,
        case when r.email is distinct from coalesce(o.email, '') and r.email is not null
             then 'email' end,
        case when r.province <> o.province then 'province' end,
        case when r.city <> o.city then 'city' end,
        case when r.birthday_month is not null
              and (r.birthday_calendar, r.birthday_month, r.birthday_day)
                  is distinct from (o.birthday_calendar, o.birthday_month, o.birthday_day)
             then 'birthday' end,
        case when r.wedding_on is not null and r.wedding_on is distinct from o.wedding_on
             then 'wedding_on' end,
        case when r.tier <> o.tier then 'tier' end,
        case when r.language <> o.language then 'language' end,
        case when r.remark <> o.remark then 'remark' end,
        case when r.vin is not null and v.id is not null and r.vin is distinct from v.vin
             then 'vin' end,
        case when r.plate is not null and v.id is not null and r.plate is distinct from v.plate
             then 'plate' end,
        case when r.model <> v.model then 'model' end,
        case when r.energy is not null and v.id is not null
              and r.energy is distinct from v.energy then 'energy' end,
        case when r.colour <> v.colour then 'colour' end,
        case when r.delivered_on is not null and v.id is not null
              and r.delivered_on is distinct from v.delivered_on then 'delivered_on' end,
        case when o.id is not null and exists (
            select from unnest(r.phones) as said (e164)
            where not exists (
                select from contact_points c
                join owner_contact_points oc on oc.contact_point_id = c.id
                where c.e164 = said.e164 and oc.owner_id = r.owner_id)) then 'phones' end,
        case when r.vehicle_id is not null and o.id is not null and not exists (
            select from owner_vehicles ov
            where ov.owner_id = r.owner_id and ov.vehicle_id = r.vehicle_id)
             then 'vehicle' end,
        case when o.id is not null and (
            exists (select from unnest(r.granted) as said (code)
                    where said.code <> all(coalesce(reach.granted, '{}'))
                      and not (said.code = any(coalesce(reach.refused, '{}'))
                               and coalesce(r.said_at, '-infinity') <= newest.said_at))
            or exists (select from unnest(r.refused) as said (code)
                       where said.code <> all(coalesce(reach.refused, '{}'))
                         and not (said.code = any(coalesce(reach.granted, '{}'))
                                  and coalesce(r.said_at, :said_at) <= newest.said_at)))
             then 'consents' end
    ], null) as changed
    from owner_piece(:id, :first, :last) r
    left join owners o on o.id = r.owner_id and not r.owner_is_new
    left join vehicles v on v.id = r.vehicle_id and not r.vehicle_is_new
    left join owner_reach reach on reach.owner_id = o.id
    left join lateral (
        select coalesce(max(c.said_at), '-infinity') as said_at from consents c
        where c.owner_id = o.id and c.purpose || ':' || c.channel = any(r.granted || r.refused)
    ) newest on true
    where r.outcome <> 'refused'
)
update owner_import_rows r
set changed = t.changed,
    outcome = case
        when r.owner_is_new or (r.vehicle_id is not null and r.vehicle_is_new) then 'added'
        when t.changed <> '{}' then 'changed' else 'unchanged' end
from told t
where r.import_id = :id and r.number = t.number;

-- name: lock_owners
select o.id from owners o
where o.id = any(array(select r.owner_id from owner_piece(:id, :first, :last) r
                       where r.outcome in ('added', 'changed') and not r.owner_is_new))
order by o.id for update;

-- name: lock_reach
select reach.owner_id from owner_reach reach
where reach.owner_id = any(:owner_ids::uuid[])
order by reach.owner_id for update;

-- name: refuse_stale!
update owner_import_rows r
set outcome = 'refused', reason_zh = '车主或车辆在试算之后被改动,请重新导入',
    reason_en = 'the owner or the car was changed since it was planned; import the file again'
where r.import_id = :id and r.number between :first and :last
  and r.outcome in ('added', 'changed')
  and ((not r.owner_is_new and exists (
            select from owners o where o.id = r.owner_id and o.version <> r.owner_version))
       or (not r.vehicle_is_new and exists (
            select from vehicles v where v.id = r.vehicle_id and v.version <> r.vehicle_version))
       or (r.vehicle_is_new and r.vin is not null and exists (
            select from vehicles v where v.vin = r.vin and v.id <> r.vehicle_id)));

-- name: meet_owners_added_since!
-- By an earlier piece, or by somebody at the desk, with this name and one of these numbers.
with found as (
    select distinct on (r.number) r.number, o.id, o.version
    from owner_piece(:id, :first, :last) r
    cross join unnest(r.phones) as said (e164)
    join contact_points c on c.e164 = said.e164
    join owner_contact_points oc on oc.contact_point_id = c.id
    join owners o on o.id = oc.owner_id and o.name = r.name
    where r.outcome = 'added' and r.owner_is_new
    order by r.number, o.id
)
update owner_import_rows r set owner_id = f.id, owner_is_new = false, owner_version = f.version
from found f
where r.import_id = :id and r.number = f.number and r.owner_id <> f.id;

-- name: add_owners
insert into owners (id, name, language, remark, tier, tier_set_by, province, city, email, birthday_calendar,
                    birthday_month, birthday_day, wedding_on)
select r.owner_id, max(r.name), coalesce(max(r.language), 'zh'), coalesce(max(r.remark), ''),
       coalesce(max(r.tier), 0), case when max(r.tier) > 0 then 'person' else 'rule' end,
       coalesce(max(r.province), ''), coalesce(max(r.city), ''),
       max(r.email), max(r.birthday_calendar), max(r.birthday_month), max(r.birthday_day),
       max(r.wedding_on)
from owner_piece(:id, :first, :last) r
where r.outcome = 'added'
  and r.owner_is_new
group by r.owner_id
on conflict (id) do nothing
returning id, name;

-- name: add_reach!
insert into owner_reach (owner_id)
select distinct r.owner_id from owner_piece(:id, :first, :last) r
where r.outcome in ('added', 'changed')
on conflict (owner_id) do nothing;

-- name: edit_owners
-- What a row says and what stands there is not; a tier that a file gives is a person's word.
with said as (
    select r.owner_id, max(r.name) as name, max(r.language) as language, max(r.remark) as remark,
           max(r.tier) as tier, max(r.province) as province, max(r.city) as city,
           max(r.email) as email, max(r.birthday_calendar) as calendar,
           max(r.birthday_month) as month, max(r.birthday_day) as day,
           max(r.wedding_on) as wedding_on
    from owner_piece(:id, :first, :last) r
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
from owner_piece(:id, :first, :last) r
where r.outcome = 'added'
  and r.vehicle_is_new and r.vehicle_id is not null
group by r.vehicle_id
on conflict (id) do nothing;

-- name: edit_cars!
with said as (
    select r.vehicle_id, max(r.vin) as vin, max(r.plate) as plate, max(r.model) as model,
           max(r.energy) as energy, max(r.colour) as colour, max(r.delivered_on) as delivered_on
    from owner_piece(:id, :first, :last) r
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
from owner_piece(:id, :first, :last) r cross join unnest(r.phone_ids, r.phones) as said (id, e164)
where r.outcome in ('added', 'changed')
group by said.e164
order by said.e164
on conflict (e164) do nothing;

-- name: link_numbers
insert into owner_contact_points (owner_id, contact_point_id)
select distinct r.owner_id, c.id
from owner_piece(:id, :first, :last) r
cross join unnest(r.phones) as said (e164)
join contact_points c on c.e164 = said.e164
where r.outcome in ('added', 'changed')
on conflict (owner_id, contact_point_id) do nothing
returning owner_id;

-- name: link_cars
insert into owner_vehicles (owner_id, vehicle_id)
select distinct r.owner_id, r.vehicle_id
from owner_piece(:id, :first, :last) r
where r.outcome in ('added', 'changed') and r.vehicle_id is not null
on conflict (owner_id, vehicle_id) do nothing
returning owner_id;

-- name: raise_versions!
-- Numbers and cars are part of the owner as he is read.
update owners set version = version + 1 where id = any(:owner_ids::uuid[]);

-- name: add_consents!
-- A file takes back a refusal only with a day of its own that is later: a list that was exported
-- yesterday knows nothing of who said no this morning. A refusal counts from the file's day on.
with said as (
    select distinct on (r.owner_id, w.code) w.id, r.owner_id, w.code, w.nth <= cardinality(r.granted) as granted,
           r.said_at, r.number
    from owner_piece(:id, :first, :last) r
    cross join unnest(r.granted || r.refused, r.consent_ids) with ordinality as w (code, id, nth)
    where r.outcome in ('added', 'changed')
    order by r.owner_id, w.code, r.said_at desc nulls last, r.number
),
wanted as (
    select s.*, newest.granted as was_granted, newest.said_at as was_said_at
    from said s
    left join lateral (
        select c.granted, c.said_at from consents c
        where c.owner_id = s.owner_id and c.purpose = split_part(s.code, ':', 1)
          and c.channel = split_part(s.code, ':', 2)
        order by c.said_at desc, c.id desc limit 1
    ) newest on true
),
written as (
    insert into consents (id, owner_id, purpose, channel, granted, evidence, reference, said_at,
                          recorded_by)
    select w.id, w.owner_id, split_part(w.code, ':', 1), split_part(w.code, ':', 2), w.granted,
           'file', :file_name || ' #' || w.number, coalesce(w.said_at, :said_at), :by
    from wanted w
    where w.was_granted is null
       or (w.granted and not w.was_granted and w.said_at > w.was_said_at)
       or (not w.granted and w.was_granted and coalesce(w.said_at, :said_at) > w.was_said_at)
    returning owner_id, purpose || ':' || channel as code, granted
),
sums as (
    select owner_id,
           coalesce(array_agg(code) filter (where granted), '{}') as granted,
           coalesce(array_agg(code) filter (where not granted), '{}') as refused
    from written group by owner_id
)
update owner_reach reach
set granted = array(select unnest(reach.granted) except select unnest(s.refused))
              || array(select unnest(s.granted) except select unnest(reach.granted)),
    refused = array(select unnest(reach.refused) except select unnest(s.granted))
              || array(select unnest(s.refused) except select unnest(reach.refused))
from sums s
where reach.owner_id = s.owner_id;

-- name: forget_name_keys!
delete from owner_name_keys where owner_id = any(:owner_ids::uuid[]);

-- name: add_name_keys!
insert into owner_name_keys (key, owner_id)
select key, owner_id from unnest(:keys::text[], :owner_ids::uuid[]) as made (key, owner_id)
on conflict (key, owner_id) do nothing;

-- name: let_later_rows_know!
-- What this piece has raised is no news to the rows behind it.
update owner_import_rows later set owner_version = o.version
from owners o
where later.import_id = :id and later.number > :last and not later.owner_is_new
  and later.owner_id = any(:owner_ids::uuid[]) and o.id = later.owner_id;

-- name: let_later_cars_know!
update owner_import_rows later set vehicle_version = v.version
from vehicles v
where later.import_id = :id and later.number > :last and not later.vehicle_is_new
  and later.vehicle_id = any(array(
      select r.vehicle_id from owner_piece(:id, :first, :last) r
      where r.outcome in ('added', 'changed') and not r.vehicle_is_new))
  and v.id = later.vehicle_id;
