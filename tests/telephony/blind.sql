-- The product's queries without their guards, for the controls only.

-- name: lock_position^
-- Without the lock.
select p.*, f.flow from flow_positions p join call_flows f on f.version = p.flow_version
where p.call_id = :call_id;
