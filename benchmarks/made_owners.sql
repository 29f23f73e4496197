-- So many owners ($n), their cars and their past; chances come from one seed. Ids rise, as the product's.
select setseed(0.25);

create function pg_temp.id_of(kind integer, n bigint) returns uuid language sql immutable as $$
    select ('01900000-000' || kind || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
create temp table provinces as
    select row_number() over () as number, code from unnest(string_to_array(
        'LN,JL,HL,BJ,TJ,HE,SX,NM,SH,JS,ZJ,AH,FJ,JX,SD,HA,HB,HN,GD,GX,HI,CQ,SC,GZ,YN,XZ,SN,GS,QH,NX',
        ',')) as code;

insert into stations (id, code, kind, name_zh, name_en, province, city_zh, city_en, address, lat, lon,
    workshop_hours, rescue_hours, duty_phone, skills, simulated)
select pg_temp.id_of(1, s), 'S' || s, 'dealer', '站' || s, 'Station ' || s, 'LN', '沈阳', 'Shenyang', '',
    41.8, 123.4, 'Mo-Sa 08:30-17:30', '24/7', '+8624000000000', '{}', false
from generate_series(1, 120) s;

insert into owners (id, name, language, tier, created_at, province, city, email, birthday_calendar,
    birthday_month, birthday_day, wedding_on, profiling_refused)
select pg_temp.id_of(2, n), '车主' || n, case when random() < 0.97 then 'zh' else 'en' end,
    case when random() < 0.85 then 0 when random() < 0.7 then 1 else 2 end,
    now() - random() * interval '9 years', p.code, p.code || (n % 3),
    case when random() < 0.4 then 'o' || n || '@example.invalid' end,
    case when random() < 0.8 then 'solar' else 'lunar' end, 1 + (random() * 11)::int,
    1 + (random() * 27)::int,
    case when random() < 0.5 then date '2000-01-01' + (random() * 9000)::int end, random() < 0.02
from generate_series(1, $n) n join provinces p on p.number = 1 + n % 30;

insert into contact_points (id, e164)
select pg_temp.id_of(3, n), '+86' || (13000000000 + n) from generate_series(1, $n) n;
insert into owner_contact_points (owner_id, contact_point_id)
select pg_temp.id_of(2, n), pg_temp.id_of(3, n) from generate_series(1, $n) n where random() < 0.99;

insert into owner_reach (owner_id, granted, refused, silent)
select pg_temp.id_of(2, n),
    case when random() < 0.6 then array['marketing:call', 'marketing:text', 'greeting:text']
         else '{}' end,
    case when random() < 0.05 then array['marketing:call'] else '{}' end,
    case when random() < 0.02 then array['call', 'automated_call', 'text'] else '{}' end
from generate_series(1, $n) n;

insert into vehicles (id, vin, plate, model, energy, created_at, delivered_on, gone_on)
select pg_temp.id_of(4, n), 'LSV' || lpad(n::text, 14, '0'),
    substr('辽吉黑京津冀晋蒙沪苏', 1 + (n % 10)::int, 1) || 'A' || lpad((n % 100000)::text, 5, '0'),
    'M' || (n % 12), case when random() < 0.3 then 'electric' else 'petrol' end, now(),
    current_date - (random() * 3000)::int, case when random() < 0.02 then current_date - 30 end
from generate_series(1, $n * 12 / 10) n;
insert into owner_vehicles (owner_id, vehicle_id)
select pg_temp.id_of(2, case when n <= $n then n else 1 + (n::bigint * 7919) % $n end), pg_temp.id_of(4, n)
from generate_series(1, $n * 12 / 10) n;

insert into visits (id, vehicle_id, station_id, visited_on, kind, odometer_km, amount, work_order, source)
select gen_random_uuid(), v.id, pg_temp.id_of(1, 1 + (random() * 119)::int),
    v.delivered_on + ((current_date - v.delivered_on) * random())::int,
    case when random() < 0.75 then 'maintenance' else 'repair' end, 1000, (random() * 3000)::numeric(12, 2),
    'W' || k, 'file'
from vehicles v cross join lateral generate_series(1, (random() * 7.2)::int) k;

insert into due_dates (vehicle_id, next_service, visits, last_visit_on, km_per_day, due_p10, due_p50,
    due_p90, still_ours, because)
select v.id, 'maintenance', 3, null, 40, d.day - 20, d.day, d.day + 25, random(), 'time'
from vehicles v cross join lateral (select current_date + ((random() * 500)::int - 250) as day
                                    where v.id is not null) d;

insert into service_bookings (id, station_id, vehicle_id, starts_at, wanted, source, booked_by)
select gen_random_uuid(), pg_temp.id_of(1, 1), v.id, now() + interval '3 days', 'maintenance', 'desk', 'x'
from vehicles v where random() < 0.01;

insert into tickets (id, number, kind, stage, priority, owner_id, opened_by, opened_at, closed_at)
select gen_random_uuid(), 'B' || n, case when random() < 0.3 then 'complaint' else 'enquiry' end,
    case when random() < 0.95 then 'closed' else 'in_progress' end, 1,
    pg_temp.id_of(2, 1 + (random() * ($n - 1))::int), 'x', now() - random() * interval '700 days',
    now() - random() * interval '100 days'
from generate_series(1, $n / 5) n;

insert into contact_ledger (id, owner_id, channel, purpose, at, state)
select gen_random_uuid(), pg_temp.id_of(2, 1 + (random() * ($n - 1))::int),
    case when random() < 0.7 then 'text' else 'agent_call' end,
    case when random() < 0.5 then 'marketing' else 'contract' end,
    now() - random() * interval '400 days', 'said'
from generate_series(1, $n) n;

insert into audience_cars select * from audience_rows(null);
delete from audience_stale;

insert into campaigns (id, name, kind, purpose, policy, plan, priority, made_by)
values (pg_temp.id_of(5, 1), 'x', 'maintenance', 'contract', 'cn', '{}', 1, 'x');
