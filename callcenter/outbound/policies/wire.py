"""Policy packs on the wire: read only, data decides."""

from datetime import date
from typing import Any

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Way
from callcenter.outbound.policies.model import WEEKDAYS, Basis, Cap, Hold, Hours, Pack, Window
from callcenter.outbound.policies.versions import Versions, special_days
from callcenter.web.wire import WireModel

AHEAD_DAYS = 120


class PolicyWindow(WireModel):
    """Minutes of the owner's day; `until` itself is outside."""

    since: int
    until: int


class PolicyRule(WireModel):
    """Of one purpose on one way. `hours`: by "mon" to "sun" and "holiday"; null: at any
    time."""

    purpose: Purpose
    way: Way
    basis: Basis
    hours: dict[str, list[PolicyWindow]] | None


class PolicyCap(WireModel):
    """At most `contacts` within any `days` days, over all campaigns and these ways."""

    purposes: list[Purpose]
    ways: list[Way]
    contacts: int
    days: int


class PolicyHold(WireModel):
    """While an owner has such a ticket open, these purposes wait, until it is in that stage."""

    ticket: str
    until: str
    purposes: list[Purpose]


class PolicyAbandoned(WireModel):
    """Of calls that were answered when no agent was free; `ceiling`: their share."""

    ceiling: float
    over_h: int
    connect_within_s: float
    ring_at_least_s: float
    say_who_called: bool
    no_redial_h: int


class PolicyTexts(WireModel):
    """What texts and e-mails of these purposes must carry."""

    purposes: list[Purpose]
    sender_named: bool
    sender_reachable: bool
    opt_out_told: bool


class PolicyRetention(WireModel):
    """So many days proofs are to be kept; told only, nothing is deleted by it yet."""

    consent_days: int
    contact_days: int
    recording_days: int


class PolicyDay(WireModel):
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
    special_days: list[PolicyDay]
    rules: list[PolicyRule]
    caps: list[PolicyCap]
    holds: list[PolicyHold]
    abandoned: PolicyAbandoned
    texts: PolicyTexts
    retention: PolicyRetention


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
        abandoned=PolicyAbandoned(**one.abandoned.model_dump()),
        texts=PolicyTexts(**(one.texts.model_dump() | {"purposes": _in_order(one.texts.purposes)})),
        retention=PolicyRetention(**one.retention.model_dump()),
    )


def _special_days(one: Pack, first: date) -> list[PolicyDay]:
    found = special_days(one, first, AHEAD_DAYS)
    return [PolicyDay(day=it.day, counts_as=it.counts_as) for it in found]


def _rules(one: Pack) -> list[PolicyRule]:
    return [
        PolicyRule(
            purpose=purpose,
            way=way,
            basis=one.rule(purpose, way).basis,
            hours=_week(one.hours.get(one.rule(purpose, way).hours or "")),
        )
        for purpose in Purpose
        for way in Way
    ]


def _week(hours: Hours | None) -> dict[str, list[PolicyWindow]] | None:
    if hours is None:
        return None
    return {day: _windows(getattr(hours, day)) for day in (*WEEKDAYS, "holiday")}


def _windows(spans: tuple[Window, ...]) -> list[PolicyWindow]:
    return [PolicyWindow(since=since, until=until) for since, until in spans]


def _cap(one: Cap) -> PolicyCap:
    ways = [way for way in Way if way in one.ways]
    purposes = _in_order(one.purposes)
    return PolicyCap(purposes=purposes, ways=ways, contacts=one.contacts, days=one.days)


def _hold(one: Hold) -> PolicyHold:
    return PolicyHold(ticket=one.ticket, until=one.until, purposes=_in_order(one.purposes))


def _in_order(purposes: Any) -> list[Purpose]:
    return [one for one in Purpose if one in purposes]
