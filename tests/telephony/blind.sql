-- The product's queries without their guards, for the controls only.

-- name: lock_call^
-- Without the lock.
select state from calls where id = :call_id;
