"""What the drawing of a rescue is drawn around: the place, the newest one named, or a town."""

from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.places.gazetteer import KnownPlace
from callcenter.places.intake import Intake
from callcenter.places.provinces import PROVINCES
from callcenter.tickets.repository import TicketPlace
from callcenter.web.call import Call


@dataclass(frozen=True)
class Middle:
    """The middle of the drawing, WGS-84; `town` when no more is known than the town."""

    lat: float
    lon: float
    province: str | None
    town: KnownPlace | None = None


def middle_of(
    place: TicketPlace | None, places: Sequence[TicketPlace], town: KnownPlace | None
) -> Middle | None:
    """A town that was asked for, else the place that counts, else the newest one proposed, else the
    newest one of all."""
    if town is not None:
        return Middle(town.lat, town.lon, town.province, town)
    proposed = [one for one in places if one.state == "proposed"]
    shown = place or next(reversed([*places[-1:], *proposed]), None)
    return Middle(shown.lat, shown.lon, shown.province) if shown else None


def towns_named(call: Call, name: str) -> list[KnownPlace]:
    """Towns and districts of this name, the likeliest first."""
    return call.part(Intake).gazetteer.find(name)


def town_words(town: KnownPlace, language: str) -> str:
    """The town with its province: there is more than one Chaoyang."""
    zh = language == "zh"
    name = town.zh if zh and town.zh else town.en
    province = PROVINCES.get(town.province or "")
    if province is None:
        return name
    return f"{name}({province.zh})" if zh else f"{name} ({province.en})"
