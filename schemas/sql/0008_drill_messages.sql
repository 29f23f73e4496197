-- What a drill says stays in the log: its callers are made up, their numbers may be somebody's.
alter table messages add column drill boolean not null default false;
