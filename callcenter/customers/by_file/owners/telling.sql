-- name: refuse_nameless!
update owner_import_piece r
set outcome = 'refused', reason_zh = '没有姓名,这辆车也不能确定车主',
    reason_en = 'there is no name, and the car does not say whose it is'
where r.outcome <> 'refused'
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
    from owner_import_piece r
    join lateral (
        select * from owner_import_rows same
        where same.owner_id = r.owner_id and (same.import_id = r.import_id) is true
        union all
        select * from owner_import_rows same
        where same.vehicle_id = r.vehicle_id and (same.import_id = r.import_id) is true
        union all
        select * from owner_import_piece same
        where same.owner_id = r.owner_id and same.number < r.number
        union all
        select * from owner_import_piece same
        where same.vehicle_id = r.vehicle_id and same.number < r.number
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
update owner_import_piece r
set outcome = 'refused',
    reason_zh = case when o.of_owner then '第 ' || o.said_in || ' 行对同一车主另有说法'
                     else '第 ' || o.said_in || ' 行对同一辆车另有说法' end,
    reason_en = case when o.of_owner then 'row ' || o.said_in || ' says otherwise of this owner'
                     else 'row ' || o.said_in || ' says otherwise of this car' end
from other o
where r.number = o.number;

-- name: tell_outcomes!
-- Against what is there now; an empty cell says nothing.
with told as (
    select r.number, r.owner_is_new or (r.vehicle_id is not null and r.vehicle_is_new) as is_new,
        array_remove(array[
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
                      and (said.code <> all(coalesce(reach.refused, '{}'))
                           or r.said_at > (
                               select max(c.said_at) from consents c
                               where c.owner_id = o.id and not c.granted
                                 and c.channel = split_part(said.code, ':', 2)
                                 and (c.purpose is null
                                      or c.purpose = split_part(said.code, ':', 1)))))
            or exists (select from unnest(r.refused) as said (code)
                       where (said.code <> all(coalesce(reach.refused, '{}'))
                              or split_part(said.code, ':', 2) = any(reach.silent))
                         and coalesce((
                             select c.granted and coalesce(r.said_at, :said_at) > c.said_at
                             from consents c
                             where c.owner_id = o.id and c.purpose = split_part(said.code, ':', 1)
                               and c.channel = split_part(said.code, ':', 2)
                             order by c.said_at desc, c.granted limit 1), true)))
             then 'consents' end
    ], null) as changed
    from owner_import_piece r
    left join owners o on o.id = r.owner_id and not r.owner_is_new
    left join vehicles v on v.id = r.vehicle_id and not r.vehicle_is_new
    left join owner_reach reach on reach.owner_id = o.id
    where r.outcome <> 'refused'
)
update owner_import_piece r
set changed = t.changed,
    outcome = case when t.is_new then 'added' when t.changed <> '{}' then 'changed'
                   else 'unchanged' end
from told t
where r.number = t.number
  -- A row is kept as one that adds.
  and not (t.is_new and t.changed = '{}');
