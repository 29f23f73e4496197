-- name: insert_survey^
insert into surveys (id, name, draft, made_by) values (:id, :name, :draft::jsonb, :made_by)
returning *;

-- name: get_survey^
select s.*, (select max(e.edition) from survey_editions e where e.survey_id = s.id) as edition
from surveys s where s.id = :id;

-- name: lock_survey^
select * from surveys where id = :id for update;

-- name: list_surveys
-- Few rows; ids grow with time: newest first.
select s.id, s.name, s.state, s.made_at, s.version,
    (select max(e.edition) from survey_editions e where e.survey_id = s.id) as edition,
    coalesce(c.complete, 0) as complete, coalesce(c.under_way, 0) as under_way
from surveys s
left join lateral (
    select count(*) filter (where r.state = 'complete') as complete,
        count(*) filter (where r.state = 'open' and r.answered_at is not null) as under_way
    from survey_responses r where r.survey_id = s.id
) c on true
where (:before::uuid is null or s.id < :before)
    and (:state::text is null or s.state = :state)
order by s.id desc limit :limit;

-- name: edit_survey^
update surveys set name = :name, draft = :draft::jsonb, version = version + 1
where id = :id and version = :version returning *;

-- name: move_survey^
update surveys set state = :to, version = version + 1
where id = :id and state <> :to returning *;

-- name: insert_edition^
insert into survey_editions (survey_id, edition, questions, published_by)
select :survey_id, coalesce(max(edition), 0) + 1, :questions::jsonb, :published_by
from survey_editions where survey_id = :survey_id
returning *;

-- name: get_edition^
select * from survey_editions
where survey_id = :survey_id
    and (:edition::integer is null or edition = :edition)
order by edition desc limit 1;

-- name: list_editions
select edition, published_at, published_by, questions from survey_editions
where survey_id = :survey_id order by edition desc;

-- name: set_quota^
-- None when more places are taken than the target leaves.
insert into survey_quotas (survey_id, quota, target) values (:survey_id, :quota, :target)
on conflict (survey_id, quota) do update set target = excluded.target
    where survey_quotas.reserved + survey_quotas.confirmed <= excluded.target
returning *;

-- name: quotas_of
select * from survey_quotas where survey_id = :survey_id order by quota;

-- name: insert_response^
-- A touch and a ticket are asked once: the second time there is none.
insert into survey_responses (id, survey_id, edition, owner_id, vehicle_id, ticket_id, touch_id,
    language, about, next_question, expires_at)
values (:id, :survey_id, :edition, :owner_id, :vehicle_id, :ticket_id, :touch_id,
    :language, :about::jsonb, :next_question, now() + make_interval(days => :lives_days))
on conflict do nothing
returning *;

-- name: response_asked_before^
-- Written again, so that it is on disk before it is answered.
update survey_responses set opened_at = opened_at
where (touch_id = :touch_id) or (survey_id = :survey_id and ticket_id = :ticket_id)
returning *;

-- name: lock_response^
select r.*, s.state as survey_state, now() >= r.expires_at as is_late, e.questions
from survey_responses r
join surveys s on s.id = r.survey_id
join survey_editions e on e.survey_id = r.survey_id and e.edition = r.edition
where r.id = :id for update of r;

-- name: read_response^
select r.*, s.state as survey_state, now() >= r.expires_at as is_late, e.questions
from survey_responses r
join surveys s on s.id = r.survey_id
join survey_editions e on e.survey_id = r.survey_id and e.edition = r.edition
where r.id = :id;

-- name: answers_of
select question, value::text as value, channel, answered_at, counts from survey_answers
where response_id = :response_id;

-- name: keep_answer!
-- The last word counts, whichever way it came.
insert into survey_answers (response_id, question, value, channel)
values (:response_id, :question, :value::jsonb, :channel)
on conflict (response_id, question) do update
    set value = excluded.value, channel = excluded.channel, answered_at = now();

-- name: count_path!
update survey_answers set counts = (question = any(:path::text[]))
where response_id = :response_id and counts <> (question = any(:path::text[]));

-- name: go_on!
update survey_responses set next_question = :next_question,
    answered_at = case when :answered then now() else answered_at end
where id = :id;

-- name: end_response^
-- Once: of two at the same moment the second finds it ended.
update survey_responses
set state = :to, next_question = null,
    answered_at = case when :answered then now() else answered_at end,
    completed_at = case when :to = 'complete' then now() end
where id = :id and state = 'open' returning *;

-- name: keep_opened_ticket^
update survey_responses set opened_ticket_id = :ticket_id
where id = :id and opened_ticket_id is null returning id;

-- name: open_surveys
-- Those of them that take answers now, with the newest edition's questions.
select s.id, e.questions from surveys s
cross join lateral (
    select questions from survey_editions where survey_id = s.id order by edition desc limit 1
) e
where s.id = any(:ids::uuid[]) and s.state = 'open';

-- name: keep_text!
-- A touch is put into words again when it was held back: what it says last counts.
insert into survey_texts (id, response_id, touch_id, question)
values (:id, :response_id, :touch_id, :question)
on conflict (touch_id) do update set response_id = excluded.response_id,
    question = excluded.question, queued_at = excluded.queued_at;

