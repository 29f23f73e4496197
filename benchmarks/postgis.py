"""PostGIS on Debian's PostgreSQL 15: the same stations and filters, as one exact statement.

Three ways. PLAIN is what PostGIS itself offers for an exact order: ST_Distance on the spheroid of
all that pass. (Its KNN operator orders by the sphere.) WITH_OUR_PROOF takes our proof over to it:
KNN over the index gives the fifth that passes, and all that pass within the proof radius are
measured; as the planner comes to it, and with the planner bound to one walk of the index, planned
once: the best that could be done with it.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from callcenter.places.nearest import PROOF

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/postgis.control")
PACKAGES = "postgresql-15 postgresql-15-postgis-3"
USER = "postgres"
START_WITHIN_S = 20
OPTIONS = ("listen_addresses=", "jit=off", "shared_buffers=1GB", "fsync=on")

TABLES = """
create extension postgis;
create table stations (id uuid primary key, place geography(point, 4326), skills text[],
                       suspended boolean, is_partner boolean);
create table duty (station_id uuid primary key references stations, opens int, closes int);
create table trucks (id int primary key, station_id uuid references stations, equipment text[],
                     is_free boolean);
"""
INDEXES = """
create index on stations using gist (place);
create index on trucks (station_id);
"""
ABLE = """
select s.id, s.place from stations s join duty d on d.station_id = s.id
where s.skills @> $3 and not s.suspended and not s.is_partner
  and d.opens <= $5 and d.closes > $5
  and exists (select from trucks t where t.station_id = s.id and t.is_free and t.equipment && $4)
"""
HERE = "st_point($1, $2)::geography"
WITH_OUR_PROOF = f"""
with fifth as materialized (
    select max(away) as away
    from (select place <-> {HERE} as away from ({ABLE}) able order by 1 limit 5) near)
select id, st_distance(place, {HERE}) as metres from ({ABLE}) able
where st_dwithin(place, {HERE}, (select away from fifth) * {PROOF}, false)
order by metres, id limit 5
"""

PLAIN = f"""
select id, st_distance(place, {HERE}) as metres from ({ABLE}) able order by metres, id limit 5
"""

AS_IT_COMES = "reset enable_sort; reset enable_seqscan; reset plan_cache_mode"
PLANNER_BOUND = (
    "set enable_sort = off; set enable_seqscan = off; set plan_cache_mode = force_generic_plan"
)


def is_installed() -> bool:
    """Whether Debian's packages are here."""
    return (PROGRAMS / "postgres").exists() and EXTENSION.exists()


@contextlib.asynccontextmanager
async def postgis() -> AsyncIterator[asyncpg.Connection]:
    """A connection to a server of its own in a folder that is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="cc-gis-"))
    # PostgreSQL refuses root: as root it runs as Debian's own user, who owns this folder only.
    user = USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    data = folder / "data"
    initdb = [str(PROGRAMS / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8"]
    options = [word for option in OPTIONS for word in ("-c", option)]
    server = [str(PROGRAMS / "postgres"), "-D", str(data), "-k", str(folder), *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    how: dict[str, Any] = {"cwd": folder, "user": user, "group": user, "extra_groups": []}
    how = how if user else {"cwd": folder}
    child = None
    try:
        await asyncio.to_thread(subprocess.run, initdb, check=True, **quiet, **how)
        child = subprocess.Popen(server, **quiet, **how)
        connection = await _connected(folder)
        try:
            yield connection
        finally:
            await connection.close()
    finally:
        if child is not None:
            child.terminate()
            await asyncio.to_thread(child.wait, START_WITHIN_S)
        shutil.rmtree(folder)


async def fill(connection: asyncpg.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """The stations: id, lat, lon, skills, opens, closes (minutes), suspended, is_partner, and
    `trucks` as (equipment, is_free)."""
    await connection.execute(TABLES)
    await connection.execute(
        "create temp table given (id uuid, lat float8, lon float8, skills text[],"
        " suspended boolean, is_partner boolean)"
    )
    await connection.copy_records_to_table(
        "given",
        records=[
            (
                r["id"],
                r["lat"],
                r["lon"],
                r["skills"],
                r["suspended"],
                r["is_partner"],
            )
            for r in rows
        ],
    )
    await connection.execute(
        "insert into stations select id, st_point(lon, lat)::geography, skills, suspended,"
        " is_partner from given"
    )
    duty = [(r["id"], r["opens"], r["closes"]) for r in rows]
    await connection.copy_records_to_table("duty", records=duty)
    trucks = [(r["id"], equipment, is_free) for r in rows for equipment, is_free in r["trucks"]]
    await connection.copy_records_to_table(
        "trucks",
        records=[
            (number, station_id, equipment, is_free)
            for number, (station_id, equipment, is_free) in enumerate(trucks)
        ],
    )
    await connection.execute(INDEXES)
    await connection.execute("vacuum analyze")


async def _connected(folder: Path) -> asyncpg.Connection:
    give_up = asyncio.get_running_loop().time() + START_WITHIN_S
    while True:
        try:
            return await asyncpg.connect(user=USER, database="postgres", host=str(folder))
        except (OSError, asyncpg.CannotConnectNowError):
            if asyncio.get_running_loop().time() > give_up:
                raise
            await asyncio.sleep(0.1)
