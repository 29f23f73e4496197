-- A message whose cause has passed before it left: it was surely not sent, and gives its key up.
alter table messages drop constraint messages_state_check;
alter table messages add constraint messages_state_check
    check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'withdrawn'));
