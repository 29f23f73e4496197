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
    ROAD_POST = "road_post"
    ADDRESS = "address"
    GEOCODER = "geocoder"
    DEMO = "demo"


@dataclass(frozen=True)
class OnRoad:
    """Where on which road, as it was said: `road` a code or, without one, its name; `post_m` metres
    from its start; `towards` a place or a word for the direction; `sense` "up" with rising
    kilometres or "down", None where the words do not tell."""

    road: str
    post_m: int | None = None
    feature: str | None = None
    towards: str | None = None
    sense: str | None = None

    def is_other_carriageway(self, other: "OnRoad") -> bool:
        """Whether both are on one road, and surely on its opposite sides."""
        known = self.sense is not None and other.sense is not None
        return self.road == other.road and known and self.sense != other.sense


@dataclass(frozen=True)
class Position:
    """Degrees WGS-84; `source_datum` is the grid it was given in, before conversion."""

    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime | None
    source: Source
    source_datum: Datum
