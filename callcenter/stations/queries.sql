-- name: insert_station^
insert into stations (id, code, kind, name_zh, name_en, province, city_zh, city_en, address,
                      lat, lon, workshop_hours, rescue_hours, duty_phone, skills, simulated,
                      brands, keeps_overnight, language)
values (:id, :code, :kind, :name_zh, :name_en, :province, :city_zh, :city_en, :address,
        :lat, :lon, :workshop_hours, :rescue_hours, :duty_phone, :skills, :simulated,
        :brands, :keeps_overnight, :language)
returning *;

-- name: get_station^
select * from stations where id = :id;

-- name: lock_station^
-- Bars other decisions about the station, not the rows that merely refer to it: two that have
-- each written an offer here may still take this lock one after the other.
select * from stations where id = :id for no key update;

-- name: stations_in_box
-- The box only pre-selects; the exact distance is taken outside. One query, whatever the count.
select s.*, roster.on_duty as roster
from stations s
left join lateral (
    select on_duty from duty_roster r
    where r.station_id = s.id and r.starts_at <= :at and r.ends_at > :at
      and r.removed_at is null
    order by r.made_at desc, r.id desc limit 1
) roster on true
where s.lat between :south and :north and s.lon between :west and :east;

-- name: stations_by_id
-- As stations_in_box has them, by their ids.
select s.*, roster.on_duty as roster
from stations s
left join lateral (
    select on_duty from duty_roster r
    where r.station_id = s.id and r.starts_at <= :at and r.ends_at > :at
      and r.removed_at is null
    order by r.made_at desc, r.id desc limit 1
) roster on true
where s.id = any(:station_ids::uuid[]);

-- name: get_stations
select * from stations where id = any(:station_ids::uuid[]);

-- name: every_station_id
select id from stations;

-- name: roster_of_many
-- What is on now and what is to come; of those that cover a moment the first one decides.
select * from duty_roster
where station_id = any(:station_ids::uuid[]) and ends_at > now() and removed_at is null
order by made_at desc, id desc;

-- name: trucks_of
select * from trucks where station_id = any(:station_ids::uuid[]) order by plate, id;

-- name: roster_now^
select * from duty_roster
where station_id = :station_id and starts_at <= now() and ends_at > now() and removed_at is null
order by made_at desc, id desc limit 1;

-- name: rosters_now
-- Of each station the entry that decides now.
select distinct on (station_id) * from duty_roster
where station_id = any(:station_ids::uuid[]) and starts_at <= now() and ends_at > now()
  and removed_at is null
order by station_id, made_at desc, id desc;

-- name: coming_roster
-- What is on now and what is to come, in the order of its beginning.
select * from duty_roster
where station_id = :station_id and ends_at > now() and removed_at is null
  and (:after_at::timestamptz is null or (starts_at, id) > (:after_at, :after_id))
order by starts_at, id limit :limit;

-- name: get_roster^
select * from duty_roster where id = :id and station_id = :station_id;

-- name: edit_station^
update stations
set name_zh = :name_zh, name_en = :name_en, province = :province, city_zh = :city_zh,
    city_en = :city_en, address = :address, lat = :lat, lon = :lon,
    workshop_hours = :workshop_hours, rescue_hours = :rescue_hours, duty_phone = :duty_phone,
    skills = :skills, brands = :brands, keeps_overnight = :keeps_overnight,
    language = :language,
    version = version + 1
where id = :id and version = :version
returning *;

-- name: suspend^
update stations
set suspended_at = now(), suspended_until = :until, suspended_reason = :reason,
    version = version + 1
where id = :id returning *;

-- name: resume^
update stations
set suspended_at = null, suspended_until = null, suspended_reason = null, version = version + 1
where id = :id and suspended_at is not null returning *;

-- name: insert_truck^
insert into trucks (id, station_id, plate, equipment, in_service, capacity_kg, height_cm)
values (:id, :station_id, :plate, :equipment, true, :capacity_kg, :height_cm)
returning *;

