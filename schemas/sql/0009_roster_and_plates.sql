-- A duty that was taken off the roster decides no more, but can still be read.
alter table duty_roster add column removed_at timestamptz;

-- Who stands on the hard shoulder looks for one plate, however it is written. Where two trucks in
-- service have the same, the later one keeps serving under a plate that asks to be corrected.
update trucks t set plate = t.plate || ' #' || right(t.id::text, 6), version = t.version + 1
where t.in_service and exists (
    select from trucks elder
    where elder.in_service and elder.id < t.id
      and upper(regexp_replace(elder.plate, '[\s·.\-]', '', 'g'))
          = upper(regexp_replace(t.plate, '[\s·.\-]', '', 'g')));
create unique index one_truck_per_plate
    on trucks (upper(regexp_replace(plate, '[\s·.\-]', '', 'g'))) where in_service;
