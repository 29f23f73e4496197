-- name: put_posts!
-- Many at once; the last of several with one key counts, which the caller sees to.
insert into road_posts (road, metres, feature, sense, lat, lon, accuracy_m)
select * from unnest(:road::text[], :metres::integer[], :feature::text[], :sense::text[],
                     :lat::double precision[], :lon::double precision[],
                     :accuracy_m::double precision[])
on conflict (road, metres, feature, sense)
do update set lat = excluded.lat, lon = excluded.lon, accuracy_m = excluded.accuracy_m;

-- name: posts_around
-- The nearest posts on either side of a kilometre, itself included.
(select 'before' as side, metres, lat, lon, accuracy_m from road_posts
 where road = :road and metres <= :metres
 order by metres desc limit 1)
union all
(select 'behind', metres, lat, lon, accuracy_m from road_posts
 where road = :road and metres >= :metres
 order by metres limit 1);

-- name: post_nearest^
-- The post of a road that stands nearest to a point, by degrees: good enough to tell which.
select metres, lat, lon from road_posts
where road = :road
order by (lat - :lat) ^ 2 + ((lon - :lon) * cos(radians(:lat))) ^ 2, metres limit 1;

-- name: features_called
-- A thing of a road by its name; where each carriageway has its own, both.
select road, metres, feature, sense, lat, lon, accuracy_m from road_posts
where feature = :feature and feature <> '' and (:road::text is null or road = :road)
order by road, metres limit 20;

-- name: entries_below^
-- The last toll gate or interchange before a kilometre, with rising kilometres.
select metres, feature from road_posts
where road = :road and metres <= :metres and sense <> 'down'
  and feature <> '' and feature ~ :kinds
order by metres desc limit 1;

-- name: entries_above^
-- The same against them.
select metres, feature from road_posts
where road = :road and metres >= :metres and sense <> 'up'
  and feature <> '' and feature ~ :kinds
order by metres limit 1;

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
