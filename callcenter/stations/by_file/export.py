"""The list of stations as a sheet that can be imported again as it is."""

import asyncio
from typing import Any

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.phones import masked
from callcenter.places.provinces import PROVINCES
from callcenter.stations import repository
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.snapshot import snapshot
from callcenter.stations.events import StationsExported
from callcenter.stations.model import Station
from callcenter.web.sheets.write import Cell, Format, written

AT_ONCE = 500


async def export_stations(
    tx: Tx, actor: str, how: Format, *, with_phones: bool, **filters: Any
) -> tuple[bytes, int]:
    """The file, and how many stations it holds; the export is recorded."""
    rows: list[list[Cell]] = []
    after: str | None = None
    while found := await repository.listed(tx, limit=AT_ONCE, after=after, **filters):
        rows += [_cells(station, with_phones) for station in found]
        after = found[-1].code
    fact = StationsExported(stations=len(rows), with_phones=with_phones)
    await record(tx, fact, actor=actor)
    headings = [column.heading for column in COLUMNS]
    return await asyncio.to_thread(written, how, headings, rows), len(rows)


def template() -> bytes:
    """The headings, and one row as an example."""
    headings = [column.heading for column in COLUMNS if not column.read_only]
    example = [column.example for column in COLUMNS if not column.read_only]
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
        "trucks": "\n".join(_truck(plate, truck) for plate, truck in fields["trucks"].items()),
        "special_days": "\n".join(_day(day) for day in fields["special_days"]),
        "simulated": "是" if station.simulated else "",
    }
    return [
        said[column.field] if column.field in said else fields[column.field] or ""
        for column in COLUMNS
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
