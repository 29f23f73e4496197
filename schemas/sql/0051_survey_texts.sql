-- What of a survey went by text: only what was asked so is answered so. One of a touch was said when
-- its contact was; our answer to a text of his leaves with it.
create table survey_texts (
    id          uuid primary key,
    response_id uuid not null references survey_responses,
    touch_id    uuid unique,                                   -- null: our answer to a text
    question    text,                                          -- null: only the link
    queued_at   timestamptz not null default now()
);
create index survey_texts_of_response on survey_texts (response_id, queued_at);
