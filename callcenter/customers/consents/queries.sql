-- name: lock_reach$
-- Before anything is decided about contacts with him, and before he says anything new.
select owner_id from owner_reach where owner_id = :owner_id for update;

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
update owner_reach set granted = :granted, refused = :refused, silent = :silent,
    silent_at = :silent_at
where owner_id = :owner_id;
