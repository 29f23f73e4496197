-- name: hold_visit_piece!
create temporary table if not exists visit_import_piece (like visit_import_rows including defaults)
on commit delete rows;

-- name: measure_visit_piece!
analyze visit_import_piece (number, vehicle_id, outcome);

-- name: count_visit_piece
select outcome, count(*) as many from visit_import_piece group by outcome;

-- name: keep_visit_piece!
insert into visit_import_rows select * from visit_import_piece order by number;

-- name: take_visit_piece!
insert into visit_import_piece
select * from visit_import_rows
where import_id = :id and number between :first and :last and outcome in ('added', 'changed');

-- name: keep_refused_visits!
update visit_import_rows r
set outcome = p.outcome, reason_zh = p.reason_zh, reason_en = p.reason_en
from visit_import_piece p
where p.outcome = 'refused' and r.import_id = :id and r.number = p.number;
