"""A gate as SQL: how each owner stands, as the number of his Standing."""

from dataclasses import dataclass

from callcenter.customers.consents.model import Channel, Purpose
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import Cap, Gate
from callcenter.outbound.model import NEEDS_CONSENT_FOR, Way

CASES = """left join (select owner_id from tickets where kind in ('complaint', 'rescue')
        and not drill and stage not in ('resolved', 'closed', 'cancelled', 'merged')
        group by owner_id) h
    on h.owner_id = m.owner_id"""
CAPPED = """left join (select owner_id from contact_ledger
        where at > now() - make_interval(days => :days::integer) and state <> 'void'
          and (cardinality(:purposes::text[]) = 0 or purpose = any(:purposes::text[]))
        group by owner_id having count(*) >= :most::bigint) %s
    on %s.owner_id = m.owner_id"""
WAY = "case when not c.{address} then 1{no_words}{no_yes} else 5 end"
NO_WORDS = " when c.silent & {channel} <> 0 then 2 when c.refused & {code} <> 0 then 3"
STANDS = """case when m.way < 5 then m.way {case}{caps}
        when (uuid_hash_extended(m.owner_id, :salt_all::bigint) & 1048575) < :of_all::bigint then 7
        when (uuid_hash_extended(m.owner_id, :salt_own::bigint) & 1048575) < :of_own::bigint then 8
        else 9 end"""
PURPOSES, CHANNELS = tuple(Purpose), tuple(Channel)
"""In the order of the bits of audience_cars (reach_bits)."""


@dataclass(frozen=True)
class Judged:
    """`way`: how far a row c gets on its best way, 5 all the way; `joins` and `stands`: behind a
    table m of (owner_id, way)."""

    way: str
    joins: str
    stands: str


def judged(gate: Gate, values: Values) -> Judged:
    """The gate's questions; what it does not ask is not read."""
    joins = [CASES] if gate.waits_for_cases else []
    joins += [_capped(cap, f"k{number}", values) for number, cap in enumerate(gate.caps)]
    is_capped = " or ".join(f"k{number}.owner_id is not null" for number in range(len(gate.caps)))
    text = STANDS.format(
        case="when h.owner_id is not null then 5" if gate.waits_for_cases else "",
        caps=f" when {is_capped} then 6" if gate.caps else "",
    )
    (salt_all, of_all), (salt_own, of_own) = gate.hold_out.lots
    lots = {"salt_all": salt_all, "of_all": of_all, "salt_own": salt_own, "of_own": of_own}
    ways = ", ".join(_way(gate, way) for way in gate.ways)
    return Judged(f"greatest({ways})", "\n".join(joins), values.bind(text, lots))


def _capped(cap: Cap, name: str, values: Values) -> str:
    purposes = sorted(purpose.value for purpose in cap.purposes)
    given = {"days": cap.days, "most": cap.most, "purposes": purposes}
    return values.bind(CAPPED, given) % (name, name)


def _way(gate: Gate, way: Way) -> str:
    channel = CHANNELS.index(NEEDS_CONSENT_FOR[way])
    code = 1 << (PURPOSES.index(gate.purpose) * len(CHANNELS) + channel)
    # His safety is told to everybody: no word of his is against it.
    is_heeded = gate.purpose is not Purpose.SAFETY
    return WAY.format(
        address="has_email" if way is Way.EMAIL else "has_number",
        no_words=NO_WORDS.format(channel=1 << channel, code=code) if is_heeded else "",
        no_yes=f" when c.granted & {code} = 0 then 4" if way in gate.needs_yes else "",
    )
