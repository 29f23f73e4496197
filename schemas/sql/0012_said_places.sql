-- Kilometre posts and named things of roads, as the operator loads them.
create table road_posts (
    road       text not null,                 -- G15, S1, X012; a name where there is no code
    metres     integer not null check (metres between 0 and 9999999),
    feature    text not null default '',      -- service area, toll gate, tunnel ...
    sense      text not null default '' check (sense in ('', 'up', 'down')),
    lat        double precision not null check (lat between -90 and 90),
    lon        double precision not null check (lon between -180 and 180),
    accuracy_m double precision not null check (accuracy_m >= 0),
    primary key (road, metres, feature, sense)
);
create index road_posts_by_feature on road_posts (feature, road) where feature <> '';
create index road_features on road_posts (road, metres) where feature <> '';

-- Where on which road a place lies, as it was said.
alter table ticket_places
    add column road    text,
    add column post_m  integer check (post_m between 0 and 9999999),
    add column feature text,
    add column towards text,
    add column sense   text check (sense in ('up', 'down'));   -- with rising kilometres, or against

-- Answers of geocoders; of the address only the SHA-256 digest.
create table geocode_answers (
    provider text not null,
    asked    text not null,
    answer   jsonb not null,
    at       timestamptz not null default now(),
    primary key (provider, asked)
);
create index geocode_answers_by_age on geocode_answers (at);
