-- name: insert_visit^
-- Nothing when it is known by its day, kind and work order.
insert into visits (id, vehicle_id, station_id, visited_on, kind, odometer_km, amount, work_order,
                    source)
values (:id, :vehicle_id, :station_id, :visited_on, :kind, :odometer_km, :amount, :work_order,
        :source)
on conflict (vehicle_id, visited_on, kind, work_order) do nothing
returning *;

-- name: known_visit^
select * from visits
where vehicle_id = :vehicle_id and visited_on = :visited_on and kind = :kind
  and work_order = :work_order;

-- name: get_visit^
select * from visits where id = :id;

-- name: correct_visit^
update visits set visited_on = :visited_on, kind = :kind, odometer_km = :odometer_km,
    amount = :amount, station_id = :station_id, version = version + 1
where id = :id and version = :version returning *;

-- name: take_back_visit^
delete from visits where id = :id and version = :version returning *;

-- name: visits_of_vehicle
select * from visits where vehicle_id = :vehicle_id
order by visited_on desc, recorded_at desc, id desc limit :limit;

-- name: owners_of_visited
select owner_id from owner_vehicles where vehicle_id = :vehicle_id order by owner_id;
