-- name: keep_push_device^
-- The same browser again, whoever has duty with it now.
insert into push_devices (id, station_id, staff_id, session_id, endpoint, p256dh, auth, language,
                          ends_at)
values (:id, :station_id, :staff_id, :session_id, :endpoint, :p256dh, :auth, :language,
        now() + make_interval(secs => :lifetime_s))
on conflict (endpoint) do update
set station_id = excluded.station_id, staff_id = excluded.staff_id,
    session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,
    language = excluded.language, began_at = now(), ends_at = excluded.ends_at
returning id;

-- name: end_push_device!
delete from push_devices where station_id = :station_id and endpoint = :endpoint;

-- name: forget_push_device!
delete from push_devices where id = :id;

-- name: thin_out_push_devices!
-- Those whose duty is over, and of the others all but the newest.
delete from push_devices
where station_id = :station_id
  and (ends_at <= now() or id not in (
      select id from push_devices where station_id = :station_id
      order by began_at desc, id desc limit :most
  ));

-- name: push_devices_on_duty
select p.id, p.endpoint, p.p256dh, p.auth, p.language, p.last_offer_id
from push_devices p
join staff_users u on u.id = p.staff_id and u.active and u.station_id = p.station_id
where p.station_id = :station_id and p.ends_at > now()
  and not exists (select from sessions s where s.id = p.session_id and s.ended_at is not null);

-- name: note_push!
update push_devices set last_offer_id = :offer_id, last_outcome = :outcome where id = :id;
