-- name: next_number$
select nextval('ticket_numbers');

-- name: numbers_are_given!
-- Up to and with the last one: for who has written tickets in bulk.
select setval('ticket_numbers', :last);

-- name: insert_ticket^
with made as (
    insert into tickets (id, number, kind, stage, priority, danger, expressway, drill, owner_id,
                         vehicle_id, caller_name, caller_phone, language, summary, particulars,
                         opened_by, tier)
    values (:id, :number, :kind, 'opened', :priority, :danger, :expressway, :drill, :owner_id,
            :vehicle_id, :caller_name, :caller_phone, :language, :summary, :particulars, :opened_by,
            coalesce((select tier from owners where id = :owner_id), 0))
    returning *
), named as (
    insert into ticket_name_keys (key, ticket_id)
    select key, :id from unnest(:name_keys::text[]) as wanted (key)
)
select * from made;

-- name: keep_name_keys!
-- What the caller is found by, instead of what he was found by before.
with gone as (
    delete from ticket_name_keys where ticket_id = :ticket_id and key <> all(:keys::text[])
)
insert into ticket_name_keys (key, ticket_id)
select key, :ticket_id from unnest(:keys::text[]) as wanted (key)
on conflict (key, ticket_id) do nothing;

-- name: get_ticket^
select * from tickets where id = :id;

-- name: get_by_number^
select * from tickets where number = :number;

-- name: lock_ticket^
select * from lock_ticket(:id);

-- name: move_ticket^
-- Compare-and-set: no row when the stage or version is no longer what was looked at.
update tickets
set stage = :to, stage_since = now(), outcome = coalesce(:outcome, outcome),
    closed_at = case when :to in ('closed', 'cancelled', 'merged') then now() end, version = version + 1
where id = :id and stage = :was and version = :version
returning *;

-- name: edit_ticket^
update tickets
set caller_name = :caller_name, caller_phone = :caller_phone, language = :language,
    owner_id = :owner_id, vehicle_id = :vehicle_id, summary = :summary,
    particulars = :particulars, danger = :danger, expressway = :expressway,
    priority = :priority, tier = coalesce((select tier from owners where id = :owner_id), 0),
    version = version + 1
where id = :id and version = :version
returning *;

-- name: assign_ticket^
update tickets set assignee_id = :assignee_id, version = version + 1
where id = :id returning *;

-- name: set_place^
update tickets set place_id = :place_id, version = version + 1
where id = :id returning *;

