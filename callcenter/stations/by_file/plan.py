"""What becomes of each row of a file, before anything is written. Pure but for the map's table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from callcenter.errors import CallCenterError
from callcenter.ids import new_id
from callcenter.phones import BadPhone, e164, masked
from callcenter.places.datum import to_wgs84
from callcenter.places.intake import Intake
from callcenter.places.model import Datum
from callcenter.stations.by_file import words
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.snapshot import Snapshot, changed_fields
from callcenter.stations.place import province_after_move, province_of
from callcenter.web.sheets import cell_words
from callcenter.web.sheets.cell_words import Unclear

UNDONE = "导入已撤销 import undone"
"""Why a station is suspended whose import was undone; imported again, it is asked again."""

NEW: Snapshot = {
    **{"kind": "dealer", "name_en": "", "city_zh": "", "city_en": "", "address": ""},
    **{"workshop_hours": "Mo-Sa 08:30-17:30", "rescue_hours": "24/7", "duty_phone": None},
    **{"skills": [], "brands": [], "keeps_overnight": False, "language": "zh", "suspended": None},
    **{"trucks": {}, "special_days": []},
}
SAME_DEGREES = 1e-7
LENGTHS = {"name_zh": 80, "name_en": 80, "city_zh": 60, "city_en": 60, "address": 200}
VALUES: dict[str, Callable[[str], Any]] = {
    "kind": words.kind,
    "province": words.province,
    "lat": words.degrees,
    "lon": words.degrees,
    "datum": words.datum,
    "workshop_hours": words.hours,
    "rescue_hours": words.hours,
    "skills": words.skills,
    "brands": words.brands,
    "keeps_overnight": cell_words.yes_or_no,
    "language": cell_words.language,
    "trucks": words.trucks,
    "special_days": words.special_days,
}


@dataclass
class Planned:
    """A row's outcome: `before` None for a new station, `after` None when it is refused."""

    code: str
    before: Snapshot | None
    after: Snapshot | None = None
    reasons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """added, changed, unchanged or refused."""
        if self.after is None:
            return "refused"
        if self.before is None:
            return "added"
        return "unchanged" if self.before == self.after else "changed"


class Plan:
    """Plans row after row; knows the stations that are there, and whose each plate is."""

    def __init__(
        self, intake: Intake, there: Mapping[str, Snapshot], plates: Mapping[str, str]
    ) -> None:
        self.intake = intake
        self.there = there
        self.plates = dict(plates)
        self.seen: set[str] = set()

    def row(self, cells: Mapping[str, str]) -> Planned:
        """The outcome of one row's cells by field; empty cells leave what is there."""
        code = cells["code"].strip().upper()
        planned = Planned(code, self.there.get(code))
        try:
            self._check_code(code)
            given = _values(cells, planned)
            if not planned.reasons:
                planned.after = self._after(planned, given)
        except Unclear as why:
            planned.reasons.append((why.zh, why.en))
        except CallCenterError as refusal:
            planned.reasons.append((refusal.message("zh"), refusal.message("en")))
        return planned

    def _check_code(self, code: str) -> None:
        if not code or len(code) > 20 or not code.isascii() or set(code) - _CODE_SIGNS:
            raise Unclear(
                "编号应为 1 到 20 位字母、数字或 -",
                "the code must be 1 to 20 letters, digits or -",
            )
        if code in self.seen:
            raise Unclear("编号在文件里出现了两次", "the code stands in the file twice")
        self.seen.add(code)

    def _after(self, planned: Planned, given: dict[str, Any]) -> Snapshot:
        before = planned.before
        after = {**(before or {**NEW, "id": str(new_id()), "code": planned.code})}
        if before is None and not {"name_zh", "lat", "lon"} <= given.keys():
            raise Unclear(
                "新服务站要有中文名称、纬度和经度",
                "a new station needs its Chinese name, latitude and longitude",
            )
        if before and given.get("kind", before["kind"]) != before["kind"]:
            raise Unclear("类型不能更改", "the kind cannot be changed")
        after |= {name: given[name] for name in given if name not in ("datum", "trucks")}
        after["name_en"] = after["name_en"] or after["name_zh"]
        after["suspended"] = None if after["suspended"] == UNDONE else after["suspended"]
        self._place(before, after, given)
        if "trucks" in given:
            after["trucks"] = self._trucks(planned.code, after["trucks"], given["trucks"])
        return after

    def _place(self, before: Snapshot | None, after: Snapshot, given: dict[str, Any]) -> None:
        if given.keys() & {"lat", "lon"}:
            after["lat"], after["lon"] = to_wgs84(
                after["lat"], after["lon"], given.get("datum", Datum.WGS84)
            )
        if before and all(abs(before[x] - after[x]) < SAME_DEGREES for x in ("lat", "lon")):
            after |= {"lat": before["lat"], "lon": before["lon"]}
            if before["province"] == after["province"]:
                return
        if before and "province" not in given:
            after["province"] = province_after_move(
                self.intake, after["lat"], after["lon"], before["province"]
            )
            return
        after["province"] = province_of(
            self.intake, after["lat"], after["lon"], given.get("province")
        )

    def _trucks(self, code: str, there: Any, named: dict[str, Any]) -> dict[str, Any]:
        """Those named as they are named; those not named go out of service."""
        by_plate = {_plate(plate): plate for plate in there}
        trucks = {plate: truck | {"in_service": False} for plate, truck in there.items()}
        for written, truck in named.items():
            plate = by_plate.get(_plate(written), written)
            owner = self.plates.get(_plate(plate), code)
            if truck["in_service"] and owner != code:
                raise Unclear(
                    f"车牌 {written} 属于服务站 {owner}",
                    f"the plate {written} belongs to station {owner}",
                )
            identity = there[plate]["id"] if plate in there else str(new_id())
            trucks[plate] = {"id": identity, **truck}
        self.plates |= {_plate(plate): code for plate in named if named[plate]["in_service"]}
        return trucks


_CODE_SIGNS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


def _plate(plate: str) -> str:
    return "".join(sign for sign in plate if sign not in " \t\n·.-").upper()


def _values(cells: Mapping[str, str], planned: Planned) -> dict[str, Any]:
    """The cells that say something; what is wrong with each goes to the reasons."""
    given: dict[str, Any] = {}
    for name, text in cells.items():
        if not text.strip() or name == "code" or COLUMNS.by_field[name].read_only:
            continue
        try:
            given[name] = _value(name, text.strip(), planned.before)
        except Unclear as why:
            column = COLUMNS.by_field[name]
            planned.reasons.append((f"{column.zh}:{why.zh}", f"{column.en}: {why.en}"))
    return given


def _value(name: str, text: str, before: Snapshot | None) -> Any:
    if name in VALUES:
        return VALUES[name](text)
    if name == "duty_phone":
        return _phone(text, before["duty_phone"] if before else None)
    if len(text) > LENGTHS[name]:
        raise Unclear(f"最多 {LENGTHS[name]} 字", f"at most {LENGTHS[name]} characters")
    return text


def _phone(text: str, now: str | None) -> str:
    # An export masks the number for who need not see it: it comes back unchanged.
    if now and text in (now, masked(now)):
        return now
    try:
        return e164(text)
    except BadPhone as refusal:
        raise Unclear.because(refusal) from None


def fields_changed(planned: Planned) -> list[str]:
    """Of a changed station."""
    assert planned.before
    assert planned.after
    return changed_fields(planned.before, planned.after)
