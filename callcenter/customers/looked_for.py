"""What somebody at the desk may mean by the few signs he types. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from callcenter.customers.model import plate_of, vin_of
from callcenter.names import key_of
from callcenter.phones import BadPhone, e164, line_of

LAST = "\U0010ffff"
"""Behind every sign there is."""
FEWEST_DIGITS = 4
_PHONE = re.compile(r"\+?[\d\s().\-]+")
_PLATE = re.compile(r"(?=.*[A-Z0-9])[A-Z0-9\u4e00-\u9fff]{2,10}")
_VIN_END = re.compile(r"[A-Z0-9]{4,17}")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]|[^\W\d_].*[^\W_]")


@dataclass(frozen=True)
class Beginning:
    """All texts that begin alike: from `first` on, before `behind`."""

    first: str

    @property
    def behind(self) -> str:
        """What no text that begins so comes after."""
        return self.first + LAST


@dataclass(frozen=True)
class LookedFor:
    """Each reading of what was typed, or None where it cannot be meant so; ends are backwards."""

    name: Beginning | None = None
    phone_end: Beginning | None = None
    plate: Beginning | None = None
    vin_end: Beginning | None = None


def looked_for(typed: str) -> LookedFor:
    """Every way to read it: 8000 ends a number, a VIN or both; wx may be initials or a plate."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    plate, vin, digits = plate_of(plain), vin_of(plain), _phone_end(plain)
    return LookedFor(
        name=Beginning(key_of(plain)) if _NAME.search(plain) else None,
        phone_end=Beginning(digits[::-1]) if len(digits) >= FEWEST_DIGITS else None,
        plate=Beginning(plate) if _PLATE.fullmatch(plate) else None,
        vin_end=Beginning(vin[::-1]) if _VIN_END.fullmatch(vin) else None,
    )


def _phone_end(plain: str) -> str:
    """The digits a number ends with; of a whole one those of its one form."""
    if _PHONE.fullmatch(plain) is None:
        return ""
    try:
        return line_of(e164(plain)).removeprefix("+")
    except BadPhone:
        return re.sub(r"\D", "", plain)
