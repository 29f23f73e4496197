-- name: insert_booking^
insert into service_bookings (id, station_id, vehicle_id, owner_id, starts_at, wanted, note, source,
                              touch_id, booked_by)
values (:id, :station_id, :vehicle_id, :owner_id, :starts_at, :wanted, :note, :source, :touch_id,
        :booked_by)
returning *;

-- name: get_booking^
select * from service_bookings where id = :id;

-- name: lock_booking^
select * from service_bookings where id = :id for update;

-- name: taken_between
-- Who came early or late has taken his place all the same; `but` is the one that is being moved.
select starts_at from service_bookings
where station_id = :station_id and starts_at >= :since and starts_at < :until
  and state in ('booked', 'came') and id is distinct from :but::uuid;

-- name: taken_at
-- As taken_between, of many stations.
select station_id, starts_at from service_bookings
where station_id = any(:station_ids::uuid[]) and starts_at >= :since and starts_at < :until
  and state in ('booked', 'came');

-- name: workshops_in_box
-- The box only pre-selects; the exact distance is taken outside.
select id, lat, lon, bookings_per_hour from stations
where lat between :south and :north and lon between :west and :east
  and kind = 'dealer' and bookings_per_hour > 0
  and not (suspended_at is not null and coalesce(suspended_until > now(), true));

-- name: workshops_by_id
select id, lat, lon, bookings_per_hour from stations
where id = any(:ids::uuid[]) and kind = 'dealer' and bookings_per_hour > 0
  and not (suspended_at is not null and coalesce(suspended_until > now(), true));

-- name: workshops_of_city
select id, bookings_per_hour from stations
where (:province::text is null or province = :province or id = :known::uuid)
  and kind = 'dealer' and bookings_per_hour > 0
  and not (suspended_at is not null and coalesce(suspended_until > now(), true))
order by id is distinct from :known::uuid, :city not in (rtrim(city_zh, '市'), city_en), code
limit :limit;

-- name: is_booked$
select exists (select from service_bookings
               where vehicle_id = :vehicle_id and wanted = :wanted and state = 'booked');

-- name: capacity_of$
select bookings_per_hour from stations where id = :id;

-- name: set_capacity$
update stations set bookings_per_hour = :capacity, version = version + 1 where id = :id
returning bookings_per_hour;

-- name: move_booking^
update service_bookings
set station_id = :station_id, starts_at = :starts_at, wanted = :wanted, note = :note,
    version = version + 1
where id = :id and state = 'booked' returning *;

-- name: close_booking^
update service_bookings set state = :state, closed_at = now(), version = version + 1
where id = :id and state = any(:was::text[]) returning *;

-- name: bookings_of_station
select * from service_bookings
where station_id = :station_id and starts_at >= :since and starts_at < :until
order by starts_at, id limit :limit;

-- name: bookings_left_open_at
select * from service_bookings
where station_id = :station_id and state = 'booked' and starts_at >= :since and starts_at < :until
order by starts_at, id limit :limit;

-- name: bookings_of_vehicle
select * from service_bookings where vehicle_id = :vehicle_id
order by starts_at desc, id desc limit :limit;

-- name: bookings_left_open
select id from service_bookings where state = 'booked' and starts_at < :before
order by starts_at, id limit :limit for update skip locked;
