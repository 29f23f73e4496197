"""Loads the demo into an empty database, makes its log-ins and its sample call."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from geopy.distance import geodesic

from callcenter.calls import samples
from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.demo import care, network, people, posts, surveys
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.roads.posts import put_posts
from callcenter.staff import repository as staff_rows
from callcenter.staff import service as staff
from callcenter.stations import repository as station_rows
from callcenter.stations import service as stations
from callcenter.stations.model import Station
from callcenter.web import installation

ACTOR = "demo"
Progress = Callable[[str, int, int], None]

LOG_INS = (
    ("agent", "客服坐席", "Call agent"),
    ("supervisor", "值班主管", "Supervisor"),
    ("supervisor2", "另一位主管", "A second supervisor, who approves what the first hands in"),
    ("station", "服务站", "Service station"),
)


@dataclass(frozen=True)
class Credential:
    """A log-in made at this moment; the password is shown once and kept nowhere."""

    role: str
    login: str
    password: str
    zh: str
    en: str


async def load(database: Database, gazetteer: Gazetteer, progress: Progress) -> None:
    """Stations, trucks, owners and cars; does nothing when there are stations already."""
    async with database.transaction() as tx:
        if await station_rows.listed(tx, limit=1):
            return
        await add_network(tx, gazetteer, progress)
        await _add_owners(tx, progress)


async def _add_owners(tx: Tx, progress: Progress) -> None:
    added = []
    for done, (name, phones, car) in enumerate(people.owners(), start=1):
        owner = await customers.add_owner(tx, ACTOR, name=name, phones=phones)
        vehicle = await customers.add_vehicle(tx, ACTOR, car)
        added.append(await customers.link_vehicle(tx, ACTOR, owner.id, vehicle.id))
        progress("owners", done, people.OWNERS)
    stations = await station_rows.listed(tx, limit=30)
    await care.add_care(tx, added, [one.id for one in stations])
    await surveys.add_surveys(tx, ACTOR, added)


async def add_network(tx: Tx, gazetteer: Gazetteer, progress: Progress) -> None:
    """Stations with their trucks, the posts of some roads, and the sample call beside home."""
    rows = list(network.stations(gazetteer))
    for done, (fields, trucks) in enumerate(rows, start=1):
        station = await stations.add_station(tx, ACTOR, fields)
        for number, truck in enumerate(trucks, start=1):
            await stations.add_truck(
                tx,
                ACTOR,
                station.id,
                plate=f"{station.code}-{number}",
                equipment=[one.value for one in truck.equipment],
                capacity_kg=truck.capacity_kg,
                height_cm=truck.height_cm,
            )
        progress("stations", done, len(rows))
    await put_posts(tx, posts.road_posts(gazetteer))
    await installation.keep_sample_call(tx, samples.SAMPLE_CALLER, _sample_place(await _home(tx)))


async def credentials(database: Database) -> list[Credential]:
    """Log-ins of an agent, two supervisors and a station, with passwords made now."""
    async with database.transaction() as tx:
        return await make_log_ins(tx)


async def make_log_ins(tx: Tx) -> list[Credential]:
    """As `credentials`, in a transaction that is open."""
    made = []
    home = await _home(tx)
    for login, zh, en in LOG_INS:
        role = login.rstrip("2")
        password = secrets.token_urlsafe(9)
        station = home if role == "station" else None
        if await staff_rows.find_login(tx, login) is None:
            await staff.create_staff(
                tx,
                login=login,
                name=zh,
                role=role,
                password=password,
                station_id=station.id if station else None,
            )
        else:
            await staff.set_password(tx, login, password)
        where = (station.name_zh, station.name_en) if station else (zh, en)
        made.append(Credential(role, login, password, *where))
    return made


def _sample_place(home: Station) -> str:
    """Three kilometres from the station whose log-in is printed, as a caller's phone shows it."""
    lat, lon, _ = geodesic(kilometers=3).destination((home.lat, home.lon), bearing=60)
    return f"{lat:.5f}, {lon:.5f}"


async def _home(tx: Tx) -> Station:
    """The station that people answer."""
    found = await station_rows.listed(tx, limit=1, simulated=False)
    return found[0]
