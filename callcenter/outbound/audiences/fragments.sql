-- What each condition asks. c is a row of audience_cars.
-- test: true or not of this row. set: ids it is true of, with the fact; its key is said behind it.
-- fact: what lies behind a test. Rows are reckoned for audience_day; visits of a car in the last 12, 24
-- and 36 months, and its last visit of each kind, stand on it.

-- test: always
true

-- test: tier
c.tier = any(:any_of::smallint[])
-- fact: tier
c.tier

-- test: province
c.province = any(:any_of::text[])
-- fact: province
c.province

-- test: city
c.city = any(:any_of::text[])
-- fact: city
c.city

-- test: language
c.language = :language::text
-- fact: language
c.language

-- test: birthday
c.birthday = any(:days::smallint[])
-- fact: birthday
c.birthday

-- test: wedding_day
c.wedding_day = any(:days::smallint[]) and c.wedding_on < :today::date
-- fact: wedding_day
c.wedding_on

-- test: email
c.has_email

-- test: profiling_refused
c.profiling_refused

-- test: share
(uuid_hash_extended(c.owner_id, :salt::bigint) & 1048575) < :limit::bigint

-- test: model
c.model = any(:any_of::text[])
-- fact: model
c.model

-- test: energy
c.energy = any(:any_of::text[])
-- fact: energy
c.energy

-- test: plate
c.plate_sign = any(:any_of::text[])
-- fact: plate
c.plate_sign

-- test: car_age
c.delivered_on <= :latest::date and (:after::date is null or c.delivered_on > :after::date)
-- fact: car_age
c.delivered_on

-- test: delivery_day
c.delivery_day = any(:days::smallint[]) and c.delivered_on < :today::date
-- fact: delivery_day
c.delivered_on

-- test: due
c.due_p50 between :first::date and :last::date
-- fact: due
c.due_p50

-- test: due_passed_p10
c.due_p10 <= :limit::date
-- fact: due_passed_p10
c.due_p10

-- test: due_passed_p50
c.due_p50 <= :limit::date
-- fact: due_passed_p50
c.due_p50

-- test: due_passed_p90
c.due_p90 <= :limit::date
-- fact: due_passed_p90
c.due_p90

-- test: still_ours
c.still_ours >= :at_least::real
-- fact: still_ours
round(c.still_ours::numeric, 2)

-- test: came
c.last_visit_on is not null
-- fact: came
c.last_visit_on

-- test: last_visit_since
c.last_visit_on >= :limit::date
-- fact: last_visit_since
c.last_visit_on

-- test: last_visit_before
c.last_visit_on < :limit::date
-- fact: last_visit_before
c.last_visit_on

-- test: came_of_kinds
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end) is not null
-- fact: came_of_kinds
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end)

-- test: last_of_kinds_since
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end) >= :limit::date
-- fact: last_of_kinds_since
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end)

-- test: last_of_kinds_before
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end) < :limit::date
-- fact: last_of_kinds_before
greatest(case when :first_service::boolean then c.last_first_service_on end,
         case when :maintenance::boolean then c.last_maintenance_on end,
         case when :repair::boolean then c.last_repair_on end,
         case when :accident::boolean then c.last_accident_on end,
         case when :recall::boolean then c.last_recall_on end)

-- test: visits_12
c.visits_12 >= :number::bigint
-- fact: visits_12
c.visits_12

-- test: paid_12
c.paid_12 >= :number::bigint
-- fact: paid_12
round(c.paid_12 / 100.0, 2)

-- test: visits_24
c.visits_24 >= :number::bigint
-- fact: visits_24
c.visits_24

-- test: paid_24
c.paid_24 >= :number::bigint
-- fact: paid_24
round(c.paid_24 / 100.0, 2)

-- test: visits_36
c.visits_36 >= :number::bigint
-- fact: visits_36
c.visits_36

-- test: paid_36
c.paid_36 >= :number::bigint
-- fact: paid_36
round(c.paid_36 / 100.0, 2)

-- set: booking of c.vehicle_id
select vehicle_id as id, (starts_at at time zone 'Asia/Shanghai')::date as fact
from service_bookings
where state = 'booked' and (cardinality(:kinds::text[]) = 0 or wanted = any(:kinds::text[]))

-- set: visits_ever of c.vehicle_id
select vehicle_id as id, visited_on as fact from visits
where (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))
  and (cardinality(:stations::uuid[]) = 0 or station_id = any(:stations::uuid[]))

-- set: visits_before of c.vehicle_id
select vehicle_id as id, visited_on as fact from visits
where visited_on < :limit::date
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))
  and (cardinality(:stations::uuid[]) = 0 or station_id = any(:stations::uuid[]))

-- set: visits_since of c.vehicle_id
select vehicle_id as id, visited_on as fact from visits
where visited_on >= :limit::date
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))
  and (cardinality(:stations::uuid[]) = 0 or station_id = any(:stations::uuid[]))

-- set: visit_count of c.vehicle_id
select vehicle_id as id, count(*) as fact from visits
where visited_on > :after::date
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))
  and (cardinality(:stations::uuid[]) = 0 or station_id = any(:stations::uuid[]))
group by vehicle_id having count(*) >= :number::bigint

-- set: visit_amount of c.vehicle_id
select vehicle_id as id, sum(amount) as fact from visits
where visited_on > :after::date
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))
  and (cardinality(:stations::uuid[]) = 0 or station_id = any(:stations::uuid[]))
group by vehicle_id having sum(amount) * 100 >= :number::bigint

-- set: ticket_opened of c.owner_id
select owner_id as id, (opened_at at time zone 'Asia/Shanghai')::date as fact from tickets
where owner_id is not null and not drill and opened_at >= :since::timestamptz
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))

-- set: ticket_closed of c.owner_id
select owner_id as id, (closed_at at time zone 'Asia/Shanghai')::date as fact from tickets
where owner_id is not null and not drill and closed_at >= :since::timestamptz
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))

-- set: open_ticket of c.owner_id
select owner_id as id, (opened_at at time zone 'Asia/Shanghai')::date as fact from tickets
where owner_id is not null and not drill
  and stage not in ('resolved', 'closed', 'cancelled', 'merged')
  and (cardinality(:kinds::text[]) = 0 or kind = any(:kinds::text[]))

-- set: rating of c.owner_id
select t.owner_id as id, r.score as fact from ticket_ratings r join tickets t on t.id = r.ticket_id
where t.owner_id is not null and r.score <= :at_most::smallint and r.rated_at >= :since::timestamptz

-- set: contact of c.owner_id
select owner_id as id, (at at time zone 'Asia/Shanghai')::date as fact from contact_ledger
where at >= :since::timestamptz and state <> 'void'
  and (:campaign::uuid is null or campaign_id = :campaign::uuid)
  and (cardinality(:outcomes::text[]) = 0 or outcome = any(:outcomes::text[]))

-- set: promise of c.owner_id
select owner_id as id, (coalesce(settled_at, promised_at) at time zone 'Asia/Shanghai')::date as fact
from promised_calls
where state = :state::text and coalesce(settled_at, promised_at) >= :since::timestamptz
