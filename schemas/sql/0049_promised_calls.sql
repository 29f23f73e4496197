-- A call that an owner was promised: kept, or broken and then seen to by a person. It outlives the touch
-- that was to keep it, and its campaign.
create table promised_calls (
    id             uuid primary key,
    owner_id       uuid not null references owners,
    campaign_id    uuid not null references campaigns,
    in_touch       uuid not null references touches,           -- the call in which he was told so
    promised_by    uuid references staff_users,                -- none: a key of an automated call
    promised_at    timestamptz not null,
    due_at         timestamptz not null,                       -- as he was told
    state          text not null default 'open' check (state in ('open', 'kept', 'broken')),
    reason         text not null default '',                   -- why broken
    settled_at     timestamptz,
    left_to_all_at timestamptz,                                -- any agent of the group may call
    seen_to_at     timestamptz,
    seen_to_by     text,
    seen_to_note   text not null default '',
    check ((settled_at is null) = (state = 'open')),
    check ((seen_to_at is null) = (seen_to_by is null)),
    check (seen_to_at is null or state = 'broken')
);
create index promised_calls_open on promised_calls (due_at, id) where state = 'open';
create index promised_calls_broken on promised_calls (due_at, id)
    where state = 'broken' and seen_to_at is null;

-- `passed_by`: agents who have looked at it and cannot do it.
alter table touches
    add column promised_call_id uuid references promised_calls,
    add column passed_by uuid[];

-- Until now a promise was known by its priority alone.
insert into promised_calls (id, owner_id, campaign_id, in_touch, promised_by, promised_at, due_at)
select t.id, t.owner_id, t.campaign_id, t.id, t.promised_to,
       coalesce((select max(l.at) from contact_ledger l
                 where l.owner_id = t.owner_id and l.campaign_id = t.campaign_id
                   and l.touch_id <> t.id and l.at <= now()), least(t.due_at, now())),
       t.due_at
from touches t where t.priority = 0 and t.state in ('ready', 'claimed', 'sending');
update touches set promised_call_id = id
where priority = 0 and state in ('ready', 'claimed', 'sending');

create index touches_of_promise on touches (promised_call_id) where promised_call_id is not null;
drop index touches_promised;
create index touches_promised on touches (promised_to, due_at, id)
    where state = 'ready' and promised_call_id is not null;
-- What agents look at before they dial is chosen by campaign; calls alone, the many texts are not in it.
create index touches_to_call on touches (campaign_id, due_at, id)
    where state = 'ready' and channel = 'agent_call' and promised_call_id is null;
create index touches_calls_expire on touches (expires_at)
    where state = 'ready' and channel = 'agent_call';
