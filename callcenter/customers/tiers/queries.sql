-- name: newest_tier_rules^
select * from tier_rules order by version desc limit 1;

-- name: tier_rules_of_the_night^
-- Unless they were applied since 3 o'clock. One worker has them.
select * from tier_rules
where version = (select max(version) from tier_rules)
  and coalesce(applied_at, '-infinity') < (
      date_trunc('day', (now() - interval '3 hours') at time zone 'Asia/Shanghai')
      + interval '3 hours') at time zone 'Asia/Shanghai'
for update;

-- name: insert_tier_rules^
insert into tier_rules (version, rules, made_by) values (:version, :rules::jsonb, :made_by)
on conflict (version) do nothing returning *;

-- name: note_applied!
update tier_rules set applied_at = now(), changed = :changed where version = :version;

-- name: lock_owner_for_his_tier$
-- Two visits at once count for each other: who is second reads what the first has written.
select id from owners where id = :owner_id and tier_set_by = 'rule' for no key update;

-- name: standing_of^
select * from owner_standing where owner_id = :owner_id;

-- name: set_tier_by_rule$
update owners set tier = :tier, version = version + 1
where id = :owner_id and tier_set_by = 'rule' and tier <> :tier returning id;

-- name: more_memory$
-- Until the end of the transaction: what is counted for each owner stays in memory.
select set_config('work_mem', '128MB', true);

-- name: preview_tiers
-- Owners by the tier they have and the one that these rules would give them.
select s.tier as was, s.tier_set_by, d.tier, count(*) as owners
from owner_standing s cross join lateral (
    select coalesce(max(r.tier), 0)::smallint as tier
    from unnest(:tiers::smallint[], :needs_all::boolean[], :cars::integer[], :visits::integer[],
                :spend::numeric[], :years::integer[])
        as r (tier, needs_all, cars, visits, spend, years)
    where case when r.needs_all
        then coalesce(s.cars >= r.cars, true) and coalesce(s.visits >= r.visits, true)
             and coalesce(s.spend >= r.spend, true) and coalesce(s.years >= r.years, true)
        else coalesce(s.cars >= r.cars, false) or coalesce(s.visits >= r.visits, false)
             or coalesce(s.spend >= r.spend, false) or coalesce(s.years >= r.years, false)
    end
) d
group by 1, 2, 3 order by 1, 2, 3;

-- name: apply_tiers$
-- Every owner at once, but those whose tier a person has set, also meanwhile.
with decided as (
    select s.owner_id, d.tier
    from owner_standing s cross join lateral (
        select coalesce(max(r.tier), 0)::smallint as tier
        from unnest(:tiers::smallint[], :needs_all::boolean[], :cars::integer[],
                    :visits::integer[], :spend::numeric[], :years::integer[])
            as r (tier, needs_all, cars, visits, spend, years)
        where case when r.needs_all
            then coalesce(s.cars >= r.cars, true) and coalesce(s.visits >= r.visits, true)
                 and coalesce(s.spend >= r.spend, true) and coalesce(s.years >= r.years, true)
            else coalesce(s.cars >= r.cars, false) or coalesce(s.visits >= r.visits, false)
                 or coalesce(s.spend >= r.spend, false) or coalesce(s.years >= r.years, false)
        end
    ) d
    where s.tier_set_by = 'rule' and s.tier <> d.tier
), changed as (
    update owners o set tier = d.tier, version = o.version + 1
    from decided d where o.id = d.owner_id and o.tier_set_by = 'rule' and o.tier <> d.tier
    returning 1
)
select count(*) from changed;
