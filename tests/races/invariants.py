"""What must hold of every rescue whenever nobody is in the middle of a transaction."""

from typing import Any

QUESTIONS = """
with jobs as (
    select entrypoint as name, convert_from(payload, 'UTF8')::jsonb -> 'payload' as told
    from pgqueuer where status in ('queued', 'picked')
), live as (
    select * from dispatches where ended_at is null
), open_offers as (
    select * from offers where state = 'offered'
), sounding as (
    select * from alarms where cleared_at is null
), clocked as (
    -- Rescues that a clock or a person will come back to.
    select ticket_id from open_offers o
        where exists (select from jobs where name = 'routing.expire_offer'
                      and told ->> 'offer_id' = o.id::text)
    union select ticket_id from ladders l
        where ended_at is null
          and exists (select from jobs where name = 'routing.sound_deadline'
                      and told ->> 'ticket_id' = l.ticket_id::text
                      and (told ->> 'round')::int = l.round)
    union select (told ->> 'ticket_id')::uuid from jobs where name = 'routing.look_again'
    union select ticket_id from sounding where ticket_id is not null
)
select 'two stations hold one rescue' as broken, ticket_id::text as subject
    from live group by ticket_id having count(*) > 1
union all select 'one truck serves two rescues', truck_id::text
    from live group by truck_id having count(*) > 1
union all select 'open offer of a rescue that is ' || t.stage, o.id::text
    from open_offers o join tickets t on t.id = o.ticket_id where t.stage <> 'dispatching'
union all select 'open offer of a rescue that a station holds', o.id::text
    from open_offers o where exists (select from live where live.ticket_id = o.ticket_id)
union all select 'open offer without a clock', o.id::text
    from open_offers o where not exists (
        select from jobs where name = 'routing.expire_offer' and told ->> 'offer_id' = o.id::text)
union all select 'ticket ' || t.stage || ' while its dispatch is ' || d.stage, d.id::text
    from live d join tickets t on t.id = d.ticket_id
    where (d.stage, t.stage) not in
        (('accepted', 'assigned'), ('departed', 'en_route'), ('arrived', 'on_site'))
union all select 'live dispatch without a clock', d.id::text
    from live d where not exists (
        select from jobs where name = 'routing.check_silence'
        and told ->> 'dispatch_id' = d.id::text)
union all select 'rescue ' || t.stage || ' that nobody holds', t.id::text
    from tickets t where t.kind = 'rescue' and t.stage in ('assigned', 'en_route', 'on_site')
      and not exists (select from live where live.ticket_id = t.id)
union all select 'rescue dispatching without a next step', t.id::text
    from tickets t where t.kind = 'rescue' and t.stage = 'dispatching'
      and t.id not in (select ticket_id from clocked)
union all select 'rescue ' || t.stage || ' that nobody will look at', t.id::text
    from tickets t where t.kind = 'rescue' and t.stage in ('opened', 'handed_over')
      and not exists (select from jobs where told ->> 'ticket_id' = t.id::text
                      and name in ('routing.watch_standstill', 'routing.check_standstill'))
union all select 'live ladder of a rescue that is ' || t.stage, t.id::text
    from ladders l join tickets t on t.id = l.ticket_id
    where l.ended_at is null and t.stage <> 'dispatching'
union all select 'ended ladder of a rescue that is dispatching', t.id::text
    from ladders l join tickets t on t.id = l.ticket_id
    where l.ended_at is not null and t.stage = 'dispatching'
union all select 'alarm ' || a.kind || ' of a rescue that is ' || t.stage, t.id::text
    from sounding a join tickets t on t.id = a.ticket_id
    where a.kind in ('rescue_nobody_left', 'rescue_not_accepted') and t.stage <> 'dispatching'
       or a.kind like 'dispatch\\_%' and not exists (select from live where live.ticket_id = t.id)
union all select 'offer accepted without a dispatch', o.id::text
    from offers o where o.state = 'accepted'
      and not exists (select from dispatches d where d.offer_id = o.id)
union all select 'offer accepted after its end', o.id::text
    from offers o where o.state = 'accepted' and o.ended_at >= o.expires_at
union all select 'offer that ended twice', facts ->> 'offer_id'
    from events where kind in ('offer.ended', 'offer.accepted')
    group by facts ->> 'offer_id' having count(*) > 1
union all select 'dispatch of an offer that is ' || o.state, d.id::text
    from dispatches d join offers o on o.id = d.offer_id where o.state <> 'accepted'
union all select 'ticket merged, and no merge says into which', t.id::text
    from tickets t where t.stage = 'merged' and not exists
        (select from ticket_merges m where m.merged_id = t.id and m.undone_at is null)
union all select 'merge of a ticket that is ' || t.stage, t.id::text
    from ticket_merges m join tickets t on t.id = m.merged_id
    where m.undone_at is null and t.stage <> 'merged'
union all select 'two merged into each other', one.merged_id::text
    from ticket_merges one join ticket_merges other
      on other.merged_id = one.survivor_id and other.survivor_id = one.merged_id
    where one.undone_at is null and other.undone_at is null
union all select 'tow ' || w.stage || ' while its dispatch is ' || d.stage, w.id::text
    from tows w join dispatches d on d.id = w.dispatch_id
    where (w.stage in ('planned', 'loaded')) <> (d.ended_at is null)
union all select 'car taken to who has refused it', w.id::text
    from tows w join tow_destinations d on d.id = w.destination_id
    where d.refused_at is not null
union all select 'tow without a destination that nobody is asked for', w.id::text
    from tows w where w.stage in ('planned', 'loaded', 'delivered') and w.destination_id is null
      and not exists (select from sounding a where a.ticket_id = w.ticket_id
                      and a.kind = 'tow_no_destination')
union all select 'car in a yard without a clock', w.id::text
    from tows w where w.stage = 'in_yard' and not exists (
        select from jobs where name = 'routing.check_delivery'
        and told ->> 'tow_id' = w.id::text)
order by 1, 2
"""


async def violations(connection: Any) -> list[str]:
    """Every invariant broken now, in words with the row's id; empty when all is well.

    One statement, so one snapshot: it may be asked while the service runs.
    """
    return [f"{row['broken']}: {row['subject']}" for row in await connection.fetch(QUESTIONS)]
