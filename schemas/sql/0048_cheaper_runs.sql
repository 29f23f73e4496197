-- Freezing a run writes a row for each owner it finds, of a big house half a million in one statement.
-- Each comes from audience_cars, which is made from owners and their cars, and neither is ever deleted:
-- to look both up once more, and lock them, was most of the work. Its runs are looked for by run.
alter table run_members drop constraint run_members_owner_id_fkey;
alter table run_members drop constraint run_members_vehicle_id_fkey;
drop index run_members_of_owner;
