"""Travel times from a real Valhalla, on a map that is drawn, built and served here.

A motorway from south to north, its carriageways 80 m apart, with three interchanges; a road
crosses at each on a bridge. Beside it a road that nothing leads to, and empty country.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from callcenter.places.travel.router import Point, travel_seconds
from callcenter.places.travel.valhalla import Valhalla

if sys.version_info < (3, 12):
    pytest.skip(
        "NOT RUN against a real Valhalla: its wheel needs Python 3.12 or newer",
        allow_module_level=True,
    )
osmium = pytest.importorskip("osmium", reason="no osmium wheel for this machine")
valhalla = pytest.importorskip("valhalla", reason="no pyvalhalla wheel for this machine")

NORTHBOUND, SOUTHBOUND = 123.4005, 123.3995
INTERCHANGES = (41.6, 41.8, 42.0)
CAR = (41.85, NORTHBOUND)
ACROSS = (41.85, SOUTHBOUND)
MIDDLE = (41.8, 123.43)
SOUTH = (41.6, 123.43)
ISLAND = (41.91, 123.6)
FIELD = (41.85, 123.45)
WILDERNESS = (43.5, 123.45)
STARTED_S = 30
ASKED_S = 30.0

Drawn = tuple[list[Point], dict[str, str]]


def drawn() -> Iterable[Drawn]:
    """Every way with its tags; ways meet where they share a point."""
    motorway = {"highway": "motorway", "oneway": "yes", "ref": "G15"}
    yield [(lat, NORTHBOUND) for lat in (41.5, *INTERCHANGES, 42.1)], motorway
    yield [(lat, SOUTHBOUND) for lat in (42.1, *reversed(INTERCHANGES), 41.5)], motorway
    link = {"highway": "motorway_link", "oneway": "yes"}
    for lat in INTERCHANGES:
        west, east = (lat, 123.39), (lat, 123.41)
        crossing = [(lat, 123.3), west, east, (lat, 123.5)]
        yield crossing, {"highway": "secondary", "bridge": "yes", "layer": "1"}
        for carriageway, side in (((lat, NORTHBOUND), east), ((lat, SOUTHBOUND), west)):
            yield [carriageway, side], link
            yield [side, carriageway], link
    yield [(41.9, 123.6), (41.92, 123.6)], {"highway": "secondary"}


def write_map(file: Path) -> None:
    """The ways as OpenStreetMap keeps them."""
    ways = list(drawn())
    numbers = {point: at for at, point in enumerate({p for way, _ in ways for p in way}, start=1)}
    with osmium.SimpleWriter(str(file)) as out:
        for (lat, lon), number in numbers.items():
            out.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat)))
        for number, (points, tags) in enumerate(ways, start=1):
            nodes = [numbers[point] for point in points]
            out.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))


def write_settings(folder: Path, port: int) -> Path:
    """Valhalla's own, with this folder for its tiles and its pipes, and loopback only."""
    (folder / "tiles").mkdir()
    settings = valhalla.get_config(tile_extract="", tile_dir=folder / "tiles", verbose=True)
    settings["mjolnir"]["concurrency"] = 1
    text = json.dumps(settings).replace("ipc:///tmp/", f"ipc://{folder}/")
    file = folder / "valhalla.json"
    file.write_text(text.replace("tcp://*:8002", f"tcp://127.0.0.1:{port}"))
    return file


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def router() -> Iterator[Valhalla]:
    """Ours, asking an engine that has read the map."""
    programs = valhalla.PYVALHALLA_DIR / "bin"
    # Not pytest's folder: the path of a pipe has room for 107 bytes.
    with tempfile.TemporaryDirectory(prefix="cc-vh-") as name:
        folder, port = Path(name), free_port()
        write_map(folder / "map.osm.pbf")
        settings = write_settings(folder, port)
        with open(folder / "log", "wb") as log:
            build = [programs / "valhalla_build_tiles", "-c", settings, folder / "map.osm.pbf"]
            subprocess.run(build, check=True, stdout=log, stderr=log)
            serve = [programs / "valhalla_service", settings, "1"]
            service = subprocess.Popen(serve, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, service)
            yield Valhalla(url)
        finally:
            # Asked to end, it would first let its callers go for half a minute.
            service.kill()
            service.wait()


def wait_for(url: str, service: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    ends = time.monotonic() + STARTED_S
    while True:
        try:
            urllib.request.urlopen(f"{url}/status", timeout=STARTED_S).close()
            return
        except OSError:
            assert service.poll() is None, "it ended"
            assert time.monotonic() < ends, "it does not answer"
            time.sleep(0.02)


async def seconds(router: Valhalla, here: Point, *origins: Point) -> list[float | None]:
    return await travel_seconds(router, here, origins, within_s=ASKED_S)


async def test_one_call_measures_every_station(router: Valhalla) -> None:
    middle, south, middle_too = await seconds(router, CAR, MIDDLE, SOUTH, MIDDLE)
    assert middle is not None
    assert south is not None
    # 8 and 30 km of road: at 30 to 130 km/h.
    assert 8 / 130 < middle / 3600 < 8 / 30
    assert 30 / 130 < south / 3600 < 30 / 30
    assert middle_too == middle


async def test_the_other_carriageway_takes_longer(router: Valhalla) -> None:
    (near,) = await seconds(router, CAR, MIDDLE)
    (across,) = await seconds(router, ACROSS, MIDDLE)
    assert near is not None
    assert across is not None
    # Up to the next interchange, 17 km farther on, and back.
    assert across > near + 30 / 130 * 3600


async def test_where_no_road_leads_nothing_is_known(router: Valhalla) -> None:
    island, middle = await seconds(router, CAR, ISLAND, MIDDLE)
    assert island is None
    assert middle is not None
    assert await seconds(router, ISLAND, MIDDLE, SOUTH) == [None, None]


async def test_a_station_kilometres_from_every_road_is_not_believed(router: Valhalla) -> None:
    field, middle = await seconds(router, CAR, FIELD, MIDDLE)
    assert field is None
    assert middle is not None


async def test_a_car_kilometres_from_every_road_makes_all_unknown(router: Valhalla) -> None:
    assert await seconds(router, FIELD, MIDDLE, SOUTH) == [None, None]


async def test_a_point_off_the_map_is_refused_and_the_distance_decides(router: Valhalla) -> None:
    assert await seconds(router, CAR, WILDERNESS, MIDDLE) == [None, None]
    assert await seconds(router, WILDERNESS, MIDDLE) == [None]


async def test_twenty_stations_are_one_call(router: Valhalla) -> None:
    told = await seconds(router, CAR, *[MIDDLE, SOUTH] * 10)
    assert len(told) == 20
    assert None not in told
