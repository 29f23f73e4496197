-- name: offers_to_ring
-- Open, not opened by the station, and nobody is being rung for it. Made-up stations have made-up
-- numbers, which may be anybody's.
select o.* from offers o
join tickets t on t.id = o.ticket_id
join stations s on s.id = o.station_id
where o.state = 'offered' and o.seen_at is null
  and o.made_at <= now() - make_interval(secs => :after_s)
  and o.expires_at > now() + make_interval(secs => :least_s)
  and (:station_id::uuid is null or o.station_id = :station_id)
  and not t.drill and not s.simulated
  and not exists (select from duty_calls d where d.offer_id = o.id
                  and (d.state <> 'ended' or d.attempt >= :most
                       or d.outcome <> all(:again::text[])
                       or d.ended_at > now() - make_interval(secs => :pause_s)))
order by o.expires_at, o.id limit :limit;

-- name: count_duty_calls$
select count(*) from duty_calls where offer_id = :offer_id;

-- name: is_at_desk$
-- Whoever holds the phone was put through to an agent, or waits for one.
select exists (select from calls where caller = :caller and state <> 'ended'
               and carrier_ref like 'duty:%');

-- name: claim_duty_call^
-- None when the phone is being rung already, or another process was quicker.
insert into duty_calls (id, offer_id, ticket_id, station_id, number, attempt, state, claim)
values (:id, :offer_id, :ticket_id, :station_id, :number, :attempt, 'claimed', :claim)
on conflict do nothing returning *;

-- name: take_over_duty_call^
-- Compare-and-set: who had claimed it before can dial it no more.
update duty_calls set claim = :claim, claimed_at = now()
where id = :id and state = 'claimed' and claim = :was returning *;

-- name: mark_dialling^
update duty_calls set state = 'dialling', switch_call = :switch_call, dialled_at = now()
where id = :id and state = 'claimed' and claim = :claim returning *;

-- name: drop_claim!
delete from duty_calls where id = :id and state = 'claimed' and claim = :claim;

-- name: mark_answered^
update duty_calls set state = 'answered', answered_at = now()
where id = :id and state = 'dialling' returning *;

-- name: end_duty_call^
update duty_calls set state = 'ended', ended_at = now(), outcome = :outcome
where id = :id and state <> 'ended' returning *;

-- name: live_duty_calls
select * from duty_calls where state <> 'ended' order by claimed_at, id;

-- name: duty_call_on_switch^
select * from duty_calls where switch_call = :switch_call and state <> 'ended';
