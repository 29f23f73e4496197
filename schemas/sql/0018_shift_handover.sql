-- What goes home unfinished is handed to a name: a ticket or an alarm, with a note, and seen.
create table shift_handovers (
    id        uuid primary key,
    ticket_id uuid references tickets,
    alarm_id  uuid references alarms,
    from_id   uuid not null references staff_users,
    to_id     uuid not null references staff_users,
    note      text not null default '',
    made_by   text not null,
    made_at   timestamptz not null default now(),
    seen_by   text,
    seen_at   timestamptz,
    passed_at timestamptz,                 -- handed on by another handover: this one is over
    check (num_nonnulls(ticket_id, alarm_id) = 1),
    check (from_id <> to_id),
    check ((seen_by is null) = (seen_at is null))
);
-- One thing waits for one person.
create unique index one_handover_per_ticket on shift_handovers (ticket_id) where passed_at is null;
create unique index one_handover_per_alarm on shift_handovers (alarm_id) where passed_at is null;
create index shift_handovers_received on shift_handovers (to_id, made_at desc, id desc);
create index shift_handovers_given on shift_handovers (from_id, made_at desc, id desc);
create index shift_handovers_unseen on shift_handovers (made_at, id)
    where seen_at is null and passed_at is null;

create index alarms_of_colleague on alarms (taken_by, taken_at)
    where taken_by is not null and cleared_at is null;

-- What the supervisor's board counts and lists: one condition for both. Drills are left out.
create view board_rescues as
    select id, number, kind, stage, stage_since, opened_at, closed_at, priority, assignee_id, place_id
    from tickets
    where kind = 'rescue' and not drill
      and stage not in ('resolved', 'closed', 'cancelled', 'merged');
create index rescues_on_the_board on tickets (stage, stage_since, id)
    where kind = 'rescue' and not drill
      and stage not in ('resolved', 'closed', 'cancelled', 'merged');

create view board_offers as
    select o.id, o.ticket_id, t.number, o.station_id, s.name_zh, s.name_en, o.made_at,
           o.expires_at, o.seen_at
    from offers o
    join tickets t on t.id = o.ticket_id and not t.drill
    join stations s on s.id = o.station_id
    where o.state = 'offered';
create index offers_by_deadline on offers (expires_at, id) where state = 'offered';

create view board_alarms as
    select a.id, a.kind, a.reason, a.ticket_id, t.number, a.station_id,
           coalesce(a.raised_again_at, a.raised_at) as since
    from alarms a left join tickets t on t.id = a.ticket_id
    where a.cleared_at is null and a.taken_at is null and not a.drill;
create index alarms_nobody_took on alarms (coalesce(raised_again_at, raised_at), id)
    where cleared_at is null and taken_at is null and not drill;

-- The day is China's. closed_at is set while a ticket is closed, cancelled or merged.
create view board_opened as
    select id, number, kind, stage, stage_since, opened_at, closed_at, priority, assignee_id
    from tickets
    where not drill and opened_at >= date_trunc('day', now(), 'Asia/Shanghai');
create view board_closed as
    select id, number, kind, stage, stage_since, opened_at, closed_at, priority, assignee_id
    from tickets
    where not drill and closed_at >= date_trunc('day', now(), 'Asia/Shanghai');
create index tickets_closed on tickets (closed_at desc, id desc) where closed_at is not null;

-- Handed over, and not seen while it is still the receiver's to do.
create view board_handovers as
    select h.id, h.ticket_id, t.number, h.alarm_id, a.kind as alarm_kind, h.from_id,
           f.name as from_name, h.to_id, r.name as to_name, h.note, h.made_at, h.seen_at
    from shift_handovers h
    left join tickets t on t.id = h.ticket_id
    left join alarms a on a.id = h.alarm_id
    join staff_users f on f.id = h.from_id
    join staff_users r on r.id = h.to_id
    where h.seen_at is null and h.passed_at is null
      and (t.assignee_id = h.to_id and not t.drill
               and t.stage not in ('resolved', 'closed', 'cancelled', 'merged')
           or a.taken_by = 'staff:' || h.to_id and a.cleared_at is null and not a.drill);