-- name: get_truck^
select * from trucks where id = :id;

-- name: edit_truck^
update trucks
set plate = :plate, equipment = :equipment, in_service = :in_service,
    capacity_kg = :capacity_kg, height_cm = :height_cm, version = version + 1
where id = :id and version = :version
returning *;

-- name: insert_roster^
insert into duty_roster (id, station_id, starts_at, ends_at, on_duty, person, phone)
values (:id, :station_id, :starts_at, :ends_at, :on_duty, :person, :phone)
returning *;

-- name: remove_roster^
update duty_roster set removed_at = now()
where id = :id and station_id = :station_id and removed_at is null
returning *;

-- name: list_stations
-- In the order of their codes; the cursor is the last row's code.
select * from stations
where (:province::text is null or province = :province)
  and (:simulated::boolean is null or simulated = :simulated)
  and (:kind::text is null or kind = :kind)
  and (:suspended::boolean is null
       or (suspended_at is not null and coalesce(suspended_until > now(), true)) = :suspended)
  and (:search::text is null
       or concat_ws(' ', code, name_zh, name_en, city_zh, city_en) ilike :search escape '!')
  and (:after::text is null or code > :after)
order by code limit :limit;

-- name: station_points
-- The same filters as list_stations.
select id, code, name_zh, name_en, lat, lon,
       suspended_at is not null and coalesce(suspended_until > now(), true) as suspended
from stations
where (:province::text is null or province = :province)
  and (:simulated::boolean is null or simulated = :simulated)
  and (:kind::text is null or kind = :kind)
  and (:suspended::boolean is null
       or (suspended_at is not null and coalesce(suspended_until > now(), true)) = :suspended)
  and (:search::text is null
       or concat_ws(' ', code, name_zh, name_en, city_zh, city_en) ilike :search escape '!')
order by code limit :limit;

-- name: overrides_of
-- The newest made first: it counts. Today's night began yesterday.
select * from station_hours_overrides
where station_id = any(:station_ids::uuid[]) and removed_at is null
  and last_day >= (now() at time zone 'Asia/Shanghai')::date - 1
order by station_id, made_at desc, id desc;

-- name: insert_overrides
insert into station_hours_overrides
    (id, station_id, first_day, last_day, applies_to, hours, reason, made_by)
select id, station_id, first_day, last_day, applies_to, hours, reason, :made_by
from jsonb_to_recordset(:rows::jsonb)
    as r(id uuid, station_id uuid, first_day date, last_day date, applies_to text, hours text,
         reason text)
returning *;

-- name: remove_overrides
update station_hours_overrides set removed_at = now()
where id = any(:ids::uuid[]) and removed_at is null
returning id, station_id;

-- name: get_override^
select * from station_hours_overrides where id = :id and station_id = :station_id;

-- name: stations_with_codes
select * from stations where code = any(:codes::text[]) order by code;

-- name: ids_by_code
select code, id from stations;

-- name: lock_stations
select * from stations where id = any(:ids::uuid[]) order by id for no key update;

-- name: plates_in_service
-- Whose they are; a plate is the same however it is written.
select upper(regexp_replace(t.plate, '[\s·.\-]', '', 'g')) as plate, s.code
from trucks t join stations s on s.id = t.station_id
where t.in_service;

-- name: insert_stations
insert into stations (id, code, kind, name_zh, name_en, province, city_zh, city_en, address,
                      lat, lon, workshop_hours, rescue_hours, duty_phone, skills, simulated,
                      brands, keeps_overnight, language)
select id, code, kind, name_zh, name_en, province, city_zh, city_en, address,
       lat, lon, workshop_hours, rescue_hours, duty_phone, skills, false, brands, keeps_overnight,
       language
from jsonb_to_recordset(:rows::jsonb)
    as r(id uuid, code text, kind text, name_zh text, name_en text, province text, city_zh text,
         city_en text, address text, lat double precision, lon double precision,
         workshop_hours text, rescue_hours text, duty_phone text, skills text[], brands text[],
         keeps_overnight boolean, language text)
