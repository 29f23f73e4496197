"""All that a saying comes to here: its position, its road with the carriageway, what is open."""

from dataclasses import dataclass

from callcenter.db.transaction import Tx
from callcenter.places.intake import Intake
from callcenter.places.located import Located, locate
from callcenter.places.model import OnRoad, Source
from callcenter.places.roads.sections import provinces_of
from callcenter.places.roads.sides import is_in_the_middle, on_its_side
from callcenter.places.saying import Saying

BORDER_KM = 30.0
"""So near to a province a post may still be in it: the table of places knows no borders."""


@dataclass(frozen=True)
class Understood:
    """`located` is None where nothing gives a position; `ask`: what is open, as codes."""

    located: Located | None
    on_road: OnRoad | None
    ask: tuple[str, ...]


async def understand(tx: Tx, saying: Saying, intake: Intake) -> Understood:
    """Put a saying on the map, and on the right side of its road as far as both can be known."""
    located, on_road = await locate(tx, saying), saying.on_road
    ask = set(located.ask if located else saying.ask)
    if located and _is_out_of_section(saying, located, intake):
        ask.add("conflict")
    if on_road is not None and is_in_the_middle(on_road):
        exact = located if located and located.source is not Source.ADDRESS else None
        here = (exact.lat, exact.lon) if exact else None
        on_road = await on_its_side(tx, on_road, here, intake.districts)
        # Where even the place on the road is open, the answer to that will tell the side.
        if on_road.sense is None and (exact or on_road.post_m is not None):
            ask.add("direction")
    return Understood(located, on_road, tuple(sorted(ask)))


def _is_out_of_section(saying: Saying, located: Located, intake: Intake) -> bool:
    """Whether a post lies far from the section that was named: 广深 K20 is not the trunk's K20."""
    name = saying.road.name if saying.road else None
    provinces = provinces_of(name)
    if located.source is not Source.ROAD_POST or not provinces:
        return False
    near = intake.gazetteer.largest_within(located.lat, located.lon, BORDER_KM, limit=1000)
    found = {place.province for place in near} | {intake.province_at(located.lat, located.lon)}
    return not provinces & found
