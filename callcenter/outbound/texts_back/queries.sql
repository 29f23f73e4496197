-- name: said_before
-- What each of these texts may be an answer to: the last text to its owner, not long before.
select w.text_id, l.at, l.words, c.name as campaign, l.campaign_id
from unnest(:text_ids::uuid[], :owner_ids::uuid[], :ats::timestamptz[]) w (text_id, owner_id, at)
cross join lateral (
    select at, words, campaign_id from contact_ledger
    where owner_id = w.owner_id and channel = 'text' and state in ('said', 'unknown')
      and at <= w.at and at > w.at - interval '30 days'
    order by at desc, id desc limit 1
) l
left join campaigns c on c.id = l.campaign_id
order by w.text_id, l.at;
