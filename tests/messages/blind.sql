-- The product's queries without their guards, for the controls only.

-- name: lock_provider_id!
-- Without the lock.
select (:carrier::text, :provider_id::text) is null;

-- name: report_part!
-- Backward, too.
update message_parts set delivery = :delivery, failure = :failure
where message_id = :message_id and part = :part;
