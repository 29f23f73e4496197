-- name: hold_line!
insert into simulated_calls (call_id, begun_by) values (:call_id, :begun_by);

-- name: holder$
select begun_by from simulated_calls where call_id = :call_id;

-- name: seen!
update simulated_calls set seen_at = now() where call_id = :call_id;

-- name: seen_at$
select seen_at from simulated_calls where call_id = :call_id;

-- name: let_line_go!
delete from simulated_calls where call_id = :call_id;
