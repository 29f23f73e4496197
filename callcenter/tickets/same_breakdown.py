"""Whether two rescues may be about one breakdown: a score with its reasons. Pure.

By the car, else by the phone, else by place and time; what is known to differ speaks against it.
It only proposes. A person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callcenter.places.distance import distance_m

NEAR_M = 500.0
NEAR_IN_TIME = timedelta(minutes=30)
FAR_M = 5000.0
"""The same telephone so far away is about another car: a family, a fleet."""
PHONE_HOLDS = timedelta(hours=12)
CAR_HOLDS = timedelta(hours=24)
PROPOSED_FROM = 0.5


class Sign(StrEnum):
    """What speaks for one breakdown, or against it."""

    SAME_CAR = "same_car"
    SAME_PLATE = "same_plate"
    SAME_PHONE = "same_phone"
    NEAR = "near"
    SAME_MODEL = "same_model"
    OTHER_CAR = "other_car"
    OTHER_PLATE = "other_plate"
    OTHER_MODEL = "other_model"
    OTHER_CARRIAGEWAY = "other_carriageway"
    FAR_APART = "far_apart"


@dataclass(frozen=True)
class Report:
    """What is known of one rescue; empty where nothing is.

    `plate` and `vin` as customers/model.py stores them; `places` (lat, lon) in WGS-84: the one
    that counts, else all that were named; `towards` the carriageway's direction as a code.
    """

    at: datetime
    vin: str = ""
    plate: str = ""
    model: str = ""
    phones: frozenset[str] = frozenset()
    places: tuple[tuple[float, float], ...] = ()
    road: str = ""
    towards: str = ""


@dataclass(frozen=True)
class Likeness:
    """How alike two reports are: 0 to 1, with all that speaks for and against it.

    `metres` between the places, None where one has none; `apart` between the reports.
    """

    score: float
    signs: tuple[Sign, ...]
    metres: float | None
    apart: timedelta

    @property
    def is_proposed(self) -> bool:
        """Whether a person should look at it."""
        return self.score >= PROPOSED_FROM


def compare(one: Report, other: Report) -> Likeness:
    """How alike they are; symmetrical."""
    metres = _metres(one.places, other.places)
    apart = abs(one.at - other.at)
    signs = frozenset((*_signs_of_car(one, other), *_signs_of_place(one, other, metres, apart)))
    score = _score(signs, metres, apart)
    return Likeness(score, tuple(sign for sign in Sign if sign in signs), metres, apart)


def _score(signs: frozenset[Sign], metres: float | None, apart: timedelta) -> float:
    """The car outweighs the phone, the phone the place; within 0.5 to 1 the nearer is more."""
    if Sign.OTHER_CAR in signs or (Sign.OTHER_PLATE in signs and Sign.SAME_CAR not in signs):
        return 0.0
    if signs & {Sign.SAME_CAR, Sign.SAME_PLATE}:
        return 1.0 if apart <= CAR_HOLDS else 0.0
    if signs & {Sign.OTHER_MODEL, Sign.OTHER_CARRIAGEWAY}:
        return 0.0
    if Sign.SAME_PHONE in signs and Sign.FAR_APART not in signs and apart <= PHONE_HOLDS:
        return 0.9 if Sign.NEAR in signs else 0.8
    if Sign.NEAR not in signs or metres is None:
        return 0.0
    fresh = 1 - apart / NEAR_IN_TIME
    return 0.5 + 0.1 * (1 - metres / NEAR_M) + 0.1 * fresh + 0.05 * (Sign.SAME_MODEL in signs)


def _signs_of_car(one: Report, other: Report) -> Iterable[Sign]:
    if one.vin and other.vin:
        yield Sign.SAME_CAR if one.vin == other.vin else Sign.OTHER_CAR
    if one.plate and other.plate:
        yield Sign.SAME_PLATE if one.plate == other.plate else Sign.OTHER_PLATE
    if one.model and other.model:
        yield Sign.SAME_MODEL if _same_model(one.model, other.model) else Sign.OTHER_MODEL


def _signs_of_place(
    one: Report, other: Report, metres: float | None, apart: timedelta
) -> Iterable[Sign]:
    if one.phones & other.phones:
        yield Sign.SAME_PHONE
    if metres is not None and metres <= NEAR_M and apart <= NEAR_IN_TIME:
        yield Sign.NEAR
    if metres is not None and metres > FAR_M:
        yield Sign.FAR_APART
    if one.towards and other.towards and one.towards != other.towards and _same_road(one, other):
        yield Sign.OTHER_CARRIAGEWAY


def _same_road(one: Report, other: Report) -> bool:
    """On different roads a direction says nothing; a road that was not told may be the same."""
    return not one.road or not other.road or one.road == other.road


def _same_model(one: str, other: str) -> bool:
    """Said shorter or longer, as people do: "Brilliance V5" and "V5" are the same."""
    a, b = (re.sub(r"[\s\-·]", "", model).casefold() for model in (one, other))
    return a in b or b in a


def _metres(
    ones: Iterable[tuple[float, float]], others: tuple[tuple[float, float], ...]
) -> float | None:
    found = [distance_m(one, other) for one in ones for other in others]
    return min(found) if found else None
