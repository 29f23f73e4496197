"""How many owners a rule finds, and how each of them stands."""

from collections import Counter
from dataclasses import dataclass

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.compiled import Compiled
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import STANDINGS, Gate, Standing
from callcenter.outbound.audiences.judged import judged
from callcenter.outbound.audiences.leaves.leaf import Subject

PLANNED = """
set local work_mem = '128MB';
set local jit = off;
set local random_page_cost = 1.1;
set local plan_cache_mode = force_custom_plan;
set local parallel_tuple_cost = 0.01;
"""
# Joined to the numbers that there are: the planner takes the standings for as many as the owners
# otherwise, and leaves all of the work to one process.
COUNT = """
select standing, count(*) as owners
from ({members}) m
{joins}
join generate_series(1, {last}) standing on standing = {stands}
group by standing
"""
# Where cars are asked, several of one owner may fit; how he is reached is the same for all. Who has
# one, as most have, need not be gathered by owner.
OF_CARS = """
select c.owner_id, {way} as way from {source} and c.is_only
union all
select c.owner_id, max({way}) as way from {source} and not c.is_only group by c.owner_id
"""
OF_OWNERS = "select c.owner_id, {way} as way from {source}"
LONGEST_S = 60.0


@dataclass(frozen=True)
class Counted:
    """Owners by how they stand; those who are in the audience, spoken to or not, are `owners`."""

    by_standing: dict[Standing, int]

    @property
    def owners(self) -> int:
        """All whom the rule finds."""
        return sum(self.by_standing.values())


async def count(tx: Tx, formula: Formula, gate: Gate) -> Counted:
    """One statement: who fits, once each, and how he stands."""
    await tx.connection.execute(PLANNED)
    values = Values()
    source = Compiled(formula, values).source()
    how = judged(gate, formula, values)
    members = OF_CARS if formula.subject is Subject.CAR else OF_OWNERS
    statement = COUNT.format(
        last=len(STANDINGS),
        stands=how.stands,
        members=members.format(way=how.way, source=source),
        joins=how.joins,
    )
    rows = await tx.connection.fetch(statement, *values.given, timeout=LONGEST_S)
    found = Counter({STANDINGS[row["standing"] - 1]: row["owners"] for row in rows})
    return Counted({standing: found[standing] for standing in STANDINGS})
