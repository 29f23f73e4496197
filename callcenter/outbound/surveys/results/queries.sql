-- name: states_of
-- Who has said nothing yet is not counted; `begun` tells those under way apart.
select state, answered_at is not null as begun, count(*) as responses,
    count(opened_ticket_id) as followed_up
from survey_responses where survey_id = :survey_id
group by 1, 2;

-- name: answers_counted
-- Equal answers together; who was screened out or came too late is not in it.
select a.question, (a.value - 'words' - 'text')::text as value, r.state = 'complete' as complete,
    count(*) as times, count(*) filter (where a.value ? 'words' or a.value ? 'text') as with_words
from survey_responses r join survey_answers a on a.response_id = r.id and a.counts
where r.survey_id = :survey_id and r.answered_at is not null
    and r.state in ('complete', 'open', 'expired')
    and (:since::timestamptz is null or r.answered_at >= :since)
    and (:until::timestamptz is null or r.answered_at < :until)
group by 1, 2, 3;

-- name: crossed_with_fact
select r.about ->> :fact as key, (a.value - 'words' - 'text')::text as value, count(*) as times
from survey_responses r join survey_answers a on a.response_id = r.id and a.counts
where r.survey_id = :survey_id and r.state = 'complete' and a.question = :question
group by 1, 2;

-- name: crossed_with_question
select (b.value - 'words' - 'text')::text as key, (a.value - 'words' - 'text')::text as value,
    count(*) as times
from survey_responses r
join survey_answers a on a.response_id = r.id and a.question = :question and a.counts
left join survey_answers b on b.response_id = r.id and b.question = :other and b.counts
where r.survey_id = :survey_id and r.state = 'complete'
group by 1, 2;

-- name: states_by_day
-- By the day on China's calendars on which the last answer came.
select (answered_at at time zone 'Asia/Shanghai')::date as day, state, count(*) as responses
from survey_responses where survey_id = :survey_id and answered_at is not null
group by 1, 2 order by 1;

-- name: values_by_day
select (r.completed_at at time zone 'Asia/Shanghai')::date as day,
    coalesce(a.value ->> 'score', a.value ->> 'number')::float as value, count(*) as times
from survey_responses r join survey_answers a on a.response_id = r.id and a.counts
where r.survey_id = :survey_id and r.state = 'complete' and a.question = :question
    and (a.value ? 'score' or a.value ? 'number')
group by 1, 2 order by 1;

-- name: words_of_answers
select a.response_id, a.answered_at, a.value ->> 'text' as text, a.value ->> 'words' as words,
    a.channel, coalesce(a.value ->> 'choice', a.value ->> 'score', a.value ->> 'number') as beside
from survey_responses r join survey_answers a on a.response_id = r.id and a.counts
where r.survey_id = :survey_id and a.question = :question
    and (a.value ? 'text' or a.value ? 'words')
    and (:before_at::timestamptz is null
        or (a.answered_at, a.response_id) < (:before_at, :before_id::uuid))
order by a.answered_at desc, a.response_id desc limit :limit;

-- name: answers_of_responses
select response_id, question, value::text as value, channel from survey_answers
where response_id = any(:ids::uuid[]) and counts;
