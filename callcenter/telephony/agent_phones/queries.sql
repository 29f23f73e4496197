-- name: phone_of^
select * from agent_phones where staff_id = :staff_id;

-- name: keep_phone!
insert into agent_phones (staff_id, kind, extension) values (:staff_id, :kind, :extension)
on conflict (staff_id) do update set kind = excluded.kind, extension = excluded.extension;

-- name: desk_phones_taken
select extension from agent_phones where extension is not null and staff_id <> :staff_id;

-- name: owner_of_desk_phone$
select staff_id from agent_phones where extension = :extension;
