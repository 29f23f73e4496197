-- name: queue_message^
-- The same cause and addressee twice is one message.
insert into messages (id, key, channel, recipient, language, purpose, body, drill, ticket_id,
    station_id)
values (:id, :key, :channel, :recipient, :language, :purpose, :body, :drill, :ticket_id,
    :station_id)
on conflict (key) do nothing
returning id;

-- name: claim_message^
update messages set state = 'sending' where id = :id and state = 'queued' returning *;

-- name: stuck_message^
-- A worker died between the claim and the answer: nobody knows whether it was sent.
update messages set state = 'unknown' where id = :id and state = 'sending' returning id;

-- name: finish_message!
update messages
set state = :state, failure = :failure, sent_at = case when :state = 'sent' then now() end
where id = :id and state = 'sending';

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
