"""The plan of a campaign: steps over ways, what follows which outcome, and the words. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from callcenter.outbound.model import Outcome, Way

Percent = Annotated[float, Field(ge=0, le=50)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,30}$")]
MOST_STEPS = 8
MOST_VARIANTS = 24


class PlanModel(BaseModel):
    """Base: what is unknown is refused, a plan once made does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Then(StrEnum):
    """What follows an outcome."""

    RETRY = "retry"
    NEXT = "next"
    END = "end"


class Rule(PlanModel):
    """After this outcome: the same step again, the next step, or nothing more."""

    then: Then
    after_minutes: int = Field(default=0, ge=0, le=60 * 24 * 90)
    at_most: int = Field(default=3, ge=1, le=10, description="attempts of this step in all")
    other_day_part: bool = False


class Pacing(StrEnum):
    """How agents' calls are dialled."""

    PREVIEW = "preview"
    PROGRESSIVE = "progressive"
    PREDICTIVE = "predictive"


class PlanStep(PlanModel):
    """One way to say it. The next step follows `wait_hours` after it was said, unless the owner has
    done meanwhile what the campaign is for."""

    way: Way
    wait_hours: int = Field(default=72, ge=0, le=24 * 90)
    expires_hours: int = Field(default=72, ge=1, le=24 * 90)
    rules: Mapping[Outcome, Rule] = {}
    pacing: Pacing = Pacing.PREVIEW
    leave_message: bool = False
    survey_id: UUID | None = None


class Said(PlanModel):
    """What is said on one way: text, e-mail with its subject, the script of an agent's call, or
    what the voice says before the keys."""

    zh: str = Field(min_length=1, max_length=1500)
    en: str = Field(min_length=1, max_length=1500)
    subject_zh: str = Field(default="", max_length=120)
    subject_en: str = Field(default="", max_length=120)


class Variant(PlanModel):
    """Words for those whom all of its marks fit; an empty mark fits everybody. The first variant
    that fits is taken."""

    code: Code
    tiers: tuple[int, ...] = ()
    models: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    occasions: tuple[Code, ...] = ()
    words: Mapping[Way, Said]

    @property
    def fits_everybody(self) -> bool:
        """It has no mark."""
        return not (self.tiers or self.models or self.provinces or self.occasions)


class Repeat(StrEnum):
    """How often the audience is looked up."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    BY_FACT = "by_fact"


class Plan(PlanModel):
    """All of a campaign that its approval is about."""

    steps: tuple[PlanStep, ...] = Field(min_length=1, max_length=MOST_STEPS)
    variants: tuple[Variant, ...] = Field(min_length=1, max_length=MOST_VARIANTS)
    repeat: Repeat = Repeat.ONCE
    again_after_days: int = Field(default=90, ge=1, le=3650)
    hold_out_percent: Percent = 10
    goal: Outcome = Outcome.BOOKED
    within_days: int = Field(default=30, ge=1, le=365)
    costs: Mapping[Way, Decimal] = {}

    def variant(self, code: str) -> Variant:
        """The variant of this code; raises KeyError."""
        return next(one for one in self.variants if one.code == code)


USUAL: Mapping[Outcome, Rule] = {
    Outcome.BUSY: Rule(then=Then.RETRY, after_minutes=15, at_most=3),
    Outcome.NO_ANSWER: Rule(then=Then.RETRY, after_minutes=180, at_most=3, other_day_part=True),
    Outcome.MACHINE: Rule(then=Then.RETRY, after_minutes=240, at_most=2, other_day_part=True),
    # Who was rung and heard nobody is left alone for three days.
    Outcome.ABANDONED: Rule(then=Then.RETRY, after_minutes=72 * 60, at_most=2),
    Outcome.UNREACHABLE: Rule(then=Then.NEXT),
    Outcome.UNDELIVERED: Rule(then=Then.NEXT),
    Outcome.HUNG_UP: Rule(then=Then.END),
    Outcome.ANSWERED: Rule(then=Then.END),
    Outcome.NOTED: Rule(then=Then.END),
    Outcome.REFUSED: Rule(then=Then.END),
    Outcome.OPTED_OUT: Rule(then=Then.END),
    Outcome.WRONG_NUMBER: Rule(then=Then.END),
    Outcome.CALL_BACK: Rule(then=Then.END),
    Outcome.BOOKED: Rule(then=Then.END),
    Outcome.SURVEY_DONE: Rule(then=Then.END),
}
"""Where a step says nothing else. Delivered and a survey begun decide nothing: the owner has time
until the step's wait is over."""
