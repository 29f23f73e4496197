-- The product's queries without their guards, for the controls only.

-- name: move_ticket^
-- Without compare-and-set.
update tickets
set stage = :to, stage_since = now(), outcome = coalesce(:outcome, outcome),
    closed_at = case when :to in ('closed', 'cancelled', 'merged') then now() end, version = version + 1
where id = :id and (:was::text, :version::integer) is not null
returning *;

-- name: win_offer^
-- Without compare-and-set.
update offers set state = 'accepted', ended_at = now(), ended_by = :ended_by
where id = :id
returning *;
