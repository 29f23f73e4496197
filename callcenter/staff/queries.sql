-- name: insert_staff^
insert into staff_users (id, login, name, role, station_id, language, password_hash, must_change)
values (:id, :login, :name, :role, :station_id, :language, :password_hash, :must_change)
returning id, login, name, role, station_id, language, must_change, active, version, created_at;

-- name: get_staff^
select id, login, name, role, station_id, language, must_change, active, version, created_at
from staff_users where id = :id;

-- name: find_login^
select id, login, name, role, station_id, language, must_change, active, version, created_at,
       password_hash
from staff_users where login = :login;

-- name: staff_listed
select id, login, name, role, station_id, language, must_change, active, version, created_at
from staff_users
where (:role::text is null or role = :role)
  and (:active::boolean is null or active = :active)
  and (:search::text is null or concat_ws(' ', login, name) ilike :search escape '!')
  and (:before_at::timestamptz is null or (created_at, id) < (:before_at, :before_id::uuid))
order by created_at desc, id desc
limit :limit;

-- name: colleagues_of_the_desk
-- To whom work can be given.
select id, name, role from staff_users
where active and role in ('agent', 'expert', 'supervisor')
order by role, name, id;

-- name: staff_names
select id, name from staff_users where id = any(:ids::uuid[]);

-- name: token_names
select id, name from machine_tokens where id = any(:ids::uuid[]);

-- name: edit_staff^
-- Compare-and-set: no row when the version is no longer what was looked at.
update staff_users
set name = :name, role = :role, station_id = :station_id, language = :language,
    active = :active, version = version + 1
where id = :id and version = :version
returning id, login, name, role, station_id, language, must_change, active, version, created_at;

-- name: set_password^
update staff_users
set password_hash = :password_hash, must_change = :must_change, version = version + 1
where id = :id
returning id, login, name, role, station_id, language, must_change, active, version, created_at;

-- name: password_hash_of$
select password_hash from staff_users where id = :id;

-- name: rehash_password!
-- Stronger parameters for the same password: only when it is still the same.
update staff_users set password_hash = :password_hash
where id = :id and password_hash = :was;

-- name: insert_session^
insert into sessions (id, token_hash, staff_id, csrf_token)
values (:id, :token_hash, :staff_id, :csrf_token)
returning id, began_at;

-- name: find_session^
-- Idle and absolute limits by the database's clock; `worn` asks for a new seen_at.
select s.id as session_id, s.csrf_token,
       s.seen_at < now() - make_interval(secs => :touch_s) as worn,
       u.id, u.login, u.name, u.role, u.station_id, u.language, u.must_change, u.active,
       u.version, u.created_at
from sessions s join staff_users u on u.id = s.staff_id
where s.token_hash = :token_hash and s.ended_at is null and u.active
  and s.seen_at > now() - make_interval(secs => :idle_s)
  and s.began_at > now() - make_interval(secs => :absolute_s);

-- name: touch_session!
update sessions set seen_at = now() where id = :id and ended_at is null;

-- name: good_sessions
select s.id
from sessions s join staff_users u on u.id = s.staff_id
where s.id = any(:ids::uuid[]) and s.ended_at is null and u.active
  and s.seen_at > now() - make_interval(secs => :idle_s)
  and s.began_at > now() - make_interval(secs => :absolute_s);

-- name: end_session!
update sessions set ended_at = now() where id = :id and ended_at is null;

-- name: end_session_of_token!
update sessions set ended_at = now() where token_hash = :token_hash and ended_at is null;

-- name: end_sessions_of!
-- All of a colleague's sessions, but the one he changes his password in.
update sessions set ended_at = now()
where staff_id = :staff_id and ended_at is null and id is distinct from :but;

-- name: purge_sessions!
delete from sessions where began_at < now() - interval '7 days';

-- name: recent_failures^
-- Each of the two has a limit of its own, and waits until its oldest failure is forgotten.
select count(*) filter (where account = :account) as by_account,
       count(*) filter (where address = :address) as by_address,
       ceil(extract(epoch from min(at) filter (where account = :account)
            + make_interval(secs => :window_s) - now()))::int as account_wait_s,
       ceil(extract(epoch from min(at) filter (where address = :address)
            + make_interval(secs => :window_s) - now()))::int as address_wait_s
from sign_in_failures
where (account = :account or address = :address)
  and at > now() - make_interval(secs => :window_s);

-- name: record_failure!
insert into sign_in_failures (account, address) values (:account, :address);

-- name: forget_failures!
delete from sign_in_failures where account = :account;

-- name: purge_failures!
delete from sign_in_failures where at < now() - interval '1 day';

-- name: insert_token^
insert into machine_tokens (id, name, scopes, station_id, token_hash, created_by, expires_at)
values (:id, :name, :scopes, :station_id, :token_hash, :created_by,
        now() + make_interval(secs => :lifetime_s))
returning id, name, scopes, station_id, created_by, created_at, expires_at, revoked_at;

-- name: find_token^
select id, name, scopes, station_id, created_by, created_at, expires_at, revoked_at
from machine_tokens
where token_hash = :token_hash and revoked_at is null and expires_at > now();

-- name: good_tokens
select id from machine_tokens
where id = any(:ids::uuid[]) and revoked_at is null and expires_at > now();

-- name: set_token_secret^
update machine_tokens set token_hash = :token_hash
where id = :id and revoked_at is null and expires_at > now()
returning id;

-- name: revoke_token^
update machine_tokens set revoked_at = now() where id = :id and revoked_at is null
returning id;

-- name: revoke_secret^
-- By what is kept of its secret: of the token that lies in a data directory.
update machine_tokens set revoked_at = now()
where token_hash = :token_hash and revoked_at is null
returning id;

