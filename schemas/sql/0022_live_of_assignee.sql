-- What a colleague has open, among all that he ever had: his list, and his shift's end.
create index tickets_live_by_assignee on tickets (assignee_id, opened_at desc, id desc)
    where assignee_id is not null and stage not in ('resolved', 'closed', 'cancelled', 'merged');
-- And all of one kind, of which he may have had few.
create index tickets_by_assignee_and_kind on tickets (assignee_id, kind, opened_at desc, id desc)
    where assignee_id is not null;
