-- After how many kilometres and months a model is serviced; the newest counts.
create table service_plans (
    version integer primary key,
    plans   jsonb not null,
    made_by text not null,
    made_at timestamptz not null default now()
);

-- All cars scored anew, once a day of China's, and what was learnt from the fleet for it.
create table due_rescorings (
    day      date primary key,
    begun_at timestamptz not null default now(),
    ended_at timestamptz,
    cars     integer not null default 0,
    fleet    jsonb
);
