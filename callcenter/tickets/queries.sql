-- name: next_number$
select nextval('ticket_numbers');

-- name: insert_ticket^
insert into tickets (id, number, kind, stage, priority, danger, expressway, drill, owner_id,
                     vehicle_id, caller_name, caller_phone, language, summary, particulars, opened_by,
                     tier)
values (:id, :number, :kind, 'opened', :priority, :danger, :expressway, :drill, :owner_id,
        :vehicle_id, :caller_name, :caller_phone, :language, :summary, :particulars, :opened_by,
        coalesce((select tier from owners where id = :owner_id), 0))
returning *;

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
    closed_at = case when :to in ('closed', 'cancelled') then now() end, version = version + 1
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
-- Newest first; the cursor is the last row's (opened_at, id).
select * from tickets
where (:kind::text is null or kind = :kind)
  and (:stage::text is null or stage = :stage)
  and (:assignee_id::uuid is null or assignee_id = :assignee_id)
  and (:owner_id::uuid is null or owner_id = :owner_id)
  and (:number::text is null or number = :number)
  and (not :live or stage not in ('resolved', 'closed', 'cancelled'))
  and (:before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id))
order by opened_at desc, id desc
limit :limit;

-- name: queue_of_tickets
-- Most urgent first: priority, then tier, then who has waited longest.
select * from tickets
where stage not in ('resolved', 'closed', 'cancelled')
  and (:kind::text is null or kind = :kind)
  and (:drills or not drill)
  and (:after::uuid is null or (priority, -tier, opened_at, id) >
       (select t.priority, -t.tier, t.opened_at, t.id from tickets t where t.id = :after))
order by priority, -tier, opened_at, id
limit :limit;

-- name: live_of_caller
-- A caller waits for it; the index holds live tickets only.
select * from tickets
where stage not in ('resolved', 'closed', 'cancelled') and not drill
  and (caller_phone = :phone or owner_id = any(:owner_ids::uuid[]))
order by opened_at desc, id desc limit 10;

-- name: insert_note^
insert into ticket_notes (id, ticket_id, author, words)
values (:id, :ticket_id, :author, :words) returning *;

-- name: notes_of
select * from ticket_notes where ticket_id = :ticket_id order by written_at, id;

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
