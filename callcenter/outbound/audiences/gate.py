"""Who of an audience may be spoken to, as far as it can be said before: by the policy pack's
consents, caps and holds, by silence, by hold-outs. The claim of each touch looks again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.audiences.lots import lots_of, salt_number
from callcenter.outbound.model import Way
from callcenter.outbound.policies.model import Basis, Cap, Hold, Pack

EVERY_CAMPAIGN = "held out of all campaigns"


class Standing(StrEnum):
    """How an owner of an audience stands; the first that is true of him, from the top. The first
    five leave him out of a run: four are about his best way, one about how he was chosen."""

    NO_ADDRESS = "no_address"
    SILENT = "silent"
    REFUSED = "refused"
    NO_CONSENT = "no_consent"
    PROFILING_REFUSED = "profiling_refused"
    HELD_OUT_OF_ALL = "held_out_of_all"
    HELD_OUT = "held_out"
    OPEN_CASE = "open_case"
    CAPPED = "capped"
    REACHABLE = "reachable"


STANDINGS = tuple(Standing)
"""In the order in which the database numbers them, from 1."""
LEFT_OUT = STANDINGS[:5]
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
class Gate:
    """What each owner of an audience is asked. `always`: ways on which no word of his is against
    it; `needs_yes`: ways on which silence is no yes."""

    purpose: Purpose
    ways: tuple[Way, ...]
    always: frozenset[Way] = frozenset()
    needs_yes: frozenset[Way] = frozenset()
    caps: tuple[Cap, ...] = ()
    holds: tuple[Hold, ...] = ()
    hold_out: HoldOut = NOBODY

    @property
    def heeds_profiling(self) -> bool:
        """Whether who wants nothing chosen from his habits is left out of what is chosen so: of
        everything but what is for his safety, which he must hear whoever finds him."""
        return self.purpose is not Purpose.SAFETY


def gate_of(
    policy: Pack, purpose: Purpose, ways: Sequence[Way], hold_out: HoldOut = NOBODY
) -> Gate:
    """The gate of a purpose on these ways, for the preview as for the run. Of a word about safety
    nobody is held out, whatever is asked. A cap of some ways only counts where all of these are."""
    basis = {way: policy.rule(purpose, way).basis for way in ways}
    return Gate(
        purpose,
        tuple(basis),
        always=frozenset(way for way in basis if basis[way] is Basis.ALWAYS),
        needs_yes=frozenset(way for way in basis if basis[way] is Basis.CONSENT),
        caps=tuple(
            cap for cap in policy.caps if purpose in cap.purposes and basis.keys() <= cap.ways
        ),
        holds=tuple(hold for hold in policy.holds if purpose in hold.purposes),
        hold_out=NOBODY if purpose is Purpose.SAFETY else hold_out,
    )
