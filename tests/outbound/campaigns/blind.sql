-- The product's query without its guard, for a control only.

-- name: lock_half_begun^
-- Without the lock of whoever makes its next touches.
select * from campaign_runs where id = :id and planned_past is not null;
