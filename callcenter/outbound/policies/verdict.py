"""May this touch be, now? All that is asked of an owner's words, hours, caps and holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from callcenter.customers.consents.model import Purpose, code_of
from callcenter.outbound.model import NEEDS_CONSENT_FOR, Outcome, Way
from callcenter.outbound.policies.hours import Opens
from callcenter.outbound.policies.model import CALLS, Basis, Cap, Hold, Pack

LOOK_AGAIN_AFTER_PAUSE = timedelta(hours=1)
"""Only for who was being judged when it was resumed: the others are woken."""
OVER = frozenset({"closed", "cancelled", "merged"})


NOT_REACHED = frozenset({Outcome.BUSY, Outcome.NO_ANSWER, Outcome.UNREACHABLE, Outcome.UNDELIVERED})
"""He has heard nothing: how often it is tried the step's rules say, and no cap counts it."""


class May(StrEnum):
    """What a verdict comes to."""

    NOW = "now"
    LATER = "later"
    NEVER = "never"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Why(StrEnum):
    """The reason of a verdict that is not NOW; stored with the touch."""

    EXPIRED = "expired"
    CAMPAIGN_OVER = "campaign_over"
    PAUSED = "paused"
    SILENT = "silent"
    REFUSED = "refused"
    NO_CONSENT = "no_consent"
    PROFILING_REFUSED = "profiling_refused"
    OUTSIDE_HOURS = "outside_hours"
    CAP = "cap"
    HELD = "held"
    ABANDONED_LATELY = "abandoned_lately"
    POLICY_UNKNOWN = "policy_unknown"
    CLAIM_LAPSED = "claim_lapsed"
    NO_WORDS = "no_words"
    BOOKED = "booked"
    CAME = "came"
    CAR_GONE = "car_gone"
    CAR_NOT_HIS = "car_not_his"
    SURVEY_NOT_OPEN = "survey_not_open"
    RUN_OVER = "run_over"


class Contact(NamedTuple):
    """One of the owner's contacts that are not void: reserved, said or unknown."""

    at: datetime
    purpose: str
    way: str
    outcome: str | None = None


class OpenTicket(NamedTuple):
    """One of the owner's tickets that is not over."""

    id: UUID
    kind: str
    stage: str


