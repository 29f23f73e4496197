"""Twenty of an audience with the reason each is in it; one owner, and what keeps him out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.compiled import Compiled
from callcenter.outbound.audiences.counted import LONGEST_S, PLANNED
from callcenter.outbound.audiences.errors import OwnerNotReadIn
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import STANDINGS, Gate, Standing
from callcenter.outbound.audiences.judged import judged
from callcenter.outbound.audiences.leaves.leaf import Subject
from callcenter.outbound.audiences.lots import salt_number
from callcenter.outbound.audiences.seen import CarSeen, look

SAMPLE = 20
# By lot, so that they are not the oldest twenty; the same as long as nobody comes or goes.
DRAWN = """
select c.owner_id from {source} {once}
order by uuid_hash_extended(c.owner_id, :salt::bigint) limit :most::bigint
"""
STANDING = """
select {stands} from (
    select c.owner_id, {way} as way from audience_cars c
    where c.owner_id = :owner::uuid and c.rank = 1) m
{joins}
"""


@dataclass(frozen=True)
class Sampled:
    """A member of an audience: the car he is in it for, and how he stands."""

    car: CarSeen
    standing: Standing


async def sample(tx: Tx, formula: Formula, gate: Gate, most: int = SAMPLE) -> list[Sampled]:
    """Members drawn by lot, each with what is true of his car."""
    cars = await drawn(tx, formula, most)
    return [Sampled(car, await standing(tx, formula, gate, car.owner_id)) for car in cars]


async def drawn(tx: Tx, formula: Formula, most: int) -> list[CarSeen]:
    """Members drawn by lot, each by the car that brings him in."""
    ids = await _drawn(tx, formula, most)
    first: dict[UUID, CarSeen] = {}
    for car in await look(tx, formula, ids):
        if car.fits(formula):
            first.setdefault(car.owner_id, car)
    return [first[one] for one in ids if one in first]


async def _drawn(tx: Tx, formula: Formula, most: int) -> Sequence[UUID]:
    await tx.connection.execute(PLANNED)
    values = Values()
    source = Compiled(formula, values).source()
    once = "group by c.owner_id" if formula.subject is Subject.CAR else ""
    text = DRAWN.format(source=source, once=once)
    statement = values.bind(text, {"salt": salt_number("sample"), "most": most})
    rows = await tx.connection.fetch(statement, *values.given, timeout=LONGEST_S)
    return [row["owner_id"] for row in rows]


async def standing(tx: Tx, formula: Formula, gate: Gate, owner_id: UUID) -> Standing:
    """How one owner would stand at this gate, whether the formula finds him or not; raises
    OwnerNotReadIn."""
    values = Values()
    how = judged(gate, formula, values)
    text = STANDING.format(way=how.way, stands=how.stands, joins=how.joins)
    statement = values.bind(text, {"owner": owner_id})
    number: int | None = await tx.connection.fetchval(statement, *values.given)
    if number is None:
        raise OwnerNotReadIn
    return STANDINGS[number - 1]