-- name: prolong_token^
-- Never one that was revoked or has ended.
update machine_tokens set expires_at = now() + make_interval(secs => :lifetime_s)
where token_hash = :token_hash and revoked_at is null and expires_at > now()
returning id;

-- name: tokens_listed
select id, name, scopes, station_id, created_by, created_at, expires_at, revoked_at
from machine_tokens
where :before_at::timestamptz is null or (created_at, id) < (:before_at, :before_id::uuid)
order by created_at desc, id desc
limit :limit;

-- name: raise_alarm^
-- A taken alarm sounds anew for another reason or on another occasion.
insert into alarms (id, kind, ticket_id, station_id, reason, occasion, drill)
values (:id, :kind, :ticket_id, :station_id, :reason, :occasion, :drill)
on conflict (subject, kind) where cleared_at is null do update set
    touched_at = clock_timestamp(),
    reason = case when alarms.taken_at is null then alarms.reason else excluded.reason end,
    occasion = case when alarms.taken_at is null then alarms.occasion else excluded.occasion end,
    raised_again_at = case
        when alarms.taken_at is not null
             and (alarms.reason, alarms.occasion) <> (excluded.reason, excluded.occasion)
        then now() else alarms.raised_again_at end,
    taken_by = case
        when (alarms.reason, alarms.occasion) <> (excluded.reason, excluded.occasion)
        then null else alarms.taken_by end,
    taken_at = case
        when (alarms.reason, alarms.occasion) <> (excluded.reason, excluded.occasion)
        then null else alarms.taken_at end
returning id, (id = :id) as made, (raised_again_at is not distinct from now()) as again;

-- name: take_alarm^
update alarms set taken_by = :taken_by, taken_at = now()
where id = :id and taken_by is null and cleared_at is null
returning id, kind, ticket_id, station_id, reason, raised_at, raised_again_at, taken_by, taken_at,
          cleared_at, cleared_reason, drill;

-- name: hand_on_alarm^
update alarms set taken_by = :taken_by
where id = :id and taken_by = :was and cleared_at is null
returning id, kind, ticket_id, station_id, reason, raised_at, raised_again_at, taken_by, taken_at,
          cleared_at, cleared_reason, drill;

-- name: get_alarm^
select id, kind, ticket_id, station_id, reason, raised_at, raised_again_at, taken_by, taken_at,
       cleared_at, cleared_reason, drill
from alarms where id = :id;

-- name: clear_alarms
update alarms set cleared_at = now(), cleared_reason = :reason
where ticket_id = :ticket_id and cleared_at is null and (:kind::text is null or kind = :kind)
returning id, kind, station_id;

-- name: clear_alarms_of_kind
-- Those about no ticket and no station.
update alarms set cleared_at = now(), cleared_reason = :reason
where subject is null and kind = :kind and cleared_at is null
returning id;

-- name: alarms_listed
select a.id, a.kind, a.ticket_id, a.station_id, a.reason, a.raised_at, a.raised_again_at,
       a.taken_by, a.taken_at, a.cleared_at, a.cleared_reason, a.drill, u.name as taken_by_name
from alarms a left join staff_users u on a.taken_by = 'staff:' || u.id
where (:ticket_id::uuid is null or a.ticket_id = :ticket_id)
  and (:before_at::timestamptz is null or (a.raised_at, a.id) < (:before_at, :before_id::uuid))
order by a.raised_at desc, a.id desc
limit :limit;

-- name: open_alarms_listed
select a.id, a.kind, a.ticket_id, a.station_id, a.reason, a.raised_at, a.raised_again_at,
       a.taken_by, a.taken_at, a.cleared_at, a.cleared_reason, a.drill, u.name as taken_by_name
from alarms a left join staff_users u on a.taken_by = 'staff:' || u.id
where a.cleared_at is null
  and (:ticket_id::uuid is null or a.ticket_id = :ticket_id)
  and (:before_at::timestamptz is null or (a.raised_at, a.id) < (:before_at, :before_id::uuid))
order by a.raised_at desc, a.id desc
limit :limit;

-- name: alarms_waiting
-- Those that nobody has taken come first, the oldest at the top; drills never push them away.
select a.id, a.kind, a.ticket_id, a.station_id, a.reason, a.raised_at, a.raised_again_at,
       a.taken_by, a.taken_at, a.cleared_at, a.cleared_reason, a.drill, u.name as taken_by_name
from alarms a left join staff_users u on a.taken_by = 'staff:' || u.id
where a.cleared_at is null and (:drills or not a.drill)
order by a.drill, a.taken_at is not null, coalesce(a.raised_again_at, a.raised_at), a.id
limit :limit;

-- name: audit_lines
-- Newest first. Within one transaction the moment is the same and the ids follow one another.
select e.id, e.kind, e.at, e.actor, e.ticket_id, e.station_id, e.facts
from events e
where (:actor::text is null or e.actor = :actor)
  and (:kind::text is null or e.kind = :kind)
  and (:ticket_id::uuid is null or e.ticket_id = :ticket_id)
  and (:station_id::uuid is null or e.station_id = :station_id)
  and (:since::timestamptz is null or e.at >= :since)
  and (:until::timestamptz is null or e.at < :until)
  and (:before_at::timestamptz is null or (e.at, e.id) < (:before_at, :before_id::uuid))
order by e.at desc, e.id desc
limit :limit;

-- name: names_of_actors
select 'staff:' || id as actor, name from staff_users where id = any(:staff::uuid[])
union all
select 'machine:' || id, name from machine_tokens where id = any(:machines::uuid[]);
