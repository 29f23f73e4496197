-- name: geocode_answer$
select answer::text from geocode_answers
where provider = :provider and asked = :asked and at > now() - make_interval(days => :days);

-- name: keep_geocode_answer!
insert into geocode_answers (provider, asked, answer) values (:provider, :asked, :answer::jsonb)
on conflict (provider, asked) do update set answer = excluded.answer, at = now();

-- name: forget_geocode_answers!
-- A few at a time: nobody waits for it.
delete from geocode_answers where (provider, asked) in (
    select provider, asked from geocode_answers
    where at < now() - make_interval(days => :days)
    order by at limit 100 for update skip locked);
