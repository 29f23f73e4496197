-- Groups of agents that calls wait for; where a call goes on that waits too long.
create table hotline_groups (
    name            text primary key,
    title_zh        text not null,
    title_en        text not null,
    second_group    text references hotline_groups,
    second_after_s  integer check (second_after_s >= 0),
    expert_group    text references hotline_groups,
    expert_after_s  integer check (expert_after_s >= 0),
    outside_number  text,
    outside_after_s integer check (outside_after_s >= 0),
    version         integer not null default 1,
    check ((second_group is null) = (second_after_s is null)),
    check ((expert_group is null) = (expert_after_s is null)),
    check ((outside_number is null) = (outside_after_s is null))
);
insert into hotline_groups (name, title_zh, title_en) values
    ('expert', '专家', 'Experts'),
    ('desk', '总台', 'Front desk');
insert into hotline_groups (name, title_zh, title_en, second_group, second_after_s,
                            expert_group, expert_after_s) values
    ('rescue', '道路救援', 'Roadside rescue', 'desk', 10, 'expert', 30),
    ('technical', '技术咨询', 'Technical help', 'expert', 20, null, null),
    ('complaint', '投诉受理', 'Complaints', 'desk', 30, 'expert', 90);
-- What an agent can do; who has no row works for the groups of his role, in Chinese.
create table agent_profiles (
    staff_id  uuid primary key references staff_users,
    groups    text[] not null,
    languages text[] not null check (languages <@ array['zh', 'en'] and languages <> '{}'),
    skills    text[] not null default '{}',
    version   integer not null default 1
);

-- An agent at the hotline now: availability, current contact and next wish are three things.
create table seats (
    staff_id           uuid primary key references staff_users,
    availability       text not null check (availability in ('ready', 'away', 'signed_out')),
    away_reason        text check (away_reason in
        ('break', 'meal', 'training', 'meeting', 'desk_work', 'missed', 'other')),
    availability_since timestamptz not null,
    contact            text not null default 'none'
        check (contact in ('none', 'offered', 'talking', 'wrap_up')),
    call_id            uuid references calls,
    contact_since      timestamptz not null,
    wish               text check (wish in ('ready', 'away', 'signed_out')),
    wish_reason        text check (wish_reason in
        ('break', 'meal', 'training', 'meeting', 'desk_work', 'missed', 'other')),
    wish_since         timestamptz not null,
    lost               boolean not null default false,
    seen_at            timestamptz not null,
    version            integer not null default 1,
    check ((away_reason is not null) = (availability = 'away')),
    check ((wish_reason is not null) = (wish is not null and wish = 'away')),
    check ((call_id is null) = (contact = 'none'))
) with (fillfactor = 60);
-- One call is with one agent; a conference's others are legs of the call.
create unique index one_agent_per_call on seats (call_id) where contact in ('offered', 'talking');

-- Beginnings only: the next one of the same strand ends the last, so that nothing can overlap.
create table seat_moments (
    id       uuid primary key,
    staff_id uuid not null references staff_users,
    strand   text not null check (strand in ('availability', 'contact', 'wish')),
    what     text not null check (what in ('ready', 'away', 'signed_out', 'lost',
                                           'none', 'offered', 'talking', 'wrap_up')),
    reason   text,
    call_id  uuid references calls,
    since    timestamptz not null
);
create index seat_moments_by_agent on seat_moments (staff_id, strand, since, id);
create index seat_moments_by_time on seat_moments (since);

alter table calls
    add column direction   text not null default 'inbound' check (direction in ('inbound', 'outbound')),
    add column language    text not null default 'zh' check (language in ('zh', 'en')),
    add column disposition text check (disposition in
        ('ticket', 'information', 'transferred', 'call_back', 'wrong_number', 'silent', 'nuisance')),
    add column disposition_note text;
-- Who talked to this caller last.
create index calls_last_agent on calls (caller, answered_at desc)
    where caller is not null and answered_by is not null;

-- A call's place in the queue, or that of a call-back, which keeps its caller's.
create table queue_entries (
    id            uuid primary key,
    kind          text not null check (kind in ('call', 'call_back')),
    call_id       uuid references calls,      -- of a call-back: the one it comes from
    caller        text,
    group_name       text not null references hotline_groups,
    urgency       text not null check (urgency in ('danger', 'expressway', 'rescue', 'rest')),
    tier          integer not null,
    language      text not null check (language in ('zh', 'en')),
    skills        text[] not null default '{}',
    drill         boolean not null default false,
    entered_at    timestamptz not null,
    turn_at       timestamptz not null,       -- entered_at less the head start: smallest first
    not_before    timestamptz,                -- of a call-back nobody answered: rest until then
    last_agent_id uuid references staff_users,
    -- waiting -> offered -> answered; what else ends it
    state         text not null default 'waiting' check (state in
        ('waiting', 'offered', 'answered', 'abandoned', 'called_back', 'claimed', 'outside',
         'given_up')),
    offered_to    uuid references staff_users,
    offered_at    timestamptz,
    offers        integer not null default 0,
    pick          jsonb,                      -- why it was this agent's turn, at the last offer
    why           text check (why in ('asked', 'dropped_out', 'line_lost')),
    attempts      integer not null default 0,
    dial_id       uuid references calls,      -- of a call-back: the call by which it is made
    left_at       timestamptz,
    check ((kind = 'call') = (why is null)),
    check (kind = 'call_back' or call_id is not null),
    check ((state = 'offered') = (offered_to is not null and left_at is null)),
    check ((state = 'waiting' or state = 'offered') = (left_at is null))
);
create unique index one_place_per_call on queue_entries (call_id)
    where kind = 'call' and left_at is null;
create unique index one_call_back_per_caller on queue_entries (caller, group_name)
    where kind = 'call_back' and left_at is null;
create unique index one_offer_per_agent on queue_entries (offered_to) where state = 'offered';
create index queue_turn on queue_entries (turn_at, id) where left_at is null;
create index queue_entries_by_call on queue_entries (call_id, id);
create index queue_entries_by_dial on queue_entries (dial_id) where dial_id is not null;
create index queue_entries_by_time on queue_entries (entered_at);
create index queue_answered on queue_entries (group_name, entered_at desc) where state = 'answered';
