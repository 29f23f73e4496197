"""On which carriageway: with rising kilometres (up) or against them (down)."""

from callcenter.places.roads.cities import chinese
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.national_roads import NATIONAL_ROADS

_UP_BY_PARITY = {
    # Expressways of two digits, and ordinary roads by their first: 2 north-south, 3 east-west.
    "south": {"south", "southeast", "southwest"},
    "west": {"west", "southwest", "northwest"},
}
_OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
_OUT_OF_BEIJING = {
    "G1": {"north", "east", "northeast"},
    "G2": {"south", "southeast"},
    "G3": {"south"},
    "G4": {"south", "southwest"},
    "G5": {"west", "south", "southwest"},
    "G6": {"west", "northwest", "southwest"},
    "G7": {"west", "northwest"},
}


def sense_of(road: str | None, towards: str | None, origin: str | None = None) -> str | None:
    """Whether `towards` is "up" or "down" on the road with that code; None when nobody can tell.

    A place in the middle of a road lies ahead in both senses: it tells only where water parts the
    road behind it, or with the `origin` of the way.
    """
    if towards in ("up", "down"):
        return towards
    if road is None or towards is None:
        return None
    if towards in _all_compass():
        return _by_compass(road, towards)
    known = EXPRESSWAYS.get(road) or NATIONAL_ROADS.get(road)
    if known is None:
        return None
    place, cities = chinese(towards), known.cities
    if place not in cities:
        return _by_end(road, place)
    begin = chinese(origin) if origin else ""
    if begin in cities and begin != place:
        return "up" if cities.index(place) > cities.index(begin) else "down"
    if any(place == leg[-1] for leg in known.legs):
        return "up"
    return "down" if any(place == leg[0] for leg in known.legs) else None


def ends_of(road: str | None) -> tuple[str, ...]:
    """The two cities that the signs of an expressway name; none where the road is not known."""
    known = EXPRESSWAYS.get(road or "")
    return (known.cities[0], known.cities[-1]) if known and known.cities else ()


def _by_end(road: str, place: str) -> str | None:
    # The far ends behind the ferry or the bridge stand on the signs too.
    return "up" if (road, place) in {("G4", "澳门"), ("G4", "珠海"), ("G3", "台湾")} else None


def _all_compass() -> set[str]:
    return {f"{a}{b}" for a in ("north", "south", "") for b in ("east", "west", "")} - {""}


def _by_compass(road: str, word: str) -> str | None:
    up = _OUT_OF_BEIJING.get(road) or _UP_BY_PARITY.get(_rises(road), set())
    if word in up:
        return "up"
    return "down" if _turned(word) in up else None


def _rises(road: str) -> str:
    """South or west: where the kilometres rise by the rules of numbering; empty for others."""
    number = road[1:]
    if not (road.startswith("G") and number.isdigit()):
        return ""
    if len(number) == 2 and int(number) < 91:
        return "west" if int(number) % 2 == 0 else "south"
    if len(number) == 3:
        return {"2": "south", "3": "west"}.get(number[0], "")
    return ""


def _turned(word: str) -> str:
    for one in ("north", "south"):
        if word.startswith(one):
            rest = word.removeprefix(one)
            return _OPPOSITE[one] + (_OPPOSITE[rest] if rest else "")
    return _OPPOSITE[word]
