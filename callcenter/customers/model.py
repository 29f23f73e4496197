"""An owner with numbers and cars, and the rules of plates and VINs. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from callcenter.customers.days.model import Birthday

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGN = "A-HJ-NP-Z0-9"
PLATE = re.compile(
    rf"[{_PROVINCE}][A-HJ-Z](?:"
    rf"[{_SIGN}]{{4}}[{_SIGN}挂学警港澳临]"  # the usual, trailers, learners, police
    rf"|[A-HJK][{_SIGN}]\d{{4}}|\d{{5}}[A-HJK]"  # new energy
    rf"|[{_SIGN}]{{5}}[临超])"  # on temporary papers
    rf"|WJ[{_PROVINCE}]?[{_SIGN}]{{5}}"  # the armed police
    r"|[使领]\d{6}|\d{6}[使领]"  # embassies
    rf"|[{_PROVINCE}][A-HJ-Z]\d{{4}}领"  # consulates
    rf"|[军空海北沈兰济南广成][A-Z][{_SIGN}]{{5}}"  # the forces
)
VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_LETTER_VALUES = (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10))
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", _LETTER_VALUES, strict=True))


@dataclass(frozen=True)
class Vehicle:
    """One row of `vehicles`."""

    id: UUID
    vin: str | None
    plate: str | None
    model: str
    energy: str | None
    weight_kg: int | None
    colour: str
    created_at: datetime
    version: int
    delivered_on: date | None = None
    gone_on: date | None = None


@dataclass(frozen=True)
class Owner:
    """One row of `owners` with numbers (E.164) and cars.

    `province` is its code, '' where it is unknown; `zone` an IANA time zone. `tier_set_by`:
    "person" stays as it is, "rule" follows the rules of the tiers.
    """

    id: UUID
    name: str
    language: str
    remark: str
    tier: int
    created_at: datetime
    version: int
    province: str = ""
    city: str = ""
    email: str | None = None
    zone: str = "Asia/Shanghai"
    birthday: Birthday | None = None
    wedding_on: date | None = None
    profiling_refused: bool = False
    tier_set_by: str = "rule"
    phones: tuple[str, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()


def plate_of(text: str) -> str:
    """Upper case, without dots and spaces: how plates are stored and looked up."""
    return re.sub(r"[\s·.\-]", "", text).upper()


def plate_doubt(plate: str) -> str | None:
    """A code for what is doubtful about it, as `plate_of` has it: never a reason to refuse.

    GA 36-2018 and the plates it leaves out: armed police, forces, embassies.
    """
    return None if PLATE.fullmatch(plate) else "plate_form"


def vin_of(text: str) -> str:
    """Upper case, without spaces: how VINs are stored and looked up."""
    return re.sub(r"\s", "", text).upper()


def vin_doubt(vin: str) -> str | None:
    """A code for what is doubtful: never a reason to refuse, one wrong VIN in eleven passes.

    ISO 3779 / GB 16735: no I, O, Q; check digit at position 9.
    """
    if VIN.fullmatch(vin) is None:
        return "vin_form"
    return None if check_digit(vin) == vin[8] else "vin_check_digit"


def check_digit(vin: str) -> str:
    """What position 9 of these 17 signs must be."""
    total = sum((_VALUES.get(c) or int(c)) * w for c, w in zip(vin, _WEIGHTS, strict=True))
    return "0123456789X"[total % 11]
