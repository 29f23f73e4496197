-- E-mail as a channel, and what the carriers report of what they were given.
alter table messages drop constraint messages_channel_check;
alter table messages add constraint messages_channel_check
    check (channel in ('text', 'duty_phone', 'email'));
alter table messages
    add column subject          text,          -- of an e-mail; without one, that of its language
    add column delivery         text check (delivery in ('delivered', 'undelivered')),
    add column delivered_at     timestamptz,
    add column delivery_failure text;
-- What a message leaves in, written before it leaves: a long text is several at the provider.
create table message_parts (
    message_id  uuid not null references messages,
    part        smallint not null check (part > 0),
    carrier     text not null,
    reference   integer not null,              -- ours, 16 bits: some providers send it back
    provider_id text,
    delivery    text check (delivery in ('delivered', 'undelivered')),
    failure     text,
    primary key (message_id, part)
);
create index message_parts_by_provider on message_parts (carrier, provider_id, message_id)
    where provider_id is not null;
create index message_parts_without_answer on message_parts (carrier, reference)
    where provider_id is null;
-- Receipts for what has no such id yet: they may come before the provider's answer.
create table early_receipts (
    carrier     text not null,
    provider_id text not null,
    delivery    text check (delivery in ('delivered', 'undelivered')),
    failure     text,
    received_at timestamptz not null default now(),
    primary key (carrier, provider_id)
);
create index early_receipts_by_time on early_receipts (received_at);