-- name: asked_last_by_text^
-- Of what one of these owners may still answer, what he was asked by text last, and not long ago.
select r.id as response_id, x.question, said.at
from unnest(:owners::uuid[]) o (id)
cross join lateral (
    select id, survey_id, state, expires_at from survey_responses
    where owner_id = o.id order by opened_at desc limit 20
) r
join surveys s on s.id = r.survey_id
join survey_texts x on x.response_id = r.id
left join contact_ledger l on l.touch_id = x.touch_id
cross join lateral (
    select case when x.touch_id is null then x.queued_at
                when l.state in ('said', 'unknown') then l.at end as at
) said
where r.state = 'open' and s.state = 'open'
    and r.expires_at > now() and said.at > now() - make_interval(days => :days)
order by said.at desc, x.id desc limit 1;

-- name: told_since$
-- Whether he has had another text meanwhile, of a campaign or about a ticket of his.
select exists (
    select from contact_ledger l
    where l.owner_id = any(:owners::uuid[]) and l.channel = 'text' and l.at > :at
      and l.state in ('said', 'unknown')
) or exists (
    select from tickets t join messages m on m.ticket_id = t.id
    where t.owner_id = any(:owners::uuid[]) and m.channel = 'text' and m.recipient = :number
      and m.created_at > :at
);

-- name: responses_of_owner
select r.id, r.survey_id, r.state, r.next_question, r.opened_at, r.answered_at, r.expires_at,
    r.ticket_id, e.questions
from survey_responses r
join survey_editions e on e.survey_id = r.survey_id and e.edition = r.edition
where r.owner_id = :owner_id order by r.opened_at desc limit 20;

-- name: list_responses
select r.* from survey_responses r
where r.survey_id = :survey_id and r.answered_at is not null
    and (:state::text is null or r.state = :state)
    and (:before_at::timestamptz is null or (r.opened_at, r.id) < (:before_at, :before_id::uuid))
order by r.opened_at desc, r.id desc limit :limit;

-- name: responses_to_expire
select id from survey_responses where state = 'open' and expires_at <= now()
order by expires_at limit :limit;

-- name: places_of
select quota, state from survey_quota_places where response_id = :response_id;

-- name: hold_place^
-- A place that is held is held for longer.
update survey_quota_places set until = now() + make_interval(mins => :held_min)
where response_id = :response_id and quota = :quota and state = 'reserved'
returning quota;

-- name: reserve_place^
-- Before the count, as whoever gives back does; taken back by the caller when there is no room.
insert into survey_quota_places (response_id, survey_id, quota, state, until)
values (:response_id, :survey_id, :quota, 'reserved', now() + make_interval(mins => :held_min))
on conflict (response_id, quota) do update set state = 'reserved', until = excluded.until
    where survey_quota_places.state = 'given_back'
returning quota;

-- name: count_reserved^
-- The compare-and-set that keeps a quota from being overshot.
update survey_quotas set reserved = reserved + 1
where survey_id = :survey_id and quota = :quota and reserved + confirmed < target
returning quota;

-- name: move_places
update survey_quota_places set state = :to
where response_id = :response_id and state = 'reserved' and quota = any(:quotas::text[])
returning quota;

-- name: count_confirmed!
update survey_quotas set reserved = reserved - 1, confirmed = confirmed + 1
where survey_id = :survey_id and quota = :quota;

-- name: count_given_back!
update survey_quotas set reserved = reserved - :places
where survey_id = :survey_id and quota = :quota;

-- name: quotas_with_silent_places
select distinct survey_id, quota from survey_quota_places
where state = 'reserved' and until <= now()
order by survey_id, quota;

-- name: give_back_silent_places
update survey_quota_places set state = 'given_back'
where (response_id, quota) in (
    select response_id, quota from survey_quota_places
    where state = 'reserved' and until <= now() and survey_id = :survey_id and quota = :quota
    order by response_id limit :limit for update skip locked
)
returning response_id;

-- name: facts_of^
-- What is known of who is asked, for conditions and cross tables: codes; and the words for him.
select o.tier, o.province, v.model, v.delivered_on, o.name as owner, o.language, v.plate,
    t.number as ticket, t.kind as ticket_kind
from (select 1) one
left join owners o on o.id = :owner_id
left join vehicles v on v.id = :vehicle_id
left join tickets t on t.id = :ticket_id;

-- name: rating_of_ticket^
select score, follow_up_id from ticket_ratings where ticket_id = :ticket_id;

-- name: closed_last$
-- What an answer may be about that names no ticket. His few tickets, not the many closed lately.
with his as materialized (
    select id, closed_at from tickets
    where owner_id = :owner_id::uuid and kind = any(:kinds::text[]) and stage = 'closed' and not drill
        and (:vehicle_id::uuid is null or vehicle_id is null or vehicle_id = :vehicle_id)
)
select id from his where closed_at >= :since::timestamptz
order by closed_at desc, id desc limit 1;

-- name: opened_ticket_of$
select opened_ticket_id from survey_responses where id = :id;

-- name: happened_earlier!
-- As if a response had been begun and answered so long before it was: the demo's past.
with response as (
    update survey_responses set opened_at = opened_at - :ago::interval,
        answered_at = answered_at - :ago::interval, completed_at = completed_at - :ago::interval
    where id = :id returning id
)
update survey_answers a set answered_at = a.answered_at - :ago::interval
from response where a.response_id = response.id;
