-- Answers of geocoders; of the address only the SHA-256 digest.
create table geocode_answers (
    provider text not null,
    asked    text not null,
    answer   jsonb not null,
    at       timestamptz not null default now(),
    primary key (provider, asked)
);
create index geocode_answers_by_age on geocode_answers (at);