on conflict (code) do nothing
returning id;

-- name: update_stations!
update stations s
set name_zh = r.name_zh, name_en = r.name_en, province = r.province, city_zh = r.city_zh,
    city_en = r.city_en, address = r.address, lat = r.lat, lon = r.lon,
    workshop_hours = r.workshop_hours, rescue_hours = r.rescue_hours,
    duty_phone = r.duty_phone, skills = r.skills, brands = r.brands,
    keeps_overnight = r.keeps_overnight, language = r.language,
    suspended_at = case when r.suspended is null then null else coalesce(s.suspended_at, now()) end,
    suspended_reason = r.suspended,
    suspended_until = case when r.suspended is null then null else s.suspended_until end,
    version = s.version + 1
from jsonb_to_recordset(:rows::jsonb)
    as r(id uuid, name_zh text, name_en text, province text, city_zh text,
         city_en text, address text, lat double precision, lon double precision,
         workshop_hours text, rescue_hours text, duty_phone text, skills text[], brands text[],
         keeps_overnight boolean, language text, suspended text)
where s.id = r.id;

-- name: put_trucks!
insert into trucks (id, station_id, plate, equipment, in_service, capacity_kg, height_cm)
select id, station_id, plate, equipment, in_service, capacity_kg, height_cm
from jsonb_to_recordset(:rows::jsonb)
    as r(id uuid, station_id uuid, plate text, equipment text[], in_service boolean,
         capacity_kg integer, height_cm integer)
order by r.in_service
on conflict (id) do update
set plate = excluded.plate, equipment = excluded.equipment, in_service = excluded.in_service,
    capacity_kg = excluded.capacity_kg, height_cm = excluded.height_cm,
    version = trucks.version + 1;

-- name: insert_import^
insert into station_imports (id, file_name, headings, unknown_headings, made_by)
values (:id, :file_name, :headings, :unknown_headings, :made_by)
returning *;

-- name: forget_old_plans!
-- A file that was looked at and never applied is not kept.
delete from station_imports where state = 'planned' and made_at < now() - interval '7 days';

-- name: insert_import_rows!
insert into station_import_rows
    (import_id, number, code, outcome, cells, station_id, before, after, reason_zh, reason_en)
select :import_id, number, code, outcome, cells, station_id, before, after, reason_zh, reason_en
from jsonb_to_recordset(:rows::jsonb)
    as r(number integer, code text, outcome text, cells text[], station_id uuid, before jsonb,
         after jsonb, reason_zh text, reason_en text);

-- name: get_import^
select * from station_imports where id = :id;

-- name: lock_import^
select * from station_imports where id = :id for update;

-- name: newest_imports
select * from station_imports
where :before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id::uuid)
order by made_at desc, id desc limit :limit;

-- name: import_counts
select outcome, undone, count(*) as many from station_import_rows
where import_id = :id group by outcome, undone;

-- name: import_rows
select * from station_import_rows
where import_id = :id and (:outcome::text is null or outcome = :outcome)
  and (:undone::boolean is null or undone = :undone) and number > :after
order by number limit :limit;

-- name: refuse_rows!
update station_import_rows i
set outcome = 'refused', reason_zh = r.zh, reason_en = r.en
from jsonb_to_recordset(:rows::jsonb) as r(number integer, zh text, en text)
where i.import_id = :id and i.number = r.number;

-- name: mark_undone!
update station_import_rows i
set undone = r.undone, reason_zh = r.zh, reason_en = r.en
from jsonb_to_recordset(:rows::jsonb) as r(number integer, undone boolean, zh text, en text)
where i.import_id = :id and i.number = r.number;

-- name: set_import_applied^
update station_imports set state = 'applied', applied_by = :by, applied_at = now()
where id = :id returning *;

-- name: set_import_undone^
update station_imports set state = 'undone', undone_by = :by, undone_at = now()
where id = :id returning *;
