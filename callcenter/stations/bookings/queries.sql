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

-- name: is_booked$
select exists (select from service_bookings
               where vehicle_id = :vehicle_id and wanted = :wanted and state = 'booked');

-- name: capacity_of$
select bookings_per_hour from stations where id = :id;

-- name: set_capacity$
update stations set bookings_per_hour = :capacity, version = version + 1 where id = :id
returning bookings_per_hour;

-- name: move_booking^
update service_bookings set station_id = :station_id, starts_at = :starts_at, version = version + 1
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
