"""The database: pool, transactions, named queries, migrations, the event log, jobs and timers."""
