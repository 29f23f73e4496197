"""The operator's table of kilometre posts: where a post, a toll gate, a service area stands."""

from dataclasses import dataclass, fields
from typing import Any

from callcenter.db.transaction import Tx
from callcenter.places.model import OnRoad
from callcenter.places.repository import SQL

WIDEST_GAP_M = 20_000
"""Between posts farther apart than this nothing is said: a road bends."""

BEND = 0.1
"""How far a road strays from the straight line between two posts, as a share of their distance:
half a circle's height over a chord of a tenth of its circumference, generous for an expressway."""

ENTRY = "收费站|互通|枢纽|入口|出口"


@dataclass(frozen=True)
class RoadPost:
    """A row of `road_posts`; WGS-84 degrees, `sense` empty where it holds for both carriageways."""

    road: str
    metres: int
    lat: float
    lon: float
    accuracy_m: float
    feature: str = ""
    sense: str = ""


@dataclass(frozen=True)
class PostFix:
    """Where a post stands: on the table, or between two of its posts, with the uncertainty."""

    lat: float
    lon: float
    accuracy_m: float
    metres: int


@dataclass(frozen=True)
class WayIn:
    """Where a truck enters the right carriageway, and how far it then drives, in metres."""

    feature: str
    drive_m: int


async def put_posts(tx: Tx, posts: list[RoadPost]) -> None:
    """Add posts; one that is there already gets its new position, of two the last counts."""
    last = {(post.road, post.metres, post.feature, post.sense): post for post in posts}
    columns = {
        field.name: [getattr(post, field.name) for post in last.values()]
        for field in fields(RoadPost)
    }
    await SQL.put_posts(tx.connection, **columns)


async def post_fix(tx: Tx, road: str, metres: int) -> PostFix | None:
    """Where that kilometre lies; None where the table holds no posts near enough to it."""
    rows = await SQL.posts_around(tx.connection, road=road, metres=metres)
    sides = {row["side"]: row for row in rows}
    before, behind = sides.get("before"), sides.get("behind")
    if exact := next((row for row in rows if row["metres"] == metres), None):
        return PostFix(exact["lat"], exact["lon"], exact["accuracy_m"], metres)
    if before is None or behind is None or behind["metres"] - before["metres"] > WIDEST_GAP_M:
        return None
    return _between(before, behind, metres)


def _between(before: Any, behind: Any, metres: int) -> PostFix:
    gap = behind["metres"] - before["metres"]
    share = (metres - before["metres"]) / gap
    nearest_m = gap * min(share, 1 - share)
    return PostFix(
        lat=before["lat"] + share * (behind["lat"] - before["lat"]),
        lon=before["lon"] + share * (behind["lon"] - before["lon"]),
        accuracy_m=max(before["accuracy_m"], behind["accuracy_m"]) + BEND * 2 * nearest_m,
        metres=metres,
    )


async def feature_fixes(
    tx: Tx, road: str | None, feature: str, sense: str | None
) -> list[tuple[str, PostFix]]:
    """Roads and places of the thing so called; those of the other carriageway left out."""
    rows = await SQL.features_called(tx.connection, road=road, feature=feature)
    return [
        (row["road"], PostFix(row["lat"], row["lon"], row["accuracy_m"], row["metres"]))
        for row in rows
        if sense is None or row["sense"] in ("", sense)
    ]


async def way_in(tx: Tx, on_road: OnRoad) -> WayIn | None:
    """The last toll gate or interchange before the car, in its own direction; None where the
    table, the kilometre or the direction does not tell."""
    if on_road.post_m is None or on_road.sense is None:
        return None
    ask = SQL.entries_below if on_road.sense == "up" else SQL.entries_above
    row = await ask(tx.connection, road=on_road.road, metres=on_road.post_m, kinds=ENTRY)
    return WayIn(row["feature"], abs(on_road.post_m - row["metres"])) if row else None
