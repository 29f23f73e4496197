-- What owners write back.
create table inbound_texts (
    id          uuid primary key,
    carrier     text not null,
    provider_id text,
    sender      text not null,                                 -- E.164
    body        text not null,
    meant       text check (meant in ('refusal', 'answer', 'nothing_known')),
    received_at timestamptz not null default now(),
    unique (carrier, provider_id)
);
create index inbound_texts_of_sender on inbound_texts (sender, received_at desc);
create index inbound_texts_by_time on inbound_texts (received_at desc, id desc);
