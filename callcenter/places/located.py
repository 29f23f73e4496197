"""Where on the map a saying lies: its coordinates, the table of posts, or a district's middle."""

from dataclasses import dataclass

from callcenter.db.transaction import Tx
from callcenter.places.distance import distance_m
from callcenter.places.model import Datum, Source
from callcenter.places.roads.posts import PostFix, feature_fixes, post_fix
from callcenter.places.saying import Saying

ONE_THING_M = 3_000.0
"""Both halves of a service area lie so near each other; farther apart they are two."""

BESIDE_M = 60_000.0
"""A road's post may lie so far outside the district that was named with it: people name the town
they come from."""


@dataclass(frozen=True)
class Located:
    """Degrees in `datum` (None: the text does not tell), how far they may be off in metres, where
    they come from, and what must be asked, as codes."""

    lat: float
    lon: float
    datum: Datum | None
    accuracy_m: float | None
    source: Source
    ask: tuple[str, ...]


async def locate(tx: Tx, saying: Saying) -> Located | None:
    """The most exact position that the words and the loaded posts give; None where they give
    none."""
    if (shared := saying.coordinates) is not None:
        source = Source.SHARE_TEXT if shared.datum else Source.TYPED
        return Located(shared.lat, shared.lon, shared.datum, shared.accuracy_m, source, saying.ask)
    if (fix := await _on_road(tx, saying)) is not None:
        ask = {*saying.ask, *(["conflict"] if _is_elsewhere(saying, fix) else [])}
        return Located(
            fix.lat, fix.lon, Datum.WGS84, fix.accuracy_m, Source.ROAD_POST, tuple(sorted(ask))
        )
    address = saying.address
    if address is None or address.lat is None or address.lon is None:
        return None
    return Located(
        address.lat, address.lon, Datum.WGS84, address.radius_m, Source.ADDRESS, saying.ask
    )


async def _on_road(tx: Tx, saying: Saying) -> PostFix | None:
    here = saying.on_road
    if here is not None and here.post_m is not None:
        return await post_fix(tx, here.road, here.post_m)
    feature = saying.road.feature if saying.road else None
    if feature is None:
        return None
    sense = here.sense if here else None
    found = await feature_fixes(tx, here.road if here else None, feature, sense)
    return found[0][1] if found and _is_one(found) else None


def _is_one(found: list[tuple[str, PostFix]]) -> bool:
    (_, first), *others = found
    here = (first.lat, first.lon)
    return all(distance_m(here, (fix.lat, fix.lon)) <= ONE_THING_M for _, fix in others)


def _is_elsewhere(saying: Saying, fix: PostFix) -> bool:
    """Whether the post lies far outside the place that was named with it."""
    address = saying.address
    if address is None or address.lat is None or address.lon is None:
        return False
    away_m = distance_m((address.lat, address.lon), (fix.lat, fix.lon))
    return away_m > (address.radius_m or 0.0) + BESIDE_M
