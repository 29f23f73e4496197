-- name: take_seat^
-- A seat for who has none. Two windows may ask at once: the second finds the first's.
insert into seats (staff_id, availability, away_reason, availability_since, contact_since,
                   wish_since, seen_at)
values (:staff_id, :availability, :away_reason, now(), now(), now(), now())
on conflict (staff_id) do update set seen_at = now()
returning *, (xmax = 0) as is_new;

-- name: lock_seat^
select * from seats where staff_id = :staff_id for update;

-- name: lock_seat_of_call^
-- The agent who is rung by this call or talks in it.
select * from seats where call_id = :call_id and contact in ('offered', 'talking') for update;

-- name: seat_of_call^
select * from seats where call_id = :call_id and contact in ('offered', 'talking');

-- name: get_seat^
select * from seats where staff_id = :staff_id;

-- name: keep_seat!
update seats set availability = :availability, away_reason = :away_reason,
                 availability_since = :availability_since, contact = :contact, call_id = :call_id,
                 contact_since = :contact_since, wish = :wish, wish_reason = :wish_reason,
                 wish_since = :wish_since, lost = :lost, version = version + 1
where staff_id = :staff_id;

-- name: keep_moments!
insert into seat_moments (id, staff_id, strand, what, reason, call_id, since)
select * from unnest(:ids::uuid[], :staff_ids::uuid[], :strands::text[], :whats::text[],
                     :reasons::text[], :call_ids::uuid[], :sinces::timestamptz[]);

-- name: beat^
-- The browser is there. None: it has no seat.
update seats set seen_at = now() where staff_id = :staff_id returning lost;

-- name: silent_seats
select staff_id, call_id from seats
where not lost and availability <> 'signed_out' and seen_at < now() - :silence::interval;

-- name: lock_silent_seat^
-- Still, now that it is locked?
select * from seats
where staff_id = :staff_id and not lost and seen_at < now() - :silence::interval for update;

-- name: lock_ready_seats
-- Who may be rung. Somebody whose seat is changing is looked at when that is done.
select s.staff_id, greatest(s.availability_since, s.contact_since) as since, u.role,
       p.groups, p.languages, p.skills
from seats s join staff_users u on u.id = s.staff_id and u.active
left join agent_profiles p on p.staff_id = s.staff_id
where s.availability = 'ready' and not s.lost and s.contact = 'none'
for update of s skip locked;

-- name: list_seats
select s.*, u.name, u.role, p.groups, p.languages, p.skills
from seats s join staff_users u on u.id = s.staff_id
left join agent_profiles p on p.staff_id = s.staff_id
where s.availability <> 'signed_out' or s.contact <> 'none'
order by u.name, s.staff_id;

-- name: get_profile^
select u.role, p.groups, p.languages, p.skills
from staff_users u left join agent_profiles p on p.staff_id = u.id
where u.id = :staff_id;

-- name: keep_profile!
insert into agent_profiles (staff_id, groups, languages, skills)
values (:staff_id, :groups, :languages, :skills)
on conflict (staff_id) do update set groups = excluded.groups, languages = excluded.languages,
                                     skills = excluded.skills,
                                     version = agent_profiles.version + 1;
