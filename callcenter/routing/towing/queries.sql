-- name: insert_tow^
insert into tows (id, ticket_id, dispatch_id, stage, delivered_at)
values (:id, :ticket_id, :dispatch_id, :stage, case when :stage = 'delivered' then now() end)
returning *;

-- name: get_tow^
select * from tows where id = :id;

-- name: tow_of_dispatch^
select * from tows where dispatch_id = :dispatch_id;

-- name: tows_of
select * from tows where ticket_id = :ticket_id order by began_at, id;

-- name: move_tow^
update tows
set stage = :to, version = version + 1, due_at = :due_at,
    loaded_at = case when :to = 'loaded' then now() else loaded_at end,
    in_yard_at = case when :to = 'in_yard' then now() else in_yard_at end,
    delivered_at = case when :to = 'delivered' then now() else delivered_at end
where id = :id and stage = :was
returning *;

-- name: set_destination^
-- Compare-and-set: who chose or refused on an older page changes nothing.
update tows set destination_id = :destination_id, due_at = :due_at, version = version + 1
where id = :id and destination_id is not distinct from :instead_of::uuid
  and (stage in ('planned', 'loaded', 'in_yard') or stage = 'delivered' and destination_id is null)
returning *;

-- name: insert_destination^
insert into tow_destinations (id, tow_id, kind, station_id, workshop_id, place_words, distance_m,
                              arrive_at, opens_at, deliver_by, passed_by, reason, made_by)
values (:id, :tow_id, :kind, :station_id, :workshop_id, :place_words, :distance_m, :arrive_at,
        :opens_at, :deliver_by, :passed_by, :reason, :made_by)
returning *;

-- name: get_destination^
select * from tow_destinations where id = :id;

-- name: destinations_of
select * from tow_destinations where tow_id = :tow_id order by made_at, id;

-- name: refuse_destination!
update tow_destinations
set refused_at = now(), refused_by = :refused_by, refusing_id = :refusing_id,
    refuse_reason = :reason, proof_file = :proof_file
where id = :id;

-- name: refusing_stations
select d.refusing_id from tow_destinations d join tows t on t.id = d.tow_id
where t.ticket_id = :ticket_id and d.refusing_id is not null;

-- name: insert_onward_travel^
insert into onward_travels (id, ticket_id, kind, persons, note, recorded_by)
values (:id, :ticket_id, :kind, :persons, :note, :recorded_by)
returning *;

-- name: onward_travels_of
select * from onward_travels where ticket_id = :ticket_id order by recorded_at, id;

-- name: in_yards_of_station
-- Offers out of which came a car that stands in a yard until the station delivers it.
select d.offer_id from tows t join dispatches d on d.id = t.dispatch_id
where t.stage = 'in_yard' and d.station_id = :station_id
order by t.due_at, t.id;
