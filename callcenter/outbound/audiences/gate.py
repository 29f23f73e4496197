"""Who of an audience may be spoken to, as far as it can be said before: consent, silence, caps,
hold-outs. The claim of each touch looks again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.audiences.lots import lots_of, salt_number
from callcenter.outbound.model import Way

EVERY_CAMPAIGN = "held out of all campaigns"
NEVER_HELD_OUT = frozenset({"recall", "complaint_call_back"})
"""Kinds of campaign in which nobody is left without his word, to compare him with others."""


class Standing(StrEnum):
    """How an owner of an audience stands; the first that is true of him, from the top. The first
    four are about his best way, and whoever has no better one is left out of a run."""

    NO_ADDRESS = "no_address"
    SILENT = "silent"
    REFUSED = "refused"
    NO_CONSENT = "no_consent"
    OPEN_CASE = "open_case"
    CAPPED = "capped"
    HELD_OUT_OF_ALL = "held_out_of_all"
    HELD_OUT = "held_out"
    REACHABLE = "reachable"


STANDINGS = tuple(Standing)
"""In the order in which the database numbers them, from 1."""
LEFT_OUT = STANDINGS[:4]
"""These are not in a run; an open case and a cap pass, and are looked at when it is time."""


@dataclass(frozen=True)
class HoldOut:
    """Who is not spoken to, to see whether it helped: percent of all owners, the same in every
    campaign, and percent of this campaign's (`campaign` names it), the same in each of its runs."""

    of_all: float = 0.0
    of_campaign: float = 0.0
    campaign: str = ""

    @property
    def lots(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Salt and number of lots: of all, of this campaign."""
        return (
            (salt_number(EVERY_CAMPAIGN), lots_of(self.of_all)),
            (salt_number(f"held out of {self.campaign}"), lots_of(self.of_campaign)),
        )


NOBODY = HoldOut()


@dataclass(frozen=True)
class Cap:
    """At most so many contacts in so many days, on all ways; for these purposes, or for all."""

    days: int
    most: int
    purposes: frozenset[Purpose] = frozenset()


NEEDS_A_YES = {
    Purpose.SAFETY: frozenset[Way](),
    Purpose.CONTRACT: frozenset[Way](),
    Purpose.SATISFACTION: frozenset({Way.AUTOMATED_CALL}),
    Purpose.MARKETING: frozenset(Way),
    Purpose.GREETING: frozenset({Way.AUTOMATED_CALL, Way.TEXT, Way.EMAIL}),
}
"""Without a policy pack: on which ways an owner must have agreed first. Elsewhere it is enough that
he has not refused."""

CAPPED = frozenset({Purpose.MARKETING, Purpose.GREETING, Purpose.SATISFACTION})
OF_ALL = 5.0
"""Percent of all owners to whom no campaign speaks unless it is for safety."""


def usual_caps(purpose: Purpose) -> tuple[Cap, ...]:
    """Without a policy pack: two in thirty days of what is not owed to an owner."""
    return (Cap(30, 2, CAPPED),) if purpose in CAPPED else ()


@dataclass(frozen=True)
class Gate:
    """What each owner of an audience is asked. `needs_yes`: ways on which silence is no yes."""

    purpose: Purpose
    ways: tuple[Way, ...]
    needs_yes: frozenset[Way]
    caps: tuple[Cap, ...] = ()
    hold_out: HoldOut = NOBODY

    @property
    def waits_for_cases(self) -> bool:
        """Nothing is sold to somebody whose complaint or rescue is open."""
        return self.purpose in (Purpose.MARKETING, Purpose.GREETING)


def gate_of(
    purpose: Purpose,
    ways: Sequence[Way],
    hold_out: HoldOut = NOBODY,
    *,
    needs_yes: frozenset[Way] | None = None,
    caps: Sequence[Cap] = (),
) -> Gate:
    """The gate of a purpose. Of a word about safety nobody is held out, whatever is asked."""
    return Gate(
        purpose,
        tuple(dict.fromkeys(ways)),
        NEEDS_A_YES[purpose] if needs_yes is None else needs_yes,
        tuple(caps),
        NOBODY if purpose is Purpose.SAFETY else hold_out,
    )


def hold_out_of(kind: str, of_all: float, of_campaign: float, campaign: str) -> HoldOut:
    """The hold-out of a campaign of this kind, in percent."""
    return NOBODY if kind in NEVER_HELD_OUT else HoldOut(of_all, of_campaign, campaign)
