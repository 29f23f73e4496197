"""Policy packs on the wire: read only, data decides."""

from datetime import date
from typing import Any

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Way
from callcenter.outbound.policies.model import WEEKDAYS, Basis, Cap, Hold, Hours, Pack
from callcenter.outbound.policies.versions import Versions, special_days
from callcenter.web.wire import WireModel

AHEAD_DAYS = 120
Windows = list[tuple[int, int]]


class RuleOut(WireModel):
    """Of one purpose on one way. `hours`: by "mon" to "sun" and "holiday", from and until in
    minutes of the owner's day; null: at any time."""

    purpose: Purpose
    way: Way
    basis: Basis
    hours: dict[str, Windows] | None


class CapOut(WireModel):
    """At most `contacts` within any `days` days, over all campaigns and these ways."""

    purposes: list[Purpose]
    ways: list[Way]
    contacts: int
    days: int


class HoldOut(WireModel):
    """While an owner has such a ticket open, these purposes wait, until it is in that stage."""

    ticket: str
    until: str
    purposes: list[Purpose]


class AbandonedOut(WireModel):
    """Of calls that were answered when no agent was free; `ceiling`: their share."""

    ceiling: float
    over_h: int
    connect_within_s: float
    ring_at_least_s: float
    say_who_called: bool
    no_redial_h: int


class TextOut(WireModel):
    """What texts and e-mails of these purposes must carry."""

    purposes: list[Purpose]
    sender_named: bool
    sender_reachable: bool
    opt_out_told: bool


class RetentionOut(WireModel):
    """So many days proofs are kept."""

    consent_days: int
    contact_days: int
    recording_days: int


class SpecialDayOut(WireModel):
    """A day with other hours than its weekday: "holiday", or the weekday it stands for."""

    day: date
    counts_as: str


class PackOut(WireModel):
    """One version of the rules of one place. `holidays`: the country whose public holidays count.
    `special_days`: of the days ahead."""

    code: str
    version: str
    name_zh: str
    name_en: str
    valid_from: date
    needs_legal_review: bool
    sources: list[str]
    zone: str
    holidays: str | None
    special_days: list[SpecialDayOut]
    rules: list[RuleOut]
    caps: list[CapOut]
    holds: list[HoldOut]
    abandoned: AbandonedOut
    texts: TextOut
    retention: RetentionOut


class PackVersions(WireModel):
    """What counts now (null: nothing yet), and what will, by the day it begins."""

    code: str
    in_force: PackOut | None
    coming: list[PackOut]


class PackList(WireModel):
    """All packs, by code. `today`: the day by which a version counts."""

    today: date
    items: list[PackVersions]


def versions_out(one: Versions, today: date) -> PackVersions:
    """With the special days from today on, or from its beginning."""
    return PackVersions(
        code=one.code,
        in_force=pack_out(one.in_force, today) if one.in_force else None,
        coming=[pack_out(pack, pack.valid_from) for pack in one.coming],
    )


def pack_out(one: Pack, first: date) -> PackOut:
    """Each rule with its hours, so that nobody has to look them up by name. `first`: of the days
    ahead."""
    plain = ("code", "version", "name_zh", "name_en", "valid_from", "needs_legal_review")
    return PackOut(
        **{name: getattr(one, name) for name in (*plain, "zone", "holidays")},
        sources=list(one.sources),
        special_days=_special_days(one, first),
        rules=_rules(one),
        caps=[_cap(cap) for cap in one.caps],
        holds=[_hold(hold) for hold in one.holds],
        abandoned=AbandonedOut(**one.abandoned.model_dump()),
        texts=TextOut(**(one.texts.model_dump() | {"purposes": _in_order(one.texts.purposes)})),
        retention=RetentionOut(**one.retention.model_dump()),
    )


def _special_days(one: Pack, first: date) -> list[SpecialDayOut]:
    found = special_days(one, first, AHEAD_DAYS)
    return [SpecialDayOut(day=it.day, counts_as=it.counts_as) for it in found]


def _rules(one: Pack) -> list[RuleOut]:
    return [
        RuleOut(
            purpose=purpose,
            way=way,
            basis=one.rule(purpose, way).basis,
            hours=_week(one.hours.get(one.rule(purpose, way).hours or "")),
        )
        for purpose in Purpose
        for way in Way
    ]


def _week(hours: Hours | None) -> dict[str, Windows] | None:
    if hours is None:
        return None
    return {day: list(getattr(hours, day)) for day in (*WEEKDAYS, "holiday")}


def _cap(one: Cap) -> CapOut:
    ways = [way for way in Way if way in one.ways]
    purposes = _in_order(one.purposes)
    return CapOut(purposes=purposes, ways=ways, contacts=one.contacts, days=one.days)


def _hold(one: Hold) -> HoldOut:
    return HoldOut(ticket=one.ticket, until=one.until, purposes=_in_order(one.purposes))


def _in_order(purposes: Any) -> list[Purpose]:
    return [one for one in Purpose if one in purposes]
