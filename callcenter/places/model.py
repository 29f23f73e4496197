"""A position: WGS-84, with where it came from, how exact it is and when it was fixed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Datum(StrEnum):
    """Which grid coordinates are in. Chinese maps shift: GCJ-02 (AMap, Tencent), BD-09 (Baidu)."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Source(StrEnum):
    """Who or what named the position."""

    AGENT_PIN = "agent_pin"
    TYPED = "typed"
    LINK_FIX = "link_fix"
    SHARE_TEXT = "share_text"
    TRUCK = "truck"
    DEMO = "demo"


@dataclass(frozen=True)
class Position:
    """Degrees WGS-84; `source_datum` is the grid it was given in, before conversion."""

    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime | None
    source: Source
    source_datum: Datum
