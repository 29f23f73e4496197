-- name: record_event^
-- The fact and its order; the trigger wakes the feed readers at commit.
insert into events (id, kind, actor, ticket_id, station_id, roles, facts)
values (:id, :kind, :actor, :ticket_id, :station_id, :roles, :facts)
returning at;

-- name: record_events!
-- Many facts of one transaction, in their order.
insert into events (id, kind, actor, station_id, roles, facts)
select id, kind, :actor, station_id, roles, facts
from jsonb_to_recordset(:rows::jsonb)
    as r(number integer, id uuid, kind text, station_id uuid, roles text[], facts jsonb)
order by number;

-- name: newest_event^
select xid::text as xid, seq from settled_events order by settled_events.xid desc, seq desc limit 1;

-- name: events_after
-- Row order is (xid, seq): within it nothing can appear later before the cursor.
select xid::text as xid, seq, id, kind, at, actor, ticket_id, station_id, roles, facts
from settled_events
where (settled_events.xid, seq) > (:xid::text::xid8, :seq::bigint)
order by settled_events.xid, seq
limit :limit;

-- name: stations_touched^
-- Committed or this transaction's own, settled or not: what a reader at the cursor may not know.
select count(*) as events,
       coalesce(array_agg(distinct station_id) filter (where station_id is not null), '{}') as ids
from (select station_id from events
      where (events.xid, seq) > (:xid::text::xid8, :seq::bigint) limit :limit) newer;

-- name: events_of_ticket
select xid::text as xid, seq, id, kind, at, actor, ticket_id, station_id, roles, facts
from events where ticket_id = :ticket_id order by seq;

-- name: claim_done^
-- No row: another run of the same job has committed its effect.
insert into jobs_done (key) values (:key) on conflict (key) do nothing returning key;

-- name: purge_done!
delete from jobs_done where done_at < now() - interval '7 days';

-- name: purge_queue_log!
delete from pgqueuer_log where created < now() - interval '1 day';

-- name: park_job!
insert into jobs_parked (id, name, key, payload, error)
values (:id, :name, :key, :payload, :error);

-- name: parked_jobs
-- Given up one by one; of those that are still tried, one line for each kind.
select name, error, parked_at as since from jobs_parked
union all
select entrypoint, format('still tried: %s jobs, up to %s times', count(*), max(attempts)),
       min(created)
from pgqueuer where attempts >= :many_tries group by entrypoint
order by since, name;

-- name: take_parked_jobs
delete from jobs_parked returning name, key, payload;

-- name: count_parked_jobs$
select count(*) from jobs_parked;

-- name: beat!
insert into worker_heartbeats (worker_id) values (:worker_id)
on conflict (worker_id) do update set beat_at = now();

-- name: forget_old_workers!
delete from worker_heartbeats where beat_at < now() - interval '1 hour';

-- name: worker_seen$
select max(beat_at) > now() - make_interval(secs => :within_s) from worker_heartbeats;
