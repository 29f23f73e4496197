-- name: queue_message^
-- The same cause and addressee twice is one message.
insert into messages (id, key, channel, recipient, language, purpose, body, drill, ticket_id,
    station_id, subject)
values (:id, :key, :channel, :recipient, :language, :purpose, :body, :drill, :ticket_id,
    :station_id, :subject)
on conflict (key) do nothing
returning id;

-- name: queue_messages
insert into messages (id, key, channel, recipient, language, purpose, body, drill, subject)
select id, key, channel, recipient, language, purpose, body, false, subject
from unnest(:ids::uuid[], :keys::text[], :channels::text[], :recipients::text[],
    :languages::text[], :purposes::text[], :bodies::text[], :subjects::text[])
    m (id, key, channel, recipient, language, purpose, body, subject)
on conflict (key) do nothing
returning id, key;

-- name: claim_message^
update messages set state = 'sending' where id = :id and state = 'queued' returning *;

-- name: withdraw_message!
-- Not sent, and not to be: the same cause may be said anew later.
update messages set state = 'withdrawn', failure = :reason, key = key || ':withdrawn:' || id
where id = :id and state = 'sending';

-- name: message_by_id^
select * from messages where id = :id;

-- name: write_parts!
insert into message_parts (message_id, part, carrier, reference)
select :message_id, part, :carrier, reference
from unnest(:parts::smallint[], :refs::integer[]) as t (part, reference)
on conflict (message_id, part) do nothing;

-- name: stuck_message^
-- A worker died between the claim and the answer: nobody knows whether it was sent.
update messages set state = 'unknown' where id = :id and state = 'sending' returning id;

-- name: finish_message!
update messages
set state = :state, failure = :failure, sent_at = case when :state = 'sent' then now() end
where id = :id and state = 'sending';

-- name: release_message^
-- Surely not sent: it waits again, unless it has waited for too long.
update messages
set state = case when created_at > now() - make_interval(secs => :give_up_s)
        then 'queued' else 'failed' end,
    failure = :failure
where id = :id and state = 'sending' returning state;

-- name: lock_message^
select id from messages where id = :id for update;

-- name: lock_provider_id!
-- A receipt and the answer that names its id come at one time: each must see the other's row.
select pg_advisory_xact_lock(hashtextextended(:carrier::text || ' ' || :provider_id::text, 28));

-- name: part_by_provider_id^
-- A centre may begin to count anew: the newest is meant.
select message_id, part from message_parts
where carrier = :carrier and provider_id = :provider_id
order by message_id desc limit 1;

-- name: part_by_reference^
select p.message_id, p.part from message_parts p join messages m on m.id = p.message_id
where p.carrier = :carrier and p.reference = :reference and p.provider_id is null
  and m.recipient = :recipient and m.created_at > now() - interval '7 days'
  and m.state <> 'queued'
order by p.message_id desc limit 1;

-- name: part_handed_over^
-- The one a provider names by our own id, when it was ever handed to that carrier.
select p.message_id, p.part from message_parts p join messages m on m.id = p.message_id
where p.message_id = :message_id and p.part = :part and p.carrier = :carrier
  and m.state <> 'queued';

-- name: keep_provider_id!
update message_parts set provider_id = :provider_id
where message_id = :message_id and part = :part and provider_id is null;

-- name: report_part!
-- Forward only: what was delivered stays delivered.
update message_parts set delivery = :delivery, failure = :failure
where message_id = :message_id and part = :part and delivery is distinct from 'delivered';

-- name: keep_early_receipt!
insert into early_receipts as early (carrier, provider_id, delivery, failure)
values (:carrier, :provider_id, :delivery, :failure)
on conflict (carrier, provider_id) do update
set delivery = excluded.delivery, failure = excluded.failure
where early.delivery is distinct from 'delivered' and excluded.delivery is not null;

-- name: take_early_receipt^
delete from early_receipts where carrier = :carrier and provider_id = :provider_id
returning delivery, failure;

-- name: settle_message!
-- The message after news of its parts: delivered when all are, undelivered when one is. What the
-- provider reports of in every part was sent, whatever we had seen of its answer.
update messages m
set state = case when heard.is_sent then 'sent' else m.state end,
    failure = case when heard.is_sent then null else m.failure end,
    sent_at = case when heard.is_sent then coalesce(m.sent_at, now()) else m.sent_at end,
    delivery = heard.delivery,
    delivered_at = case when heard.delivery = 'delivered' then coalesce(m.delivered_at, now()) end,
    delivery_failure = case when heard.delivery = 'undelivered' then heard.failure end
from (
    select messages.id,
        (messages.state = 'unknown' and bool_and(p.provider_id is not null))
            or (messages.state = 'failed' and bool_and(p.delivery is not distinct from 'delivered'))
            as is_sent,
        case when bool_and(p.delivery is not distinct from 'delivered') then 'delivered'
             when bool_or(p.delivery = 'undelivered') then 'undelivered' end as delivery,
        min(p.failure) filter (where p.delivery = 'undelivered') as failure
    from messages join message_parts p on p.message_id = messages.id
    where messages.id = :id
    group by messages.id
) heard
where m.id = heard.id;

-- name: refuse_message!
update messages set state = 'failed', failure = :failure
where id = :id and state = 'unknown'
  and not exists (select from message_parts p where p.message_id = :id
                  and (p.part <> :part or p.provider_id is not null));

-- name: purge_early_receipts!
delete from early_receipts where received_at < now() - interval '7 days';

-- name: list_messages
select * from messages
where (:ticket_id::uuid is null or ticket_id = :ticket_id)
  and (:drills or not drill)
  and (:before_at::timestamptz is null or (created_at, id) < (:before_at, :before_id))
order by created_at desc, id desc limit :limit;

-- name: message_of^
select * from messages where id = :id and ticket_id = :ticket_id;

-- name: message_by_key^
select * from messages where key = :key;

-- name: messages_of_ticket
select * from messages where ticket_id = :ticket_id
order by created_at desc, id desc limit :limit;

-- name: lock_sender!
-- Texts of one number are read one after the other.
select pg_advisory_xact_lock(hashtextextended(:sender::text, 41));

-- name: keep_inbound^
insert into inbound_texts (id, carrier, provider_id, sender, body)
select :id, :carrier, :provider_id, :sender, :body
where not exists (
    select from inbound_texts
    where :provider_id::text is null and sender = :sender and body = :body
      and received_at > now() - interval '10 seconds'
)
on conflict (carrier, provider_id) do nothing
returning id;

-- name: inbound_meant!
update inbound_texts set meant = :meant where id = :id;

-- name: texts_not_understood
-- Newest first: those that wait for somebody to read them, or those that were read.
select * from inbound_texts
where meant in ('nothing_known', 'likely_refusal') and (seen_to_at is not null) = :seen_to
  and id < coalesce(:before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc limit :limit;

-- name: see_to_text^
-- By one person.
update inbound_texts set seen_to_at = now(), seen_to_by = :actor, seen_to_note = :note
where id = :id and meant in ('nothing_known', 'likely_refusal') and seen_to_at is null
returning *;

-- name: text_by_id^
select * from inbound_texts where id = :id;
