"""A policy pack: what may be said to whom, on which way, when and how often. Pure; data decides."""

import itertools
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Way

WHOLE_DAY = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALLS = frozenset({Way.AGENT_CALL, Way.AUTOMATED_CALL})
TEXTS = frozenset({Way.TEXT, Way.EMAIL})


class Basis(StrEnum):
    """On what ground an owner is spoken to. Silence on a whole channel goes over each of them."""

    ALWAYS = "always"
    UNLESS_REFUSED = "unless_refused"
    CONSENT = "consent"


def _minutes(span: object) -> object:
    """ "09:00-12:00" as minutes since 00:00; anything else is left for pydantic to refuse."""
    if not isinstance(span, str):
        return span
    begin, _, end = span.partition("-")
    return tuple(int(hour) * 60 + int(minute) for hour, minute in _clocks(begin, end))


def _clocks(*clocks: str) -> list[tuple[str, str]]:
    parts = [clock.split(":") for clock in clocks]
    if any(len(part) != 2 for part in parts):
        raise ValueError("a window is written as 09:00-12:00")
    return [(part[0], part[1]) for part in parts]


def _in_order(span: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= span[0] < span[1] <= WHOLE_DAY:
        raise ValueError("a window ends behind its beginning, and on the same day")
    return span


Window = Annotated[tuple[int, int], BeforeValidator(_minutes)]
"""Allowed from and until, minutes of the local day; the end itself is outside."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hours(_Data):
    """When it is allowed, by the wall clock of the owner's zone."""

    mon: tuple[Window, ...]
    tue: tuple[Window, ...]
    wed: tuple[Window, ...]
    thu: tuple[Window, ...]
    fri: tuple[Window, ...]
    sat: tuple[Window, ...]
    sun: tuple[Window, ...]
    holiday: tuple[Window, ...]

    @model_validator(mode="after")
    def _each_in_order(self) -> Self:
        for day in (*WEEKDAYS, "holiday"):
            windows: tuple[Window, ...] = getattr(self, day)
            for window in windows:
                _in_order(window)
            if any(one[1] > two[0] for one, two in itertools.pairwise(windows)):
                raise ValueError("the windows of a day follow each other")
        if not any(getattr(self, day) for day in WEEKDAYS):
            raise ValueError("hours that never open")
        return self


class Rule(_Data):
    """Of one purpose on one way. `hours`: the name of the pack's hours; none: at any time."""

    basis: Basis
    hours: str | None


class Cap(_Data):
    """At most `contacts` within any `days` days, over all campaigns and all `ways`."""

    purposes: frozenset[Purpose]
    """Held back by it, and counted; all others are exempt."""
    ways: frozenset[Way] = frozenset(Way)
    contacts: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=1, le=400)]

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.days)


class Hold(_Data):
    """While an owner has such a ticket open, these purposes wait; what follows up that very ticket
    does not. `until`: the stage from which on it no longer holds."""

    ticket: Literal["complaint", "rescue", "technical", "part_order"]
    until: Literal["resolved", "closed"]
    purposes: frozenset[Purpose]
    look_again_min: Annotated[int, Field(ge=1)] = 360


class Abandoned(_Data):
    """Calls that were answered when no agent was free. `ceiling`: their share of answered calls,
    within `over_h` hours."""

    ceiling: Annotated[float, Field(gt=0, lt=1)]
    over_h: Annotated[int, Field(ge=1)]
    connect_within_s: Annotated[float, Field(gt=0)]
    ring_at_least_s: Annotated[float, Field(ge=0)]
    say_who_called: bool
    no_redial_h: Annotated[int, Field(ge=0)]
    """Without an agent who waits for it."""


class Text(_Data):
    """What a text message or e-mail must carry."""

    purposes: frozenset[Purpose]
    sender_named: bool
    sender_reachable: bool
    opt_out_told: bool


class Retention(_Data):
    """So long proofs are to be kept, in days. Told to people; nothing is deleted by it yet."""

    consent_days: Annotated[int, Field(ge=1)]
    contact_days: Annotated[int, Field(ge=1)]
    recording_days: Annotated[int, Field(ge=1)]


class Pack(_Data):
    """One version of the rules of one place."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,10}$")]
    version: Annotated[str, Field(min_length=1, max_length=20)]
    name_zh: str
    name_en: str
    valid_from: date
    needs_legal_review: bool
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    zone: str
    """Of owners whose zone is not known."""
    holidays: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    """Country whose public holidays count; none: they are not told apart."""
    hours: dict[str, Hours]
    rules: dict[Purpose, dict[Way, Rule]]
    caps: tuple[Cap, ...]
    holds: tuple[Hold, ...]
    abandoned: Abandoned
    texts: Text
    retention: Retention

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for purpose in Purpose:
            missing = set(Way) - self.rules.get(purpose, {}).keys()
            if missing:
                raise ValueError(f"{purpose} says nothing of {sorted(missing)}")
        named = {rule.hours for rules in self.rules.values() for rule in rules.values()}
        if named - {None} - self.hours.keys():
            raise ValueError("a rule names hours that are not there")
        return self

    def rule(self, purpose: Purpose, way: Way) -> Rule:
        return self.rules[purpose][way]
