"""A gate as SQL: how each owner stands, as the number of his Standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.customers.consents.model import Channel, Purpose
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import Gate
from callcenter.outbound.model import NEEDS_CONSENT_FOR, Way
from callcenter.outbound.policies.model import Cap
from callcenter.outbound.policies.verdict import NOT_REACHED, OVER

CASES = """left join (select owner_id from tickets
        where not drill and stage <> all(:over::text[])
          and (kind = any(:until_closed::text[])
               or kind = any(:until_resolved::text[]) and stage <> 'resolved')
        group by owner_id) h
    on h.owner_id = m.owner_id"""
# However many caps there are, what was said is read once.
CAPPED = """left join (select owner_id from contact_ledger
        where at >= now() - make_interval(days => :days::integer) and state <> 'void'
          and purpose = any(:purposes::text[]) and channel = any(:ways::text[])
          and (outcome is null or outcome <> all(:not_reached::text[]))
        group by owner_id having {over_one}) k
    on k.owner_id = m.owner_id"""
NARROWER = {
    "days": "at >= now() - make_interval(days => :days::integer)",
    "purposes": "purpose = any(:purposes::text[])",
    "ways": "channel = any(:ways::text[])",
}
"""What a cap asks that not all of them ask."""
WAY = "case when not c.{address} then 1{no_words}{no_yes} else 6 end"
NO_WORDS = " when c.silent & {channel} <> 0 then 2 when c.refused & {code} <> 0 then 3"
NOT_BY_HABITS = "least({way}, case when c.profiling_refused then 5 else 6 end)"
STANDS = """case when m.way < 6 then m.way
        when (uuid_hash_extended(m.owner_id, :salt_all::bigint) & 1048575) < :of_all::bigint then 6
        when (uuid_hash_extended(m.owner_id, :salt_own::bigint) & 1048575) < :of_own::bigint then 7
        {case}{caps} else 10 end"""
PURPOSES, CHANNELS = tuple(Purpose), tuple(Channel)
"""In the order of the bits of audience_cars (reach_bits)."""


@dataclass(frozen=True)
class Judged:
    """`way`: how far a row c gets on its best way, 6 all the way; `joins` and `stands`: behind a
    table m of (owner_id, way)."""

    way: str
    joins: str
    stands: str


def judged(gate: Gate, formula: Formula, values: Values) -> Judged:
    """The gate's questions to whom the formula finds; what it does not ask is not read."""
    joins = [_cases(gate, values)] if gate.holds else []
    joins += [_capped(gate.caps, values)] if gate.caps else []
    text = STANDS.format(
        case="when h.owner_id is not null then 8" if gate.holds else "",
        caps=" when k.owner_id is not null then 9" if gate.caps else "",
    )
    (salt_all, of_all), (salt_own, of_own) = gate.hold_out.lots
    lots = {"salt_all": salt_all, "of_all": of_all, "salt_own": salt_own, "of_own": of_own}
    way = f"greatest({', '.join(_way(gate, way) for way in gate.ways)})"
    if gate.heeds_profiling and formula.asks_habits:
        way = NOT_BY_HABITS.format(way=way)
    return Judged(way, "\n".join(joins), values.bind(text, lots))


def _cases(gate: Gate, values: Values) -> str:
    until: dict[str, list[str]] = {"closed": [], "resolved": []}
    for hold in gate.holds:
        until[hold.until].append(hold.ticket)
    given = {f"until_{stage}": kinds for stage, kinds in until.items()}
    return values.bind(CASES, given | {"over": sorted(OVER)})


def _capped(caps: Sequence[Cap], values: Values) -> str:
    widest = {
        "days": max(cap.days for cap in caps),
        "purposes": sorted({purpose for cap in caps for purpose in cap.purposes}),
        "ways": sorted({way for cap in caps for way in cap.ways}),
    }
    over_one = " or ".join(_over(cap, widest, values) for cap in caps)
    given = widest | {"not_reached": sorted(NOT_REACHED)}
    return values.bind(CAPPED, given).format(over_one=over_one)


def _over(cap: Cap, widest: Mapping[str, Any], values: Values) -> str:
    own = {"days": cap.days, "purposes": sorted(cap.purposes), "ways": sorted(cap.ways)}
    asked = [text for name, text in NARROWER.items() if own[name] != widest[name]]
    only = f" filter (where {' and '.join(asked)})" if asked else ""
    return values.bind(f"count(*){only} >= :most::bigint", own | {"most": cap.contacts})


def _way(gate: Gate, way: Way) -> str:
    channel = CHANNELS.index(NEEDS_CONSENT_FOR[way])
    code = 1 << (PURPOSES.index(gate.purpose) * len(CHANNELS) + channel)
    return WAY.format(
        address="has_email" if way is Way.EMAIL else "has_number",
        no_words="" if way in gate.always else NO_WORDS.format(channel=1 << channel, code=code),
        no_yes=f" when c.granted & {code} = 0 then 4" if way in gate.needs_yes else "",
    )
