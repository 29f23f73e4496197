-- The audit reads the log by who, by kind and by station, the newest first; by ticket it can already.
create index events_by_actor on events (actor, seq);
create index events_by_kind on events (kind, seq);
create index events_by_station on events (station_id, seq) where station_id is not null;
