-- name: get_ladder^
select * from ladders where ticket_id = :ticket_id;

-- name: begin_round^
-- A new ladder, or a new round of the one there is.
insert into ladders (ticket_id, place_id, rung, urgent, deadline_at)
values (:ticket_id, :place_id, 'near', :urgent, :deadline_at)
on conflict (ticket_id) do update
set round = ladders.round + 1, place_id = excluded.place_id, rung = 'near', held = false,
    urgent = excluded.urgent, began_at = now(), deadline_at = excluded.deadline_at,
    ended_at = null
returning *;

-- name: set_rung!
update ladders set rung = :rung where ticket_id = :ticket_id;

-- name: set_held^
update ladders set held = :held where ticket_id = :ticket_id and ended_at is null returning *;

-- name: set_ladder_place!
update ladders set place_id = :place_id where ticket_id = :ticket_id;

-- name: hasten_ladder^
-- Danger was marked: the deadline only ever comes nearer.
update ladders
set urgent = :urgent,
    deadline_at = least(deadline_at, now() + make_interval(secs => :deadline_s))
where ticket_id = :ticket_id and ended_at is null
returning *;

-- name: end_ladder!
update ladders set ended_at = now() where ticket_id = :ticket_id and ended_at is null;

-- name: get_offer^
select * from offers where id = :id;

-- name: insert_offer^
insert into offers (id, ticket_id, station_id, place_id, round, rung, distance_m, overruled,
                    hand_reason, made_by, expires_at)
values (:id, :ticket_id, :station_id, :place_id, :round, :rung, :distance_m, :overruled,
        :hand_reason, :made_by, now() + make_interval(secs => :lifetime_s))
returning *;

-- name: win_offer^
-- Compare-and-set, judged by the database's clock.
update offers set state = 'accepted', ended_at = now(), ended_by = :ended_by
where id = :id and state = 'offered' and expires_at > now()
returning *;

-- name: end_offer^
update offers set state = :state, ended_at = now(), end_reason = :reason, ended_by = :ended_by
where id = :id and state = 'offered'
returning *;

-- name: expire_offer^
update offers set state = 'expired', ended_at = now(), ended_by = 'system'
where id = :id and state = 'offered' and expires_at <= now()
returning *;

-- name: see_offer^
update offers set seen_at = now() where id = :id and seen_at is null returning *;

-- name: open_offers_of
select * from offers where ticket_id = :ticket_id and state = 'offered' order by made_at, id;

-- name: offers_of
select * from offers where ticket_id = :ticket_id order by made_at, id;

-- name: count_offers$
select count(*) from offers where ticket_id = :ticket_id;

-- name: offers_at_station
select * from offers where station_id = :station_id
  and (:before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id))
order by made_at desc, id desc limit :limit;

-- name: open_offers_at_station
select * from offers where station_id = :station_id and state = 'offered'
  and (:before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id))
order by made_at desc, id desc limit :limit;

-- name: asked_stations
-- Asked in this round, or gave the rescue back in any: not asked again by itself.
select station_id from offers where ticket_id = :ticket_id and round = :round
union
select station_id from dispatches
where ticket_id = :ticket_id and stage in ('handed_back', 'reassigned');

-- name: open_offers_by_station
select station_id, count(*) as open from offers
where state = 'offered' and station_id = any(:station_ids::uuid[]) group by station_id;

-- name: busy_trucks
select truck_id from dispatches where ended_at is null and truck_id = any(:truck_ids::uuid[]);

-- name: insert_dispatch^
insert into dispatches (id, ticket_id, offer_id, station_id, truck_id, by_phone, eta_at)
values (:id, :ticket_id, :offer_id, :station_id, :truck_id, :by_phone,
        now() + make_interval(mins => :eta_minutes))
returning *;

-- name: get_dispatch^
select * from dispatches where id = :id;

-- name: live_dispatch^
select * from dispatches where ticket_id = :ticket_id and ended_at is null;

-- name: dispatches_of
select * from dispatches where ticket_id = :ticket_id order by accepted_at, id;

-- name: dispatches_at_station
select * from dispatches where station_id = :station_id
  and (not :live or ended_at is null)
  and (:before_at::timestamptz is null or (accepted_at, id) < (:before_at, :before_id))
order by accepted_at desc, id desc limit :limit;

-- name: move_dispatch^
update dispatches
set stage = :to, version = version + 1, last_sign_at = now(),
    departed_at = case when :to = 'departed' then coalesce(:at, now()) else departed_at end,
    arrived_at = case when :to = 'arrived' then coalesce(:at, now()) else arrived_at end,
    ended_at = case when :ends then coalesce(:at::timestamptz, now()) end,
    end_reason = coalesce(:reason, end_reason),
    proof_file = coalesce(:proof_file, proof_file)