-- name: list_tickets
-- Newest first; the cursor is the last row's (opened_at, id). The lists of one person, owner, stage
-- or kind each have an index of their own and say so by a query of their own: one for all would
-- be planned once, as if every filter were left open.
select * from tickets
where (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_live_tickets
select * from tickets
where stage not in ('resolved', 'closed', 'cancelled', 'merged')
  and (:kind::text is null or kind = :kind)
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_of_kind
select * from tickets
where kind = :kind
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_in_stage
select * from tickets
where stage = :stage
  and (:kind::text is null or kind = :kind)
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_live_tickets_of_assignee
select * from tickets
where assignee_id = :assignee_id and stage not in ('resolved', 'closed', 'cancelled', 'merged')
  and (:kind::text is null or kind = :kind)
  and (:stage::text is null or stage = :stage)
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_of_assignee_and_kind
select * from tickets
where assignee_id = :assignee_id and kind = :kind
  and (:stage::text is null or stage = :stage)
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_of_assignee
select * from tickets
where assignee_id = :assignee_id
  and (:stage::text is null or stage = :stage)
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_of_owner
select * from tickets
where owner_id = :owner_id
  and (:kind::text is null or kind = :kind)
  and (:stage::text is null or stage = :stage)
  and (:assignee_id::uuid is null or assignee_id = :assignee_id)
  and (not :live or stage not in ('resolved', 'closed', 'cancelled', 'merged'))
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: list_tickets_numbered
select * from tickets
where number = :number
  and (:kind::text is null or kind = :kind)
  and (:stage::text is null or stage = :stage)
  and (:assignee_id::uuid is null or assignee_id = :assignee_id)
  and (:owner_id::uuid is null or owner_id = :owner_id)
  and (not :live or stage not in ('resolved', 'closed', 'cancelled', 'merged'))
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: queue_of_tickets
-- Most urgent first: priority, then tier, then who has waited longest.
select * from tickets
where stage not in ('resolved', 'closed', 'cancelled', 'merged')
  and (:kind::text is null or kind = :kind)
  and (:drills or not drill)
  and (:after::uuid is null or (priority, -tier, opened_at, id) >
       (select t.priority, -t.tier, t.opened_at, t.id from tickets t where t.id = :after))
order by priority, -tier, opened_at, id
limit :limit;

-- name: live_of_caller
-- A caller waits for it: each look has an index of its own.
with named as (
    select id from tickets
    where caller_phone = :phone and stage not in ('resolved', 'closed', 'cancelled', 'merged')
    union
    select id from tickets where owner_id = any(:owner_ids::uuid[])
    union
    select id from tickets where vehicle_id = any(:vehicle_ids::uuid[])
)
select t.* from named join tickets t using (id)
where t.stage not in ('resolved', 'closed', 'cancelled', 'merged') and not t.drill
order by t.opened_at desc, t.id desc limit 10;

-- name: tickets_by_phone_end
select * from tickets
where caller_phone is not null
  and reverse(split_part(caller_phone, ';', 1)) collate "C" >= :first
  and reverse(split_part(caller_phone, ';', 1)) collate "C" < :behind
order by reverse(split_part(caller_phone, ';', 1)) collate "C", opened_at desc limit :limit;

-- name: rescues_by_plate_start
select * from tickets
where kind = 'rescue' and particulars ->> 'plate' <> ''
  and plate_of(particulars ->> 'plate') collate "C" >= :first
  and plate_of(particulars ->> 'plate') collate "C" < :behind
order by plate_of(particulars ->> 'plate') collate "C" limit :limit;

-- name: rescues_by_plate_rest
select * from tickets
where kind = 'rescue' and particulars ->> 'plate' <> ''
  and substr(plate_of(particulars ->> 'plate'), 2) collate "C" >= :first
  and substr(plate_of(particulars ->> 'plate'), 2) collate "C" < :behind
order by substr(plate_of(particulars ->> 'plate'), 2) collate "C" limit :limit;

-- name: tickets_by_name
select t.* from (
    select key, ticket_id from ticket_name_keys
    where key >= :first and key < :behind
    order by key, ticket_id limit :limit
) named
join tickets t on t.id = named.ticket_id
order by named.key, named.ticket_id;

-- name: tickets_of_found
-- The newest of these owners and about these cars.
with named as (
    select id from tickets where owner_id = any(:owner_ids::uuid[])
    union
    select id from tickets where vehicle_id = any(:vehicle_ids::uuid[])
)
select t.* from named join tickets t on t.id = named.id
order by t.opened_at desc, t.id desc limit :limit;

-- name: merged_of_caller
select * from tickets
where kind = 'rescue' and caller_phone = :phone and stage = 'merged' and not drill
  and opened_at > now() - interval '2 days'
order by opened_at desc, id desc limit 10;

-- name: insert_note^
insert into ticket_notes (id, ticket_id, author, words)
values (:id, :ticket_id, :author, :words) returning *;

-- name: notes_of
select * from ticket_notes where ticket_id = :ticket_id order by written_at, id;

-- name: insert_change!
insert into ticket_changes (id, ticket_id, version, changes, changed_by)
values (:id, :ticket_id, :version, :changes, :changed_by);

-- name: changes_of
select * from ticket_changes where ticket_id = :ticket_id order by changed_at, id;

-- name: say_here!
-- A person who has the ticket open says so again and again; when he is back after a while, anew.
-- His own old ones go on the way: nobody else touches them.
with gone as (
    delete from ticket_readers
    where staff_id = :staff_id and ticket_id <> :ticket_id
      and seen_at < now() - interval '1 minute'
)
insert into ticket_readers (ticket_id, staff_id, editing) values (:ticket_id, :staff_id, :editing)
on conflict (ticket_id, staff_id) do update
set editing = excluded.editing, seen_at = excluded.seen_at,
    since = case when ticket_readers.seen_at < now() - make_interval(secs => :gone_s)
            then excluded.since else ticket_readers.since end;

-- name: leave!
delete from ticket_readers where ticket_id = :ticket_id and staff_id = :staff_id;

-- name: readers_of
select r.staff_id, s.name, r.editing, r.since from ticket_readers r
join staff_users s on s.id = r.staff_id
where r.ticket_id = :ticket_id and r.seen_at > now() - make_interval(secs => :gone_s)
order by r.since, r.staff_id;

-- name: tell_emergency^
insert into emergency_calls (ticket_id, service, told_by) values (:ticket_id, :service, :told_by)
on conflict (ticket_id, service) do update set told_by = emergency_calls.told_by
returning *;

-- name: emergencies_of
select * from emergency_calls where ticket_id = :ticket_id order by told_at;

-- name: assignee_exists$
select exists (select 1 from staff_users where id = :id and active);

-- name: insert_place^
insert into ticket_places (id, ticket_id, lat, lon, accuracy_m, fixed_at, source, source_datum,
                           words, province, doubts, road, post_m, feature, towards, sense)
values (:id, :ticket_id, :lat, :lon, :accuracy_m, :fixed_at, :source, :source_datum,
        :words, :province, :doubts, :road, :post_m, :feature, :towards, :sense)
returning *;

-- name: get_place^
select * from ticket_places where id = :id and ticket_id = :ticket_id;

-- name: places_of
select * from ticket_places where ticket_id = :ticket_id order by created_at, id;

-- name: drop_place!
-- Another takes its turn; one that has counted stays as it was.
update ticket_places set state = 'dropped'
where id = :id and ticket_id = :ticket_id and state = 'proposed';

-- name: confirm_place^
update ticket_places
set state = 'confirmed', uncertain = :uncertain, confirmed_by = :confirmed_by,
    confirm_reason = :confirm_reason, confirmed_at = now()
where id = :id and ticket_id = :ticket_id and state <> 'dropped'
returning *;

-- name: insert_link^
insert into location_links (id, token_hash, ticket_id, expires_at)
values (:id, :token_hash, :ticket_id, now() + make_interval(secs => :lifetime_s))
returning id, expires_at;

-- name: use_link^
-- Takes one of the link's submissions, or none when it is too old or used up.
update location_links set submissions = submissions + 1, last_at = now()
where token_hash = :token_hash and expires_at > now() and submissions < :most
returning id, ticket_id;

-- name: find_link^
select id, ticket_id, submissions from location_links
where token_hash = :token_hash and expires_at > now();

-- name: links_of
select id, made_at, expires_at, submissions, last_at from location_links
where ticket_id = :ticket_id order by made_at;

-- name: insert_answer^
insert into location_answers (id, link_id, ticket_id, kind, place_id, words, file_id, consent_version)
values (:id, :link_id, :ticket_id, :kind, :place_id, :words, :file_id, :consent_version)
returning *;

-- name: answers_of
select * from location_answers where ticket_id = :ticket_id order by answered_at, id;

-- name: like_candidates
-- Rescues that may be the same breakdown: by car, phone or place; live, or ended a short while ago.
-- Merged ones too: whoever they were merged into goes on for them.
with named as (
    select id from tickets where vehicle_id = any(:vehicle_ids::uuid[]) and opened_at > :since
    union
    select id from tickets
    where kind = 'rescue' and particulars ->> 'plate' <> '' and opened_at > :since
      and plate_of(particulars ->> 'plate') = any(:plates::text[])
    union
    select id from tickets
    where kind = 'rescue' and caller_phone = any(:phones::text[]) and opened_at > :since
    union
    select id from tickets where owner_id = any(:owner_ids::uuid[]) and opened_at > :since
    union
    select ticket_id from ticket_places
    where created_at between :near_since and :near_until
      and lat between :south and :north and lon between :west and :east
)
select t.* from named join tickets t on t.id = named.id
where t.kind = 'rescue' and t.drill = :drill and t.id is distinct from :id
  and (t.stage not in ('resolved', 'closed', 'cancelled')
       or t.stage_since > now() - make_interval(secs => :ended_s))
order by t.opened_at desc, t.id desc
limit :limit;

-- name: known_of
-- Car, numbers and places of each, in one look: the place that counts, else all that were named.
select t.id, v.vin, v.plate, v.model,
       array(select c.e164 from owner_contact_points oc
             join contact_points c on c.id = oc.contact_point_id
             where oc.owner_id = t.owner_id) as phones,
       coalesce(p.lats, '{}') as lats, coalesce(p.lons, '{}') as lons,
       coalesce(p.road, '') as road, coalesce(p.sense, '') as sense
from tickets t
left join vehicles v on v.id = t.vehicle_id
left join lateral (
    select array_agg(n.lat order by n.id) as lats, array_agg(n.lon order by n.id) as lons,
           (array_agg(n.road order by n.id desc) filter (where n.sense is not null))[1] as road,
           (array_agg(n.sense order by n.id desc) filter (where n.sense is not null))[1] as sense
    from ticket_places n
    where n.ticket_id = t.id and n.state <> 'dropped'
      and (t.place_id is null or n.id = t.place_id)
) p on true
where t.id = any(:ids::uuid[]);

-- name: told_apart_from
-- Each direction by its own index.
select other_id as id from like_tickets where one_id = :id and told_apart_at is not null
union
select one_id from like_tickets where other_id = :id and told_apart_at is not null;

-- name: keep_likeness^
-- Proposed once; what a person has said about the pair stands.
insert into like_tickets (one_id, other_id, reasons) values (:one_id, :other_id, :reasons)
on conflict do nothing returning one_id;

-- name: tell_apart^
insert into like_tickets (one_id, other_id, told_apart_by, told_apart_at)
values (:one_id, :other_id, :told_apart_by, now())
on conflict (one_id, other_id) do update
set told_apart_by = excluded.told_apart_by, told_apart_at = excluded.told_apart_at
where like_tickets.told_apart_at is null
returning one_id;

-- name: insert_merge^
insert into ticket_merges (id, survivor_id, merged_id, stage_before, reason, merged_by)
values (:id, :survivor_id, :merged_id, :stage_before, :reason, :merged_by)
returning *;

-- name: live_merge_of^
select * from ticket_merges where merged_id = :merged_id and undone_at is null;

-- name: undo_merge^
update ticket_merges set undone_by = :undone_by, undone_at = now(), undo_reason = :reason
where id = :id and undone_at is null
returning *;

-- name: merges_into
select * from ticket_merges where survivor_id = :survivor_id order by merged_at, id;

-- name: merged_into
-- All that one ticket goes on for, whatever they were merged by way of.
with recursive joined as (
    select merged_id from ticket_merges where survivor_id = :survivor_id and undone_at is null
    union
    select m.merged_id from joined j
    join ticket_merges m on m.survivor_id = j.merged_id and m.undone_at is null
)
select t.* from joined join tickets t on t.id = joined.merged_id order by t.opened_at, t.id;

-- name: lives_on_in$
-- The ticket at the end of the line: itself, when it was not merged.
with recursive line as (
    select :id::uuid as id, 0 as steps
    union all
    select m.survivor_id, line.steps + 1 from line
    join ticket_merges m on m.merged_id = line.id and m.undone_at is null
    where line.steps < 100
)
select id from line order by steps desc limit 1;

-- name: rate_ticket^
insert into ticket_ratings (ticket_id, score) values (:ticket_id, :score)
on conflict (ticket_id) do nothing returning *;

-- name: keep_rating!
update ticket_ratings set note_id = :note_id, follow_up_id = :follow_up_id
where ticket_id = :ticket_id;

-- name: rating_of^
select * from ticket_ratings where ticket_id = :ticket_id;
