-- name: insert_owner_import^
insert into owner_imports (id, kind, file_name, digest, said_at, state, mapping, made_by)
values (:id, :kind, :file_name, :digest, :said_at, :state, :mapping, :made_by)
returning *;

-- name: get_owner_import^
select * from owner_imports where id = :id;

-- name: newest_owner_imports
select * from owner_imports
where :before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id::uuid)
order by made_at desc, id desc limit :limit;

-- name: owner_import_under_way^
-- The same file, stopped while it was being applied.
select * from owner_imports where digest = :digest and kind = :kind and state = 'applying'
order by made_at desc limit 1;

-- name: begin_owner_import!
-- From the beginning, however far a reader before had come.
update owner_imports
set state = 'reading', headings = :headings, unknown_headings = :unknown_headings,
    total = :total, rows_read = 0, added = 0, changed = 0, unchanged = 0, refused = 0
where id = :id and state in ('waiting', 'reading');

-- name: forget_owner_rows!
delete from owner_import_rows where import_id = :id and number between :first and :last;

-- name: forget_visit_rows!
delete from visit_import_rows where import_id = :id and number between :first and :last;

-- name: last_owner_row$
select coalesce(max(number), 0) from owner_import_rows where import_id = :id;

-- name: last_visit_row$
select coalesce(max(number), 0) from visit_import_rows where import_id = :id;

-- name: say_rows_read!
update owner_imports
set rows_read = rows_read + :rows, total = greatest(total, rows_read + :rows),
    added = added + :added, changed = changed + :changed, unchanged = unchanged + :unchanged,
    refused = refused + :refused
where id = :id;

-- name: say_planned^
update owner_imports set state = 'planned', total = rows_read
where id = :id and state = 'reading' returning *;

-- name: say_failed!
update owner_imports set state = 'failed', failure = :failure
where id = :id and state in ('waiting', 'reading');

-- name: say_applying^
update owner_imports set state = 'applying', applied_by = coalesce(applied_by, :by)
where id = :id and state in ('planned', 'applying') returning *;

-- name: plan_each_time$
-- What was planned for empty tables is a trap when they fill. Only while nothing is written that
-- points to other tables: the check of each row's foreign keys would be planned anew, too.
select set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: plan_once$
select set_config('plan_cache_mode', 'auto', true);

-- name: lock_owner_import^
select * from owner_imports where id = :id for update;

-- name: say_applied_to!
-- Rows of this piece that turned out to be refused after all are counted as that.
update owner_imports
set applied_to = :last, added = added - :lost_added, changed = changed - :lost_changed,
    refused = refused + :lost_added + :lost_changed
where id = :id;

-- name: say_applied^
update owner_imports set state = 'applied', applied_at = now()
where id = :id and state = 'applying' returning *;

-- name: rows_of_owner_file
select number, cells, coalesce(vin, plate, '') as about, outcome, changed, reason_zh, reason_en
from owner_import_rows
where import_id = :id and number > :after and (:outcome::text is null or outcome = :outcome)
order by number limit :limit;

-- name: rows_of_visit_file
select number, cells, coalesce(vin, plate, '') as about, outcome, changed, reason_zh, reason_en
from visit_import_rows
where import_id = :id and number > :after and (:outcome::text is null or outcome = :outcome)
order by number limit :limit;

-- name: keep_part!
insert into owner_import_files (import_id, part, bytes) values (:id, :part, :bytes);

-- name: count_parts$
select count(*) from owner_import_files where import_id = :id;

-- name: kept_part$
select bytes from owner_import_files where import_id = :id and part = :part;

-- name: forget_file!
delete from owner_import_files where import_id = :id;

-- name: plans_grown_old
select id, kind from owner_imports
where state in ('planned', 'failed', 'waiting', 'reading') and made_at < now() - :kept::interval
order by made_at limit :limit;

-- name: say_forgotten$
-- From here on nobody applies it, while its rows go.
update owner_imports set state = 'failed', failure = 'owner_import_not_found'
where id = :id and state in ('planned', 'failed', 'waiting', 'reading')
returning id;

-- name: forget_owner_plan!
delete from owner_imports where id = :id and state = 'failed';

-- name: rows_grown_old
-- Applied imports of whom rows are left.
select i.id, i.kind from owner_imports i
where i.state = 'applied' and i.applied_at < now() - :kept::interval
  and (exists (select from owner_import_rows r where r.import_id = i.id)
       or exists (select from visit_import_rows r where r.import_id = i.id))
order by i.applied_at limit :limit;
