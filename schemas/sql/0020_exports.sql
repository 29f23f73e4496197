-- The audit reads the log newest first: all of it, or by who, by kind, by station. What is about
-- one ticket is little and has its index already.
create index events_by_time on events (at, id);
create index events_by_actor on events (actor, at, id);
create index events_by_kind on events (kind, at, id);
create index events_by_station on events (station_id, at, id) where station_id is not null;
