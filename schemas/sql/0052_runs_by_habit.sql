-- Whether the rule of a run chose by habits: the claim asks it of an owner who has since said that he
-- wants nothing chosen so.
alter table campaign_runs add column by_habit boolean not null default false;
