"""A formula as SQL with numbered values: rows of audience_cars, and sets to look them up in.

Where all must hold a set is asked by a semi-join; where one of several is enough, or its facts are
wanted, it is joined: hashed once, however many rows ask.
"""

from dataclasses import dataclass, field

from callcenter.outbound.audiences.formula import Asked, Formula, Node
from callcenter.outbound.audiences.fragments import FRAGMENTS, Fragment, Values
from callcenter.outbound.audiences.leaves.leaf import Atom, Subject

ROWS = {Subject.CAR: "c.vehicle_id is not null", Subject.OWNER: "c.rank = 1"}
TRUE = "'true'::jsonb"


@dataclass
class Compiled:
    """What stands behind `from`: a row c of audience_cars for each car that fits, or each owner
    where only owners are asked. `reasons`: condition -> SQL of its fact, where facts are wanted."""

    formula: Formula
    values: Values
    with_facts: bool = False
    joins: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    def source(self) -> str:
        """`... where ...`, to be set behind `from`."""
        condition = self._node(self.formula.root, is_sure=True)
        rows = ROWS[self.formula.subject]
        return "\n".join(["audience_cars c", *self.joins, f"where {rows} and {condition}"])

    def _node(self, node: Node | Asked, is_sure: bool) -> str:
        """`is_sure`: no other way leads into the audience than through this."""
        if isinstance(node, Asked):
            return self._asked(node, is_sure)
        is_sure = is_sure and (node.is_all or len(node.of) == 1)
        parts = [self._node(inner, is_sure) for inner in node.of]
        if not parts:
            return "true" if node.is_all else "false"
        return f"({(' and ' if node.is_all else ' or ').join(parts)})"

    def _asked(self, asked: Asked, is_sure: bool) -> str:
        """All its atoms, or, where it is not wanted, not all of them."""
        is_plain = asked.is_wanted or len(asked.atoms) == 1
        found = [
            self._atom(asked, atom, atom.negated is asked.is_wanted, is_sure and is_plain)
            for atom in asked.atoms
        ]
        text = f"({(' and ' if asked.is_wanted else ' or ').join(one for one, _ in found)})"
        if self.with_facts:
            fact = next((fact for _, fact in found if fact), None)
            said = f"coalesce(to_jsonb({fact}), {TRUE})" if fact else TRUE
            self.reasons[asked.path] = said if is_sure else f"case when {text} then {said} end"
        return text

    def _atom(
        self, asked: Asked, atom: Atom, is_turned: bool, is_sure: bool
    ) -> tuple[str, str | None]:
        """Its condition, and its fact where there is one."""
        fragment, text = fragment_of(asked, atom, self.values)
        if fragment.key is not None:
            return self._set(fragment.key, text, is_turned, is_sure)
        fact = fragment.fact if self.with_facts else None
        said = self.values.bind(fact, atom.values) if fact else None
        return (f"(({text}) is not true)" if is_turned else f"({text})"), said

    def _set(self, key: str, text: str, is_turned: bool, is_sure: bool) -> tuple[str, str | None]:
        wants_fact = self.with_facts and not is_turned
        if is_sure and not wants_fact:
            some = f"exists (select from ({text}) s where s.id = {key})"
            return (f"not {some}" if is_turned else some), None
        name = f"s{len(self.joins)}"
        once = f"select id, max(fact) as fact from ({text}) every group by id"
        if "group by" in text:
            once = text
        self.joins.append(f"left join ({once}) {name} on {name}.id = {key}")
        if is_turned:
            return f"{name}.id is null", None
        return f"{name}.id is not null", f"{name}.fact"


def fragment_of(asked: Asked, atom: Atom, values: Values) -> tuple[Fragment, str]:
    """What an atom asks, and its text with numbered values."""
    if asked.within is not None:
        source = Compiled(asked.within, values).source()
        text = f"select c.owner_id as id, null::date as fact from {source}"
        return Fragment(text, "c.owner_id"), text
    fragment = FRAGMENTS[atom.fragment]
    return fragment, values.bind(fragment.text, atom.values)
