-- How a campaign's calls are dialled is set by people: two of them do not overwrite each other.
-- 0: nobody has set it, the plan counts.
alter table campaign_dialling add column version integer not null default 0;

-- A text that nobody understood is read by a person.
alter table inbound_texts
    add column seen_to_at   timestamptz,
    add column seen_to_by   text,
    add column seen_to_note text not null default '',
    add check ((seen_to_at is null) = (seen_to_by is null));
create index inbound_texts_to_see_to on inbound_texts (id desc)
    where meant = 'nothing_known' and seen_to_at is null;
create index inbound_texts_seen_to on inbound_texts (id desc)
    where meant = 'nothing_known' and seen_to_at is not null;
