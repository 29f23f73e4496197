-- name: insert_audience^
insert into audiences (id, name, rule, made_by) values (:id, :name, :rule::jsonb, :made_by)
returning *;

-- name: get_audience^
select * from audiences where id = :id;

-- name: edit_audience^
update audiences set name = :name, rule = :rule::jsonb, version = version + 1
where id = :id and version = :version returning *;

-- name: delete_audience$
delete from audiences where id = :id and version = :version returning id;

-- name: list_audiences
select * from audiences
where (:before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id::uuid))
order by made_at desc, id desc limit :limit;

-- name: rules_of
select id, rule from audiences where id = any(:ids::uuid[]);

-- name: hold_circle!
-- Of two that would name each other the second sees what the first has written.
select pg_advisory_xact_lock(hashtextextended('audiences', 0));

-- name: is_named$
-- In a campaign, or in the rule of another audience.
select exists (select from campaigns where audience_id = :id)
    or exists (select from audiences where id <> :id and jsonb_path_exists(
        rule, '$.** ? (@.audience_id == $id)', jsonb_build_object('id', :id::uuid)));

-- name: names_of
-- What the conditions of a rule name by id, as a person calls it.
select id, case when :language = 'en' then name_en else name_zh end as name
from stations where id = any(:ids::uuid[])
union all
select id, name from campaigns where id = any(:ids::uuid[])
union all
select id, name from audiences where id = any(:ids::uuid[]);

-- name: models
-- What cars are called, for who chooses among them.
select model from vehicles where model <> '' group by model order by count(*) desc, model limit 300;

-- name: cities
select city from owners where city <> '' group by city order by count(*) desc, city limit 500;

-- name: refresh$
select audience_refresh(:most, :waits);

-- name: is_stale$
select exists (select from audience_stale);

-- name: is_all_stale$
-- More marks than one by one is worth.
select count(*) > 100000 from (select from audience_stale limit 100001) s;

-- name: campaigns
select id, name from campaigns order by made_at desc limit 300;

-- name: audiences
select id, name from audiences order by made_at desc limit 300;

-- name: goes_by
-- Campaigns that are handed in, running or paused and go by this audience, or by one that names it.
with recursive named as (
    select :id::uuid as id
    union
    select a.id from audiences a join named n on jsonb_path_exists(
        a.rule, '$.** ? (@.audience_id == $id)', jsonb_build_object('id', n.id))
)
select c.name from campaigns c join named n on n.id = c.audience_id
where c.state in ('submitted', 'running', 'paused') order by c.made_at limit 3;

-- name: naming
-- Audiences that name this one, or one that does.
with recursive named as (
    select :id::uuid as id
    union
    select a.id from audiences a join named n on jsonb_path_exists(
        a.rule, '$.** ? (@.audience_id == $id)', jsonb_build_object('id', n.id))
)
select a.id, a.rule from audiences a join named n on n.id = a.id where a.id <> :id;
