-- Kept with a dispatch: photos of the work, and the owner's signature under it.
create table dispatch_files (
    dispatch_id uuid not null references dispatches,
    file_id     uuid not null references files,
    kind        text not null check (kind in ('photo', 'signature')),
    added_at    timestamptz not null default now(),
    primary key (dispatch_id, file_id)
);

-- Why the owner has not signed, where he has not.
create table unsigned_dispatches (
    dispatch_id uuid primary key references dispatches,
    reason      text not null
                check (reason in ('not_asked', 'absent', 'unable', 'declined'))
);

-- How the owner found it, once; what he wrote is a note of the ticket. A bad one is followed up by
-- a ticket of its own.
create table ticket_ratings (
    ticket_id    uuid primary key references tickets,
    score        smallint not null check (score between 1 and 5),
    note_id      uuid references ticket_notes,
    follow_up_id uuid references tickets,
    rated_at     timestamptz not null default now()
);
