-- Phones that are told of an offer by web push while somebody has duty on them: until he ends it,
-- signs out, or a sign-in's longest life is over.
create table push_devices (
    id            uuid primary key,
    station_id    uuid not null references stations,
    staff_id      uuid not null references staff_users,
    session_id    uuid not null,       -- no reference: old sessions are forgotten before it matters
    endpoint      text not null unique, -- who knows it may push: never in a log, an event or an answer
    p256dh        text not null,
    auth          text not null,
    language      text not null check (language in ('zh', 'en')),
    began_at      timestamptz not null default now(),
    ends_at       timestamptz not null,
    last_offer_id uuid,                -- the offer it was told last; the room of offers lies above
    last_outcome  text check (last_outcome in ('sent', 'failed')),
    check ((last_offer_id is null) = (last_outcome is null))
);
create index push_devices_by_station on push_devices (station_id, ends_at);
