"""A rule as the database is asked it: "none of" pushed down to the conditions, and the audiences
that it names put in their place. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.outbound.audiences.leaves.leaf import At, Atom, Leaf, Part, Subject
from callcenter.outbound.audiences.leaves.of_owner import InAudience
from callcenter.outbound.audiences.model import AllOf, Group, NoneOf, subject


@dataclass(frozen=True)
class Asked:
    """A condition, or its opposite; `within`: the audience it asks for."""

    path: str
    leaf: Leaf
    atoms: tuple[Atom, ...]
    is_wanted: bool = True
    within: "Formula | None" = None


@dataclass(frozen=True)
class Node:
    """All of these, or one of them."""

    of: tuple["Node | Asked", ...]
    is_all: bool


@dataclass(frozen=True)
class Formula:
    """A whole rule; `subject`: whether each car is asked or each owner."""

    root: Node | Asked
    subject: Subject

    def asked(self) -> Sequence[Asked]:
        """Its conditions in the order of their paths."""
        return list(_walk(self.root))

    @property
    def asks_habits(self) -> bool:
        """Whether a condition, or one of an audience that it names, chooses by habits."""
        return any(
            one.leaf.is_habit or (one.within is not None and one.within.asks_habits)
            for one in self.asked()
        )

    def holds(self, true: Mapping[str, bool]) -> bool:
        """Whether it holds when these conditions do; `true` by path, as written, not turned."""
        return _holds(self.root, true)

    def keeping_out(self, true: Mapping[str, bool]) -> list[Asked]:
        """The conditions that are not as they are wanted, where it matters."""
        return list(_keeping_out(self.root, true))


def formula(rule: Group, at: At, others: Mapping[UUID, Group]) -> Formula:
    """The rule with the rules of the audiences that it names, which are all in `others`."""
    return Formula(_turned(rule, "", True, at, others), subject(rule))


def _turned(
    part: Part, path: str, wanted: bool, at: At, others: Mapping[UUID, Group]
) -> Node | Asked:
    if isinstance(part, Leaf):
        return _asked(part, path, wanted, at, others)
    assert isinstance(part, Group)
    wants_inner = wanted is not isinstance(part, NoneOf)
    inner = tuple(
        _turned(one, f"{path}.{number}" if path else str(number), wants_inner, at, others)
        for number, one in enumerate(part.of)
    )
    return Node(inner, is_all=isinstance(part, AllOf) is wants_inner)


def _asked(leaf: Leaf, path: str, wanted: bool, at: At, others: Mapping[UUID, Group]) -> Asked:
    if not isinstance(leaf, InAudience):
        return Asked(path, leaf, leaf.atoms(at), wanted)
    within = formula(others[leaf.audience_id], at, others)
    there = Atom("audience", {}, negated=not leaf.is_in)
    return Asked(path, leaf, (there,), wanted, within)


def _walk(node: Node | Asked) -> Iterator[Asked]:
    if isinstance(node, Asked):
        yield node
    else:
        for inner in node.of:
            yield from _walk(inner)


def _holds(node: Node | Asked, true: Mapping[str, bool]) -> bool:
    if isinstance(node, Asked):
        return true[node.path] is node.is_wanted
    held = (_holds(inner, true) for inner in node.of)
    return all(held) if node.is_all else any(held)


def _keeping_out(node: Node | Asked, true: Mapping[str, bool]) -> Iterator[Asked]:
    if _holds(node, true):
        return
    if isinstance(node, Asked):
        yield node
    else:
        for inner in node.of:
            yield from _keeping_out(inner, true)
