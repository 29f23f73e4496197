-- name: hold_owner_piece!
create temporary table if not exists owner_import_piece (like owner_import_rows including defaults)
on commit delete rows;
create index if not exists owner_import_piece_of_owner on owner_import_piece (owner_id);
create index if not exists owner_import_piece_of_vehicle on owner_import_piece (vehicle_id)
where vehicle_id is not null;

-- name: measure_owner_piece!
analyze owner_import_piece (number, person, owner_id, owner_is_new, vehicle_id, vehicle_is_new, outcome);

-- name: count_owner_piece
select outcome, count(*) as many from owner_import_piece group by outcome;

-- name: keep_owner_piece!
insert into owner_import_rows select * from owner_import_piece order by number;

-- name: take_owner_piece!
insert into owner_import_piece
select * from owner_import_rows
where import_id = :id and number between :first and :last and outcome in ('added', 'changed');

-- name: keep_refused_owners!
update owner_import_rows r
set outcome = p.outcome, reason_zh = p.reason_zh, reason_en = p.reason_en
from owner_import_piece p
where p.outcome = 'refused' and r.import_id = :id and r.number = p.number;
