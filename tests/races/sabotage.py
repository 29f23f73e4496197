"""Guards taken out of a test database, each as SQL that its owner runs before a control."""

import pytest

NOTHING = "select 1;"
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)

WITHOUT_TICKET_LOCK = """
create or replace function lock_ticket(wanted uuid) returns setof tickets language sql as $$
    select * from tickets where id = wanted
$$;
"""
"""The lock that every verb takes first, without FOR UPDATE."""

WITHOUT_STATION_LOCK = """
alter table stations rename to stations_behind;
create function seen_stations() returns setof stations_behind language sql stable as
    $$ select * from stations_behind $$;
create view stations as select * from seen_stations();
grant select, update on stations to public;
do $do$ declare names text; news text; begin
    select string_agg(quote_ident(attname), ', '), string_agg('new.' || quote_ident(attname), ', ')
        into names, news from pg_attribute
        where attrelid = 'stations_behind'::regclass and attnum > 0 and not attisdropped;
    execute format($f$ create function write_station() returns trigger language plpgsql as $$ begin
        update stations_behind set (%s) = row(%s) where id = old.id;
        return new;
    end $$ $f$, names, news);
end $do$;
create trigger write_station instead of update on stations
    for each row execute function write_station();
"""
"""Stations behind a function: who reads one FOR UPDATE locks nothing."""

WITHOUT_STATION_INDEX = "drop index one_station_per_rescue;"
WITHOUT_TRUCK_INDEX = "drop index one_rescue_per_truck;"

RIVALS_STAY_OPEN = """
create function leave_open() returns trigger language plpgsql as $$ begin
    if new.end_reason = 'taken_by_another' then return null; end if;
    return new;
end $$;
create trigger leave_open before update on offers for each row execute function leave_open();
"""
"""One station has accepted; the offers of the others still wait for an answer."""

NO_OFFER_EXPIRES = """
create function stay_open() returns trigger language plpgsql as $$ begin
    if new.state = 'expired' then return null; end if;
    return new;
end $$;
create trigger stay_open before update on offers for each row execute function stay_open();
"""
"""The clock of an offer runs out, and nothing comes of it."""


KEYS_ARE_FORGOTTEN = """
create function forget_key() returns trigger language plpgsql as
    $$ begin new.key := gen_random_uuid()::text; return new; end $$;
create trigger forget_key before insert on idempotency_keys
    for each row execute function forget_key();
"""
"""What was answered to an Idempotency-Key is not found again."""


def guarded_or_not(*sabotage: str) -> pytest.MarkDecorator:
    """The test as it is, and its control with these guards taken out: `sabotage` is the SQL."""
    return pytest.mark.parametrize(
        "sabotage",
        [
            pytest.param(NOTHING, id="guarded"),
            pytest.param("".join(sabotage), id="control", marks=CONTROL),
        ],
    )
