"""An address that words alone leave coarse is looked up by the worker, and only proposed."""

from pathlib import Path
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import GeocodingSettings
from tests.places.geocoder_server import serving
from tests.service import eventually, open_rescue, running


def feature(lat: float, lon: float, street: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"name": street, "osm_value": "house", "type": "house"},
    }


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
async def test_what_a_geocoder_finds_is_proposed_and_of_several_nobody_guesses(
    database: Database, intake: Intake, tables: Path, several: bool
):
    async with serving() as server:
        found = [feature(41.80, 123.43, "东望街39号")]
        if several:
            found.append(feature(41.90, 123.60, "东望街39号"))
        server.body = {"type": "FeatureCollection", "features": found}
        geocoding = GeocodingSettings(provider="photon", domain=server.domain, scheme="http")
        async with running(database, intake, geocoding=geocoding, data_dir=tables) as service:
            agent = await service.agent()
            ticket_id = (await open_rescue(agent, danger=several))["id"]
            text = {"text": "沈阳市大东区东望街39号"}
            said = await agent.post(f"/api/v1/tickets/{ticket_id}/sayings", text)
            assert said["place"]["source"] == "address"

            async def looked_up() -> Any:
                page = await agent.get(f"/api/v1/tickets/{ticket_id}/places")
                places = [p for p in page["items"] if p["source"] == "geocoder"]
                return places if len(places) == len(found) else None

            places = await eventually(looked_up)
    assert {p["state"] for p in places} == {"proposed"}, "a person decides"
    assert {p["province"] for p in places} == {"LN"}, "the neighbours' rung goes by it"
    assert all(("ask_which" in p["doubts"]) == several for p in places)


async def test_what_is_found_at_sea_is_doubtful_as_from_anybody(
    database: Database, intake: Intake, tables: Path
):
    async with serving() as server:
        found = [feature(39.0, 120.0, "东望街39号"), feature(48.8, 2.3, "Rue 39")]
        server.body = {"type": "FeatureCollection", "features": found}
        geocoding = GeocodingSettings(provider="photon", domain=server.domain, scheme="http")
        async with running(database, intake, geocoding=geocoding, data_dir=tables) as service:
            agent = await service.agent()
            ticket_id = (await open_rescue(agent))["id"]
            text = {"text": "沈阳市大东区东望街39号"}
            await agent.post(f"/api/v1/tickets/{ticket_id}/sayings", text)

            async def looked_up() -> Any:
                page = await agent.get(f"/api/v1/tickets/{ticket_id}/places")
                return [p for p in page["items"] if p["source"] == "geocoder"]

            (place,) = await eventually(looked_up)
    assert set(place["doubts"]) == {"ask_which", "nowhere"}
