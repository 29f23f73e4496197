-- The import last: with it in front every one of these looked as good as the key to a planner that
-- knows no figures of a table just filled, and was read from its beginning for each row.
drop index owner_import_rows_of_owner;
create index owner_import_rows_of_owner on owner_import_rows (owner_id, import_id);
drop index owner_import_rows_of_vehicle;
create index owner_import_rows_of_vehicle on owner_import_rows (vehicle_id, import_id)
    where vehicle_id is not null;
-- Of who is new, `owner_id` is the person.
drop index owner_import_rows_of_person;
create index owner_import_rows_of_person on owner_import_rows (person, import_id)
    where not owner_is_new;
drop index visit_import_rows_alike;
create index visit_import_rows_alike on visit_import_rows
    (vehicle_id, visited_on, kind, work_order, import_id) where vehicle_id is not null;
drop function owner_piece(uuid, integer, integer);
drop function visit_piece(uuid, integer, integer);

-- An upload in parts, from 0: it never lies in memory whole.
alter table owner_import_files add column part integer not null default 0;
alter table owner_import_files drop constraint owner_import_files_pkey;
alter table owner_import_files add primary key (import_id, part);
