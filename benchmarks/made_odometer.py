"""What is written down of a true odometer: slips of the pen, empty fields, wound-back dials."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


@dataclass(frozen=True)
class ReadingFaults:
    """How often: of readings, and of cars."""

    typed_wrong: float = 0.025
    not_typed: float = 0.02
    rounded: float = 0.15
    wound_back: float = 0.015
    dial_changed: float = 0.01


def as_written(
    chance: Generator,
    faults: ReadingFaults,
    car: NDArray[np.int64],
    day: NDArray[np.int64],
    km: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The readings with their faults; nan where nothing was written. Ordered by car and day."""
    km = km + chance.uniform(5, 60, int(car.max()) + 1)[car]
    kinds = chance.random(int(car.max()) + 1)
    when = chance.integers(0, int(day.max()), kinds.size)[car]
    share = chance.uniform(0.3, 0.65, kinds.size)[car]
    back = (kinds < faults.wound_back)[car] & (day > when)
    changed = ((kinds >= faults.wound_back) & (kinds < faults.wound_back + faults.dial_changed))[
        car
    ]
    at_change = np.zeros(kinds.size)
    np.maximum.at(at_change, car, np.where(day <= when, km, 0.0))
    km = np.where(back, km - share * at_change[car], km)
    km = np.where(changed & (day > when), km - at_change[car], km)
    written = np.round(km)
    rounds = chance.random(km.size) < faults.rounded
    written = np.where(rounds, np.round(written, -2), written)
    for at in np.flatnonzero(chance.random(km.size) < faults.typed_wrong):
        written[at] = _slip(chance, int(written[at]))
    written[chance.random(km.size) < faults.not_typed] = np.nan
    return written


def _slip(chance: Generator, km: int) -> float:
    """Two digits in the wrong order, one too few, one too many, one wrong, or kilometres of
    another field."""
    digits = list(str(max(km, 10)))
    at = int(chance.integers(0, len(digits)))
    match int(chance.integers(0, 5)):
        case 0:
            other = max(at - 1, 0)
            digits[at], digits[other] = digits[other], digits[at]
        case 1:
            del digits[at]
        case 2:
            digits.insert(at, str(chance.integers(0, 10)))
        case 3:
            digits[at] = str(chance.integers(0, 10))
        case _:
            return float(chance.integers(0, 1_000))
    return float(int("".join(digits) or "0"))
