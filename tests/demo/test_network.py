"""The demo carmaker: stations all over the country, the same at every start, loaded once."""

from callcenter.db.database import Database
from callcenter.demo import load as demo
from callcenter.demo import network, people
from callcenter.hours import check_hours
from callcenter.places.check import check_position
from callcenter.places.distance import distance_m
from callcenter.places.gazetteer import Gazetteer
from callcenter.routing.choose import Need
from callcenter.stations import repository as stations
from callcenter.stations.needs import CarFacts, Fault, needs_of
from callcenter.web import installation


def test_at_least_thirty_provinces_and_sixty_cities(gazetteer: Gazetteer):
    made = [fields for fields, _ in network.stations(gazetteer)]
    assert len({one["province"] for one in made}) >= 30
    assert len({one["city_zh"] for one in made}) >= 60
    assert len({one["code"] for one in made}) == len(made)
    for one in made:
        check_hours(one["rescue_hours"])
        assert check_position(one["lat"], one["lon"], gazetteer).refusal is None


def test_it_is_the_same_at_every_start(gazetteer: Gazetteer):
    assert list(network.stations(gazetteer)) == list(network.stations(gazetteer))
    assert list(people.owners()) == list(people.owners())


async def test_it_is_loaded_once_and_its_sample_call_lies_beside_its_station(
    database: Database, gazetteer: Gazetteer
):
    await database.run(lambda tx: installation.ensure(tx, demo=True))
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        await demo.load(database, gazetteer, lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2], "the progress bar ends"
    first = await demo.credentials(database)
    second = await demo.credentials(database)
    roles = ["agent", "supervisor", "supervisor", "station"]
    assert [one.role for one in first] == roles
    assert all(a.password != b.password for a, b in zip(first, second, strict=True))
    async with database.transaction() as tx:
        (home,) = await stations.listed(tx, limit=5, simulated=False)
        count = await tx.connection.fetchval("select count(*) from stations")
        known = await installation.ensure(tx)
    assert count == len(list(network.stations(gazetteer)))
    assert known.sample_place is not None
    lat, lon = map(float, known.sample_place.split(","))
    assert distance_m((lat, lon), (home.lat, home.lon)) < 5000


def test_a_car_s_weight_and_a_garage_s_height_leave_trucks_out_and_some_in(gazetteer: Gazetteer):
    fleets = [trucks for _, trucks in network.stations(gazetteer)]
    for car, fault in (
        (CarFacts(weight_kg=1900), Fault.ENGINE),
        (CarFacts(weight_kg=8000), Fault.ENGINE),
        (CarFacts(weight_kg=1900, height_limit_cm=200), Fault.FLAT_TYRE),
    ):
        needs = needs_of(fault, car)
        need = Need(
            needs.skills,
            needs.equipment,
            one_of=needs.one_of,
            weight_kg=needs.weight_kg,
            height_limit_cm=needs.height_limit_cm,
        )
        able = [any(need.is_met_by(truck) for truck in trucks) for trucks in fleets]
        assert any(able)
        assert all(able) is (car == CarFacts(weight_kg=1900))
