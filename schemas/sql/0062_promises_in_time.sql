-- What audiences ask of promised calls: open, kept or broken since when.
create index promised_calls_in_time on promised_calls (state, coalesce(settled_at, promised_at));
