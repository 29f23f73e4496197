"""The list of stations as a sheet that can be imported again as it is."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from callcenter.db.transaction import Tx
from callcenter.phones import masked
from callcenter.places.provinces import PROVINCES
from callcenter.stations import repository
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.snapshot import snapshot
from callcenter.stations.events import StationsExported
from callcenter.stations.filters import StationFilter
from callcenter.stations.model import Station
from callcenter.web.sheets.export import AT_ONCE, Export, filters_said
from callcenter.web.sheets.write import Cell, written

ALL = StationFilter()


def stations_export(tx: Tx, *, with_phones: bool, query: StationFilter = ALL) -> Export:
    """The stations of these filters."""
    said = filters_said(query, {"search"})
    return Export(
        "stations",
        [column.heading for column in COLUMNS.all],
        _pages(tx, query, with_phones),
        lambda n: StationsExported(stations=n, with_phones=with_phones, filters=said),
    )


async def _pages(
    tx: Tx, query: StationFilter, with_phones: bool
) -> AsyncIterator[list[Sequence[Cell]]]:
    after: str | None = None
    while found := await repository.listed(
        tx, limit=AT_ONCE, after=after, **query.model_dump(mode="json")
    ):
        yield [_cells(station, with_phones) for station in found]
        after = found[-1].code


def template() -> bytes:
    """The headings, and one row as an example."""
    headings, example = COLUMNS.template()
    return written("xlsx", headings, [example])


def _cells(station: Station, with_phones: bool) -> list[Cell]:
    fields = snapshot(station)
    phone = station.duty_phone or ""
    said: dict[str, Cell] = {
        "kind": {"dealer": "服务站", "tow_partner": "拖车公司"}[fields["kind"]],
        "province": PROVINCES[station.province].zh,
        "datum": "WGS84",
        "duty_phone": phone if with_phones or not phone else masked(phone),
        "skills": " ".join(fields["skills"]) or "",
        "brands": "、".join(fields["brands"]),
        "keeps_overnight": "是" if station.keeps_overnight else "否",
        "language": {"zh": "中文", "en": "英文"}[station.language],
        "trucks": "\n".join(_truck(plate, truck) for plate, truck in fields["trucks"].items()),
        "special_days": "\n".join(_day(day) for day in fields["special_days"]),
        "simulated": "是" if station.simulated else "",
    }
    return [
        said[column.field] if column.field in said else fields[column.field] or ""
        for column in COLUMNS.all
    ]


def _truck(plate: str, truck: dict[str, Any]) -> str:
    sizes = [
        f"{truck[n]}{unit}" for n, unit in (("capacity_kg", "kg"), ("height_cm", "cm")) if truck[n]
    ]
    state = [] if truck["in_service"] else ["停用"]
    return " ".join([plate.replace(" ", ""), *truck["equipment"], *sizes, *state])


def _day(day: list[str | None]) -> str:
    first, last, applies_to, hours, reason = day
    which = "" if applies_to == "both" else f" {applies_to}"
    return f"{first}~{last}{which} {hours or 'off'}" + (f" #{reason}" if reason else "")
