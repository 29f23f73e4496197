"""The maker's service plan as data: kilometres and months, by model and by energy. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from callcenter.outbound.due.history import Floats

DAYS_A_MONTH = 30.4375
MOST_DAYS_OF_HALF_YEARS = 270.0
Km = Annotated[int, Field(ge=1_000, le=100_000)]
Months = Annotated[int, Field(ge=1, le=60)]
Energy = Literal["petrol", "diesel", "hybrid", "plug_in_hybrid", "electric"]


class Interval(BaseModel):
    """From a service to the next, whichever is reached first; the first from the delivery."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    km: Km = 10_000
    months: Months = 12
    first_km: Km = 5_000
    first_months: Months = 6


class ServicePlans(BaseModel):
    """A model's own interval, else its energy's, else the usual one."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    usual: Interval = Interval()
    by_energy: dict[Energy, Interval] = Field(default_factory=dict)
    by_model: dict[Annotated[str, Field(min_length=1, max_length=80)], Interval] = Field(
        default_factory=dict, max_length=1_000
    )

    def interval(self, model: str, energy: str | None) -> Interval:
        """What holds for this car."""
        if model in self.by_model:
            return self.by_model[model]
        return next((one for of, one in self.by_energy.items() if of == energy), self.usual)


@dataclass(frozen=True)
class Intervals:
    """Intervals of many cars: km and days, regular and first."""

    km: Floats
    days: Floats
    first_km: Floats
    first_days: Floats

    @property
    def calendar(self) -> Floats:
        """Days between the visits of who comes by the season: half a year where the plan wants one
        as often, else a year, also where the plan would leave the car for two."""
        return np.where(self.days <= MOST_DAYS_OF_HALF_YEARS, 182.6, 365.25)


def intervals(plans: ServicePlans, cars: Sequence[tuple[str, str | None]]) -> Intervals:
    """Of each (model, energy)."""
    known: dict[tuple[str, str | None], Interval] = {}
    for car in cars:
        if car not in known:
            known[car] = plans.interval(*car)
    each = [known[car] for car in cars]
    return Intervals(
        km=np.array([one.km for one in each], float),
        days=np.array([one.months * DAYS_A_MONTH for one in each], float),
        first_km=np.array([one.first_km for one in each], float),
        first_days=np.array([one.first_months * DAYS_A_MONTH for one in each], float),
    )
