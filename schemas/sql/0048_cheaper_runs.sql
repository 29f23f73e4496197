-- Freezing a run writes a row for each owner it finds, of a big house half a million in one statement.
-- Each is written in the transaction of its run, and comes from audience_cars, which is made from owners
-- and their cars; none of the three is ever deleted. To look them up once more for each row, and lock
-- them, was nine tenths of the time. Its runs are looked for by run.
alter table run_members drop constraint run_members_run_id_fkey;
alter table run_members drop constraint run_members_owner_id_fkey;
alter table run_members drop constraint run_members_vehicle_id_fkey;
drop index run_members_of_owner;
