-- name: last_contacts
-- What was said to him last, or may have been; with the survey he has not finished.
select l.at, l.state, l.channel, l.purpose, l.words, l.reason, l.outcome, l.promised,
    c.name as campaign, coalesce(nullif(o.note, ''), spoken.disposition_note, '') as note, s.id as half_done
from contact_ledger l
-- Of a call that was begun, what its agent wrote down, with its outcome or when he wrote it up at his
-- seat; without an outcome it is why the owner was not called.
left join owner_calls o on o.touch_id = l.touch_id and o.outcome is not null
left join calls spoken on spoken.id = o.call_id
left join campaigns c on c.id = l.campaign_id
left join survey_responses s on s.id = l.survey_response_id and s.state = 'open'
where l.owner_id = :owner_id and l.state in ('said', 'unknown')
order by l.at desc, l.id desc limit :limit;

-- name: contacts_of_owner
select l.*, c.name as campaign, coalesce(nullif(o.note, ''), spoken.disposition_note, '') as note
from contact_ledger l
left join owner_calls o on o.touch_id = l.touch_id and o.outcome is not null
left join calls spoken on spoken.id = o.call_id
left join campaigns c on c.id = l.campaign_id
where l.owner_id = :owner_id and l.state <> 'void'
  and (:before_at::timestamptz is null or (l.at, l.id) < (:before_at, :before_id::uuid))
order by l.at desc, l.id desc limit :limit;

-- name: add_contact!
insert into contact_ledger (id, owner_id, vehicle_id, campaign_id, channel, purpose, at, state,
    words, reason, staff_id, outcome, promised, survey_response_id)
values (:id, :owner_id, :vehicle_id, :campaign_id, :channel, :purpose, clock_timestamp(), 'said',
    :words, :reason, :staff_id, :outcome, :promised, :survey_response_id);
