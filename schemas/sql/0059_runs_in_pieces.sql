-- The first touches of a run are made some thousands at a time: up to which of its owners they are made
-- already. None: of all, or each comes into it by a fact.
alter table campaign_runs add column planned_past uuid;
alter table campaign_runs add column first_touches integer not null default 0;   -- made so far
create index campaign_runs_half_begun on campaign_runs (begun_at) where planned_past is not null;
