-- Automated calls that nobody can place are over when their time is, as agents' are.
drop index touches_calls_expire;
create index touches_calls_expire on touches (expires_at)
    where state = 'ready' and channel in ('agent_call', 'automated_call');
