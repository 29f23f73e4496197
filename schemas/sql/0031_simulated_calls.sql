-- Calls whose carrier is a page of the console: whose page it is, and when it was last heard of.
-- A row is there for as long as its page holds the line.
create table simulated_calls (
    call_id  uuid primary key references calls,
    begun_by text not null,
    seen_at  timestamptz not null default now()
);