where id = :id and stage = :was
returning *;

-- name: set_eta^
update dispatches
set eta_at = now() + make_interval(mins => :eta_minutes), last_sign_at = now(),
    version = version + 1
where id = :id and ended_at is null
returning *;

-- name: add_position^
-- The same fix sent twice is one row; an old one that comes late does not move the truck back.
insert into truck_positions (dispatch_id, fixed_at, lat, lon, accuracy_m, distance_m)
values (:dispatch_id, :fixed_at, :lat, :lon, :accuracy_m, :distance_m)
on conflict (dispatch_id, fixed_at) do update set received_at = truck_positions.received_at
returning *;

-- name: sign_of_life!
update dispatches set last_sign_at = now() where id = :id and ended_at is null;

-- name: overrule_offer^
update offers set overruled = :overruled, hand_reason = :hand_reason where id = :id returning *;

-- name: last_position^
select * from truck_positions where dispatch_id = :dispatch_id order by fixed_at desc limit 1;

-- name: positions_since
-- Oldest first, by the truck's own time of fix.
select fixed_at, distance_m from truck_positions
where dispatch_id = :dispatch_id and fixed_at > now() - make_interval(secs => :seconds)
order by fixed_at;

-- name: insert_choice!
insert into choices (id, ticket_id, place_id, round, rung, candidates)
values (:id, :ticket_id, :place_id, :round, :rung, :candidates);

-- name: choices_of
select * from choices where ticket_id = :ticket_id order by made_at, id;

-- name: rescues_without_next_step
-- The watchdog: dispatching, nobody asked, and neither a clock nor a person to come back to it.
-- A held or exhausted ladder waits for its deadline, then for an alarm that is not taken yet or
-- was taken a short while ago.
select l.ticket_id from ladders l join tickets t on t.id = l.ticket_id
where l.ended_at is null and t.stage = 'dispatching'
  and l.began_at < now() - interval '5 seconds'
  and not exists (select from offers o where o.ticket_id = l.ticket_id and o.state = 'offered'
                  and o.expires_at > now() - interval '5 seconds')
  and (l.rung <> 'alarm' and not l.held
       or l.deadline_at < now() - interval '30 seconds'
          and not exists (
              select from alarms a
              where a.ticket_id = l.ticket_id and a.cleared_at is null
                and a.kind in ('rescue_nobody_left', 'rescue_not_accepted')
                and (a.taken_at is null
                     or a.taken_at > now() - make_interval(secs => :follow_up_s)
                                     - interval '30 seconds')));

-- name: time_now$
select now();

-- name: travel_times_to
select station_id, seconds, method from travel_times where place_id = :place_id;

-- name: keep_travel_times!
insert into travel_times (place_id, station_id, seconds, method)
select :place_id, station_id, seconds, :method
from unnest(:station_ids::uuid[], :seconds::float8[]) as measured (station_id, seconds)
on conflict (place_id, station_id) do update
set seconds = excluded.seconds, method = excluded.method, measured_at = now();

-- name: dispatches_since
select * from dispatches where station_id = :station_id and accepted_at >= :since
order by accepted_at desc, id desc limit :limit;

-- name: answers_of_station^
-- How a station has answered of late; the time is that of its own answers.
select count(*) as received,
       count(*) filter (where state = 'accepted') as accepted,
       count(*) filter (where state = 'declined') as declined,
       count(*) filter (where state = 'expired') as expired,
       count(*) filter (where state = 'withdrawn') as withdrawn,
       percentile_cont(0.5) within group (order by extract(epoch from ended_at - made_at)::float8)
           filter (where state in ('accepted', 'declined')) as median_s
from offers
where station_id = :station_id and made_at > now() - make_interval(days => :days);

-- name: keep_proof!
insert into dispatch_files (dispatch_id, file_id, kind) values (:dispatch_id, :file_id, :kind)
on conflict (dispatch_id, file_id) do nothing;

-- name: keep_unsigned!
insert into unsigned_dispatches (dispatch_id, reason) values (:dispatch_id, :reason)
on conflict (dispatch_id) do update set reason = :reason;

-- name: proofs_of
select f.dispatch_id, f.kind, f.file_id, null as reason, f.added_at
from dispatches d join dispatch_files f on f.dispatch_id = d.id where d.ticket_id = :ticket_id
union all
select u.dispatch_id, 'signature', null, u.reason, d.ended_at
from dispatches d join unsigned_dispatches u on u.dispatch_id = d.id where d.ticket_id = :ticket_id
order by added_at;
