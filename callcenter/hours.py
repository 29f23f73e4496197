"""Opening rules in OSM syntax ("Mo-Fr 08:00-18:00", "24/7"), in China's zone. Pure."""

import functools
from datetime import datetime

from opening_hours import OpeningHours
from opening_hours.opening_hours import ParserError

from callcenter.clock import CHINA
from callcenter.errors import CallCenterError


class BadHours(CallCenterError):
    """The rule cannot be read."""

    code = "hours_unreadable"
    status = 422
    message_zh = "营业时间“{rule}”看不懂。例:Mo-Fr 08:00-18:00; Sa 09:00-17:00,或 24/7。"
    message_en = 'Opening hours "{rule}" cannot be read. Example: Mo-Fr 08:00-18:00, or 24/7.'


@functools.lru_cache(maxsize=4096)
def _parsed(rule: str) -> OpeningHours:
    try:
        return OpeningHours(rule, timezone=CHINA)
    except ParserError:
        raise BadHours(rule=rule) from None


def check_hours(rule: str) -> str:
    """The rule as it is; raises BadHours."""
    _parsed(rule)
    return rule


def is_open(rule: str, at: datetime) -> bool:
    """Whether the rule is open at a moment (with its zone); hours over midnight count."""
    return bool(_parsed(rule).is_open(at.astimezone(CHINA)))


def next_change(rule: str, at: datetime) -> datetime | None:
    """When it opens or closes next; None when never ("24/7")."""
    change: datetime | None = _parsed(rule).next_change(at.astimezone(CHINA))
    return change
