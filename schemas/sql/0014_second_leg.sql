-- What a workshop may take in: brands empty, every brand of the maker.
alter table stations add column brands text[] not null default '{}';
-- A safe yard that takes cars at any hour.
alter table stations add column keeps_overnight boolean not null default false;

-- What a truck can lift and how high it stands; null, unknown.
alter table trucks add column capacity_kg integer check (capacity_kg > 0);
alter table trucks add column height_cm integer check (height_cm > 0);
