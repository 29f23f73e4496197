"""Consents on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from callcenter.customers.consents.model import Channel, Evidence, Purpose, Reach, SilenceReason
from callcenter.customers.consents.service import Proof
from callcenter.web.wire import Moment, WireModel


class WordDraft(WireModel):
    """What an owner has said, and by what it can be proved.

    With purposes: he agrees to them on these channels (`granted`), or takes that back. Without:
    it is about the channels as such: not granted, he wants to hear nothing there, whatever it is
    about; granted, that is over, and what he had agreed to before does not come back. Whatever was
    said later counts, by `said_at` (now, where it is not given). `reason` is of a silence.
    """

    granted: bool
    purposes: list[Purpose] = Field(max_length=len(Purpose))
    channels: list[Channel] = Field(min_length=1, max_length=len(Channel))
    evidence: Evidence
    reference: Annotated[str, Field(max_length=200)] = ""
    said_at: Moment | None = None
    reason: SilenceReason | None = None

    @model_validator(mode="after")
    def _reason_is_of_a_silence(self) -> Self:
        if self.reason is not None and (self.granted or self.purposes):
            raise ValueError("a reason belongs to channels on which nothing is wanted")
        return self

    def proof(self) -> Proof:
        """As the service takes it."""
        return Proof(self.evidence, self.reference.strip(), self.said_at)


class WordOut(WireModel):
    """One word as it was taken in."""

    granted: bool
    purpose: Purpose | None
    channel: Channel
    evidence: Evidence
    reference: str
    reason: SilenceReason | None
    said_at: datetime
    recorded_at: datetime
    recorded_by_name: str | None


class ReachOut(WireModel):
    """His words as they stand, as "purpose:channel"; what is in neither list he has not spoken of.
    `silent`: channels on which he wants to hear nothing."""

    granted: list[str]
    refused: list[str]
    silent: list[Channel]
    silent_at: datetime | None


class ConsentsOut(WireModel):
    """How an owner may be contacted, and every word of his, the latest first."""

    reach: ReachOut
    words: list[WordOut]


def reach_out(reach: Reach) -> ReachOut:
    """How he may be contacted, on the wire."""
    return ReachOut(
        granted=sorted(reach.granted),
        refused=sorted(reach.refused),
        silent=[Channel(one) for one in sorted(reach.silent)],
        silent_at=reach.silent_at,
    )


def word_out(row: Any, names: Mapping[str, str]) -> WordOut:
    """A row of `consents`; `names`: of those who took words in."""
    return WordOut(
        granted=row["granted"],
        purpose=row["purpose"] and Purpose(row["purpose"]),
        channel=Channel(row["channel"]),
        evidence=Evidence(row["evidence"]),
        reference=row["reference"],
        reason=row["reason"] and SilenceReason(row["reason"]),
        said_at=row["said_at"],
        recorded_at=row["recorded_at"],
        recorded_by_name=names.get(row["recorded_by"]),
    )
