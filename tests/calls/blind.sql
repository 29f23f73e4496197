-- The product's queries without their guards, for the controls only.

-- name: lock_call^
-- Without the lock.
select * from calls where id = :id;

-- name: hold_number!
-- Nobody waits.
select :e164::text;

-- name: lock_the_floor!
-- Nobody waits.
select 1;
