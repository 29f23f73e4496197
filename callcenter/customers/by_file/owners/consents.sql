-- name: add_consents
-- A file takes back a refusal, or a silence, only with a day of its own that is later: a list that was
-- exported yesterday knows nothing of who said no this morning. A refusal counts from the file's day
-- on. Who had no row of `owner_reach` has said nothing before, and gets it with what he says here; the
-- others are told, for theirs to be kept.
with said as (
    select distinct on (r.owner_id, w.code) w.id, r.owner_id, w.code,
           split_part(w.code, ':', 1) as purpose, split_part(w.code, ':', 2) as channel,
           w.nth <= cardinality(r.granted) as granted, r.said_at, r.number
    from owner_import_piece r
    cross join unnest(r.granted || r.refused, r.consent_ids) with ordinality as w (code, id, nth)
    where r.outcome in ('added', 'changed')
    order by r.owner_id, w.code, r.said_at desc nulls last, r.number
),
wanted as (
    select s.*, s.code = any(reach.granted) as stands, s.code = any(reach.refused) as is_refused,
           newest.granted as was_granted, newest.said_at as was_said_at, no.said_at as no_said_at
    from said s
    left join owner_reach reach on reach.owner_id = s.owner_id
    left join lateral (
        select c.granted, c.said_at from consents c
        where reach.owner_id is not null and c.owner_id = reach.owner_id
          and c.purpose = s.purpose and c.channel = s.channel
        order by c.said_at desc, c.granted limit 1
    ) newest on true
    left join lateral (
        select max(c.said_at) as said_at from consents c
        where s.code = any(reach.refused) and c.owner_id = reach.owner_id
          and c.channel = s.channel and not c.granted
          and (c.purpose is null or c.purpose = s.purpose)
    ) no on true
),
written as (
    insert into consents (id, owner_id, purpose, channel, granted, evidence, reference, said_at,
                          recorded_by)
    select w.id, w.owner_id, w.purpose, w.channel, w.granted, 'file',
           :file_name || ' #' || w.number, coalesce(w.said_at, :said_at), :by
    from wanted w
    where case when w.granted
               then w.stands is not true and (w.is_refused is not true or w.said_at > w.no_said_at)
               else coalesce(w.was_granted and coalesce(w.said_at, :said_at) > w.was_said_at, true)
          end
    on conflict do nothing
    returning owner_id, purpose || ':' || channel as code, granted
),
begun as (
    insert into owner_reach (owner_id, granted, refused)
    select owner_id, coalesce(array_agg(code) filter (where granted), '{}'),
           coalesce(array_agg(code) filter (where not granted), '{}')
    from (select owner_id, code, granted from written
          union all
          select r.owner_id, null, null from owner_import_piece r
          where r.outcome in ('added', 'changed')) as heard
    where not exists (select from owner_reach known where known.owner_id = heard.owner_id)
    group by owner_id
    returning owner_id
)
select owner_id from written except select owner_id from begun;
