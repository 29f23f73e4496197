-- In which language a station reads what it is told.
alter table stations
    add column language text not null default 'zh' check (language in ('zh', 'en'));
