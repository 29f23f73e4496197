-- A refusal in so many words counts, and a person reads it, too.
alter table inbound_texts drop constraint inbound_texts_meant_check;
alter table inbound_texts add constraint inbound_texts_meant_check
    check (meant in ('refusal', 'likely_refusal', 'answer', 'nothing_known'));
-- No word alone is longer: what was taken for a refusal and may have been none is read now.
update inbound_texts set meant = 'likely_refusal'
where meant = 'refusal'
  and char_length(regexp_replace(body, '[[:space:][:punct:]]', '', 'g'))
    > case when octet_length(body) > char_length(body) then 6 else 11 end;
drop index inbound_texts_to_see_to;
create index inbound_texts_to_see_to on inbound_texts (id desc)
    where meant in ('nothing_known', 'likely_refusal') and seen_to_at is null;
drop index inbound_texts_seen_to;
create index inbound_texts_seen_to on inbound_texts (id desc)
    where meant in ('nothing_known', 'likely_refusal') and seen_to_at is not null;
