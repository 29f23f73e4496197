-- name: insert_owner^
insert into owners (id, name, language, remark, tier, tier_set_by)
values (:id, :name, :language, :remark, :tier, :tier_set_by)
returning *;

-- name: insert_reach!
-- Each owner has his row: who decides about a contact locks it.
insert into owner_reach (owner_id) values (:owner_id);

-- name: get_owner^
select * from owners where id = :id;

-- name: edit_owner^
update owners set name = :name, language = :language, remark = :remark, tier = :tier,
    tier_set_by = :tier_set_by, province = :province, city = :city, email = :email, zone = :zone,
    birthday_calendar = :birthday_calendar, birthday_month = :birthday_month,
    birthday_day = :birthday_day, wedding_on = :wedding_on, profiling_refused = :profiling_refused,
    version = version + 1
where id = :id and version = :version returning *;

-- name: ensure_contact_point$
insert into contact_points (id, e164) values (:id, :e164)
on conflict (e164) do update set e164 = excluded.e164
returning id;

-- name: link_contact_point$
-- Whether it is new; the second time writes too, before it is answered.
insert into owner_contact_points (owner_id, contact_point_id, label)
values (:owner_id, :contact_point_id, :label)
on conflict (owner_id, contact_point_id) do update set label = excluded.label, wrong_at = null
returning (xmax = 0) as is_new;

-- name: mark_number_wrong$
-- Its row, when it was not known to be somebody else's.
update owner_contact_points oc set wrong_at = now()
from contact_points c
where oc.owner_id = :owner_id and c.id = oc.contact_point_id and c.e164 = :e164
  and oc.wrong_at is null
returning oc.contact_point_id;

-- name: owners_of_number
-- All who are called there: nobody for whom it is known to be somebody else's.
select oc.owner_id from contact_points c
join owner_contact_points oc on oc.contact_point_id = c.id
where c.e164 = :e164 and oc.wrong_at is null
order by oc.owner_id;

-- name: has_number$
-- One that is not known to be somebody else's.
select exists (select from owner_contact_points where owner_id = :owner_id and wrong_at is null);

-- name: trust_numbers!
update owner_contact_points set wrong_at = null
where owner_id = :owner_id and wrong_at is not null;

-- name: raise_version!
-- Numbers and cars are part of the owner as he is read: an edit made without them is stale.
update owners set version = version + 1 where id = :id;

-- name: hold_number!
-- Who finds a number unknown and adds its owner does so alone, until the end of his transaction.
select pg_advisory_xact_lock(hashtextextended(:e164, 0));

-- name: owners_by_phone
-- What the ringing phone waits for: by number, to all owners who share it.
select o.* from contact_points c
join owner_contact_points oc on oc.contact_point_id = c.id
join owners o on o.id = oc.owner_id
where c.e164 = :e164
order by o.created_at, o.id;

-- name: list_owners
-- Ids grow with time: newest first.
select * from owners
where id < coalesce(:before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc limit :limit;

-- name: names_by_phones
-- Who rings, in the list of calls.
select c.e164, o.id, o.name from contact_points c
join owner_contact_points oc on oc.contact_point_id = c.id
join owners o on o.id = oc.owner_id
where c.e164 = any(:lines::text[])
order by o.created_at, o.id;

-- name: owners_by_vehicle
select o.* from owner_vehicles ov join owners o on o.id = ov.owner_id
where ov.vehicle_id = :vehicle_id order by o.created_at, o.id;

-- name: phones_of
select oc.owner_id, c.e164 from owner_contact_points oc
join contact_points c on c.id = oc.contact_point_id
where oc.owner_id = any(:owner_ids::uuid[]) order by c.e164;

-- name: vehicles_of
select ov.owner_id, v.* from owner_vehicles ov join vehicles v on v.id = ov.vehicle_id
where ov.owner_id = any(:owner_ids::uuid[]) order by v.created_at, v.id;

-- name: insert_vehicle^
insert into vehicles (id, vin, plate, model, energy, weight_kg, colour, delivered_on, gone_on)
values (:id, :vin, :plate, :model, :energy, :weight_kg, :colour, :delivered_on, :gone_on)
returning *;

-- name: edit_vehicle^
update vehicles set vin = :vin, plate = :plate, model = :model, energy = :energy,
    weight_kg = :weight_kg, colour = :colour, delivered_on = :delivered_on, gone_on = :gone_on,
    version = version + 1
where id = :id and version = :version returning *;

-- name: get_vehicle^
select * from vehicles where id = :id;

-- name: vehicles_by_plate
select * from vehicles where plate = :plate order by created_at, id;

-- name: vehicles_by_vin
select * from vehicles where vin = :vin;

-- name: link_vehicle$
-- Whether it is new; the second time writes too, before it is answered.
insert into owner_vehicles (owner_id, vehicle_id) values (:owner_id, :vehicle_id)
on conflict (owner_id, vehicle_id) do update set vehicle_id = excluded.vehicle_id
returning (xmax = 0) as is_new;

-- name: unlink_vehicle$
-- Nothing, where it was not his.
delete from owner_vehicles where owner_id = :owner_id and vehicle_id = :vehicle_id
returning true;

-- name: keep_name_keys!
-- What the owner is found by, instead of what he was found by before.
with gone as (
    delete from owner_name_keys where owner_id = :owner_id and key <> all(:keys::text[])
)
insert into owner_name_keys (key, owner_id)
select key, :owner_id from unnest(:keys::text[]) as wanted (key)
on conflict (key, owner_id) do nothing;

-- name: owners_by_name
-- All keys that begin so lie between the beginning itself and the first sign behind it.
select owner_id from owner_name_keys
where key >= :first and key < :behind
order by key, owner_id limit :limit;

-- name: owners_by_phone_end
select oc.owner_id from contact_points c
join owner_contact_points oc on oc.contact_point_id = c.id
where reverse(c.e164) collate "C" >= :first and reverse(c.e164) collate "C" < :behind
order by reverse(c.e164) collate "C", oc.owner_id limit :limit;

-- name: vehicles_by_plate_start
select * from vehicles
where plate collate "C" >= :first and plate collate "C" < :behind
order by plate collate "C", id limit :limit;

-- name: vehicles_by_plate_rest
select * from vehicles
where plate is not null
  and substr(plate, 2) collate "C" >= :first and substr(plate, 2) collate "C" < :behind
order by substr(plate, 2) collate "C", id limit :limit;

-- name: vehicles_by_vin_end
select * from vehicles
where vin is not null and reverse(vin) collate "C" >= :first and reverse(vin) collate "C" < :behind
order by reverse(vin) collate "C", id limit :limit;

-- name: owners_of_vehicles
select owner_id from owner_vehicles where vehicle_id = any(:vehicle_ids::uuid[])
order by vehicle_id, owner_id limit :limit;

-- name: owners_by_id
select * from owners where id = any(:ids::uuid[]);

-- name: is_any_owner_there$
select exists (select from owners);
