-- name: claim_key^
-- A second request with the key waits here for the first one's commit, then sees its answer.
insert into idempotency_keys (actor, key, request_digest)
values (:actor, :key, :request_digest)
on conflict (actor, key) do update set touched_at = clock_timestamp()
returning request_digest, state, status, headers, body;

-- name: keep_answer!
update idempotency_keys
set state = 'answered', status = :status, headers = :headers, body = :body
where actor = :actor and key = :key;

-- name: purge_keys$
with gone as (
    delete from idempotency_keys where created_at < now() - make_interval(hours => :older_than_h)
    returning 1
)
select count(*) from gone;

-- name: ensure_installation^
insert into installation (link_key, demo) values (:link_key, :demo)
on conflict (id) do update set seen_at = clock_timestamp()
returning link_key, demo, created_at, sample_caller, sample_place;

-- name: keep_sample_call!
update installation set sample_caller = :caller, sample_place = :place where demo;

-- name: insert_file^
insert into files (id, media_type, bytes, sha256, size, uploaded_by)
values (:id, :media_type, :bytes, :sha256, :size, :uploaded_by)
returning id, media_type, size, uploaded_by, created_at;

-- name: get_file^
select id, media_type, bytes, size, uploaded_by, created_at from files where id = :id;

-- name: unsettled_events$
-- Committed but not yet in order: some older transaction is still open.
select exists (select 1 from events where xid >= pg_snapshot_xmin(pg_current_snapshot()));

-- name: queue_age_s$
-- How long the oldest due job has waited. Texts of campaigns, behind all others, wait for their turn.
select coalesce(extract(epoch from now() - min(execute_after)), 0)::float8
from pgqueuer where status = 'queued' and execute_after <= now() and priority >= 0;
