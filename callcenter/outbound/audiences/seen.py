"""Some owners looked at one by one: which conditions are true of each car, and by what fact."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.compiled import fragment_of
from callcenter.outbound.audiences.formula import Asked, Formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.leaves.leaf import Subject

LOOK = """
select c.owner_id, c.vehicle_id{columns}
from audience_cars c
{looks}
where c.owner_id = any(:owners::uuid[])
order by c.owner_id, c.rank
"""
LOOKED_UP = """cross join lateral (
    select count(*) > 0 as hit, to_jsonb(max(s.fact)) as fact from ({text}) s where s.id = {key}
) {name}"""


@dataclass(frozen=True)
class CarSeen:
    """An owner with one of his cars, or without any: what is true, and the facts, by path."""

    owner_id: UUID
    vehicle_id: UUID | None
    true: Mapping[str, bool]
    facts: Mapping[str, Any]

    def fits(self, formula: Formula) -> bool:
        """Whether this car brings him into the audience; a rule on cars needs one."""
        has_subject = formula.subject is Subject.OWNER or self.vehicle_id is not None
        return has_subject and formula.holds(self.true)


@dataclass
class _Look:
    """The statement as it grows: one pair of columns for each atom."""

    values: Values
    columns: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)

    def add(self, asked: Asked, number: int) -> None:
        """What of this condition's atom is true, and its fact."""
        name = f"a{len(self.columns)}"
        fragment, text = fragment_of(asked, asked.atoms[number], self.values)
        if fragment.is_set:
            self.joins.append(LOOKED_UP.format(text=text, key=fragment.key, name=name))
            self.columns.append(f", {name}.hit as t_{name}, {name}.fact as f_{name}")
        else:
            fact = "null::jsonb"
            if fragment.fact:
                said = self.values.bind(fragment.fact, asked.atoms[number].values)
                fact = f"to_jsonb({said})"
            self.columns.append(f", ({text}) is true as t_{name}, {fact} as f_{name}")


async def look(tx: Tx, formula: Formula, owners: Sequence[UUID]) -> list[CarSeen]:
    """Each car of these owners, the one that is due first before the others of its owner."""
    values = Values()
    told = _Look(values)
    for asked in formula.asked():
        for number in range(len(asked.atoms)):
            told.add(asked, number)
    text = LOOK.format(columns="".join(told.columns), looks="\n".join(told.joins))
    # Only what is LOOK's own is still a name.
    statement = values.bind(text, {"owners": list(owners)})
    rows = await tx.connection.fetch(statement, *values.given)
    return [_seen(row, formula) for row in rows]


def _seen(row: Any, formula: Formula) -> CarSeen:
    columns = _pairs(row)
    true: dict[str, bool] = {}
    facts: dict[str, Any] = {}
    for asked in formula.asked():
        found = [next(columns) for _ in asked.atoms]
        true[asked.path] = all(
            hit is not atom.negated for (hit, _), atom in zip(found, asked.atoms, strict=True)
        )
        # The later atom is the narrower one: of two visits the newer.
        facts[asked.path] = next((fact for _, fact in reversed(found) if fact is not None), None)
    return CarSeen(row["owner_id"], row["vehicle_id"], true, facts)


def _pairs(row: Any) -> Iterator[tuple[bool, Any]]:
    number = 0
    while (name := f"a{number}") and f"t_{name}" in row:
        fact = row[f"f_{name}"]
        yield row[f"t_{name}"], None if fact is None else json.loads(fact)
        number += 1
