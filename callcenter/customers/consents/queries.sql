-- name: lock_reach$
-- Before anything is decided about contacts with him, and before he says anything new.
select owner_id from owner_reach where owner_id = :owner_id for update;

-- name: lock_reaches
select owner_id from owner_reach where owner_id = any(:owner_ids::uuid[])
order by owner_id for update;

-- name: reach_of^
select * from owner_reach where owner_id = :owner_id;

-- name: insert_consents$
-- How many of these words are new.
with new as (
    insert into consents (id, owner_id, purpose, channel, granted, evidence, reference, reason,
                          said_at, recorded_by)
    select w.id, :owner_id, w.purpose, w.channel, w.granted, w.evidence, w.reference, w.reason,
           w.said_at, :recorded_by
    from jsonb_to_recordset(:words::jsonb) as w (
        id uuid, purpose text, channel text, granted boolean, evidence text, reference text,
        reason text, said_at timestamptz)
    on conflict do nothing
    returning 1
)
select count(*) from new;

-- name: consents_of
select * from consents where owner_id = :owner_id order by said_at desc, id desc;

-- name: keep_reach!
-- What all words of these owners come to, in whatever order they reached us. The later one counts by
-- when it was said, of two said at once the refusal. Silence takes back every grant before it and
-- refuses every purpose that is not granted behind it; a grant behind it ends it, for that purpose
-- alone. When it is over, what was refused by itself stays refused, and no grant comes back.
with silence as (
    select owner_id, channel, max(said_at) filter (where not granted) as at,
           coalesce(max(said_at) filter (where granted)
                    > max(said_at) filter (where not granted), false) as is_over
    from consents where owner_id = any(:owner_ids::uuid[]) and purpose is null
    group by owner_id, channel
), latest as (
    select distinct on (owner_id, channel, purpose) owner_id, channel, purpose, granted, said_at
    from consents where owner_id = any(:owner_ids::uuid[]) and purpose is not null
    order by owner_id, channel, purpose, said_at desc, granted
), given as (
    select l.owner_id, l.channel, l.purpose
    from latest l left join silence s on s.owner_id = l.owner_id and s.channel = l.channel
    where l.granted and (s.at is null or l.said_at > s.at)
), lasting as (
    select * from silence where at is not null and not is_over
), refused as (
    select owner_id, channel, purpose from latest where not granted
    union
    (select s.owner_id, s.channel, p.purpose
     from lasting s cross join unnest(:purposes::text[]) as p (purpose)
     except select owner_id, channel, purpose from given)
), silent as (
    select s.owner_id, array_agg(s.channel order by s.channel) as channels, max(s.at) as at
    from lasting s
    where not exists (
        select from consents c
        where c.owner_id = s.owner_id and c.channel = s.channel and c.purpose is not null
          and c.granted and c.said_at > s.at)
    group by s.owner_id
), granted_codes as (
    select owner_id, array_agg(purpose || ':' || channel order by purpose, channel) as codes
    from given group by owner_id
), refused_codes as (
    select owner_id, array_agg(purpose || ':' || channel order by purpose, channel) as codes
    from refused group by owner_id
)
update owner_reach r
set granted = coalesce(y.codes, '{}'), refused = coalesce(n.codes, '{}'),
    silent = coalesce(s.channels, '{}'), silent_at = s.at
from unnest(:owner_ids::uuid[]) as asked (owner_id)
left join granted_codes y on y.owner_id = asked.owner_id
left join refused_codes n on n.owner_id = asked.owner_id
left join silent s on s.owner_id = asked.owner_id
where r.owner_id = asked.owner_id;