class Asked(NamedTuple):
    """A touch, and how its owner stands at this moment; read under the owner's lock. `promised`: he
    asked to be called, and was told that he will be; `asks_anew`: behind every no of his."""

    way: Way
    purpose: Purpose
    campaign_state: str
    expires_at: datetime
    ticket_id: UUID | None
    promised: bool
    zone: str
    granted: Sequence[str]
    refused: Sequence[str]
    silent: Sequence[str]
    contacts: Sequence[Contact]
    tickets: Sequence[OpenTicket]
    against_habits: bool = False
    """He was chosen by his habits, and wants nothing chosen so."""
    asks_anew: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`until`: when it is to be asked again."""

    may: May
    why: Why | None = None
    until: datetime | None = None


NOW = Verdict(May.NOW)


def verdict(pack: Pack, asked: Asked, at: datetime, opens: Opens | None = None) -> Verdict:
    """The first thing that stands against it, the final ones first. One that has to wait waits no
    longer than it lives. `opens`: for a batch, which asks the same again and again.

    A call that was promised is held by neither caps nor open tickets: he waits for it.
    """
    found = (
        _of_campaign(asked, at)
        or _of_his_words(pack, asked)
        or (None if asked.promised else _of_what_was(pack, asked, at))
        or _of_hours(pack, asked, at, opens or Opens(at))
        or NOW
    )
    if found.until is not None and found.until > asked.expires_at:
        return Verdict(found.may, found.why, asked.expires_at)
    return found


def longest_window(packs: Sequence[Pack]) -> timedelta:
    """How far back contacts matter to any of them."""
    caps = [cap.window for pack in packs for cap in pack.caps]
    redials = [timedelta(hours=pack.abandoned.no_redial_h) for pack in packs]
    return max([timedelta(0), *caps, *redials])


def _of_what_was(pack: Pack, asked: Asked, at: datetime) -> Verdict | None:
    return (
        _of_his_habits(asked)
        or _of_tickets(pack, asked, at)
        or _of_caps(pack, asked, at)
        or _of_abandoned(pack, asked, at)
    )


def _of_campaign(asked: Asked, at: datetime) -> Verdict | None:
    outlives = asked.promised and asked.campaign_state == "over"
    if asked.campaign_state in ("stopped", "over") and not outlives:
        # Before its time is asked: what has expired would be followed by the next way.
        return Verdict(May.WITHDRAWN, Why.CAMPAIGN_OVER)
    if at >= asked.expires_at:
        return Verdict(May.EXPIRED, Why.EXPIRED)
    if outlives:
        return None
    if asked.campaign_state != "running":
        return Verdict(May.LATER, Why.PAUSED, at + LOOK_AGAIN_AFTER_PAUSE)
    return None


def _of_his_words(pack: Pack, asked: Asked) -> Verdict | None:
    """Silence on a channel is about all purposes but his safety; a "no" beats a "yes"."""
    channel = NEEDS_CONSENT_FOR[asked.way]
    basis = pack.rule(asked.purpose, asked.way).basis
    if basis is Basis.ALWAYS or asked.asks_anew:
        return None
    if channel in asked.silent:
        return Verdict(May.NEVER, Why.SILENT)
    code = code_of(asked.purpose, channel)
    if code in asked.refused:
        return Verdict(May.NEVER, Why.REFUSED)
    # Whom we have promised a call has asked for it.
    if basis is Basis.CONSENT and not asked.promised and code not in asked.granted:
        return Verdict(May.NEVER, Why.NO_CONSENT)
    return None


def _of_his_habits(asked: Asked) -> Verdict | None:
    """His safety is told to him whoever found him; a promised call he has asked for."""
    if asked.against_habits and asked.purpose is not Purpose.SAFETY and not asked.promised:
        return Verdict(May.NEVER, Why.PROFILING_REFUSED)
    return None


def _of_tickets(pack: Pack, asked: Asked, at: datetime) -> Verdict | None:
    for ticket in asked.tickets:
        for hold in pack.holds:
            if ticket.id != asked.ticket_id and _holds(hold, asked.purpose, ticket):
                again = at + timedelta(minutes=hold.look_again_min)
                return Verdict(May.LATER, Why.HELD, again)
    return None


def _holds(hold: Hold, purpose: Purpose, ticket: OpenTicket) -> bool:
    is_over = ticket.stage in OVER or (hold.until == "resolved" and ticket.stage == "resolved")
    return ticket.kind == hold.ticket and purpose in hold.purposes and not is_over


def _of_caps(pack: Pack, asked: Asked, at: datetime) -> Verdict | None:
    waits = [
        until
        for cap in pack.caps
        if asked.purpose in cap.purposes and asked.way in cap.ways
        if (until := _free_at(cap, asked.contacts, at)) > at
    ]
    return Verdict(May.LATER, Why.CAP, max(waits)) if waits else None


def _free_at(cap: Cap, contacts: Sequence[Contact], at: datetime) -> datetime:
    """When fewer than `contacts` lie within the window; now, or when the oldest that is too many
    leaves it. One that is `days` old to the microsecond still counts."""
    if len(contacts) < cap.contacts:
        return at
    times = sorted(
        (
            one.at
            for one in contacts
            if one.purpose in cap.purposes
            and one.way in cap.ways
            and one.outcome not in NOT_REACHED
        ),
        reverse=True,
    )
    if len(times) < cap.contacts:
        return at
    return times[cap.contacts - 1] + cap.window + timedelta(microseconds=1)


def _of_abandoned(pack: Pack, asked: Asked, at: datetime) -> Verdict | None:
    """Whom nobody was free for is not rung again by the machine for some days."""
    if asked.way not in CALLS:
        return None
    pause = timedelta(hours=pack.abandoned.no_redial_h)
    ends = [one.at + pause for one in asked.contacts if one.outcome == Outcome.ABANDONED]
    until = max(ends, default=at)
    return Verdict(May.LATER, Why.ABANDONED_LATELY, until) if until > at else None


def _of_hours(pack: Pack, asked: Asked, at: datetime, opens: Opens) -> Verdict | None:
    name = pack.rule(asked.purpose, asked.way).hours
    if name is None:
        return None
    until = opens.next(pack, name, asked.zone)
    return Verdict(May.LATER, Why.OUTSIDE_HOURS, until) if until > at else None
