-- What each agent has promised is on his screen all the time.
create index touches_promised on touches (promised_to, due_at)
    where promised_to is not null and state = 'ready';
