"""Rules as they are kept: read, held to their limits, with the rules that they name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.errors import (
    AudienceInCircle,
    AudienceTooDeep,
    AudienceTooLarge,
    NamedAudienceMissing,
)
from callcenter.outbound.audiences.model import (
    DEEPEST,
    MOST_CONDITIONS,
    Group,
    Rule,
    depth,
    leaves,
    others,
)
from callcenter.outbound.audiences.speaker import Names

SQL = load_queries(__file__)
MOST_WITH_OTHERS = 3 * MOST_CONDITIONS
_RULE: TypeAdapter[Group] = TypeAdapter(Rule)


def rule_of(text: str | bytes) -> Group:
    """A rule as it was kept; raises pydantic's error where it is none."""
    return _RULE.validate_json(text)


def text_of(rule: Group) -> str:
    """To be kept."""
    return _RULE.dump_json(rule).decode()


def within_limits(rule: Group) -> None:
    """Raises AudienceTooDeep, AudienceTooLarge."""
    if (found := depth(rule)) > DEEPEST:
        raise AudienceTooDeep(most=DEEPEST, found=found)
    if (found := sum(1 for _ in leaves(rule))) > MOST_CONDITIONS:
        raise AudienceTooLarge(most=MOST_CONDITIONS, found=found)


async def named_in(tx: Tx, rule: Group, own: UUID | None = None) -> dict[UUID, Group]:
    """The rules of all audiences that it names, and those name; `own`: the id it is kept under.

    Raises NamedAudienceMissing, AudienceInCircle, AudienceTooLarge.
    """
    within_limits(rule)
    found: dict[UUID, Group] = {}
    wanted = _ids(rule)
    while wanted:
        rows = await SQL.rules_of(tx.connection, ids=sorted(wanted))
        if len(rows) < len(wanted):
            raise NamedAudienceMissing
        found |= {row["id"]: rule_of(row["rule"]) for row in rows}
        wanted = {one for row in rows for one in _ids(found[row["id"]])} - found.keys()
    _refuse_circles(rule, own, found)
    return found


def _ids(rule: Group) -> set[UUID]:
    return {one.audience_id for one in others(rule)}


def _refuse_circles(rule: Group, own: UUID | None, found: dict[UUID, Group]) -> None:
    """Walks as the database will: each place where an audience is named is asked anew."""
    asked = 0

    def walk(one: Group, way: frozenset[UUID]) -> None:
        nonlocal asked
        asked += sum(1 for _ in leaves(one))
        if asked > MOST_WITH_OTHERS:
            raise AudienceTooLarge(most=MOST_WITH_OTHERS, found=asked)
        for inner in others(one):
            if inner.audience_id in way:
                raise AudienceInCircle
            walk(found[inner.audience_id], way | {inner.audience_id})

    walk(rule, frozenset(() if own is None else (own,)))


async def names_in(tx: Tx, rules: Iterable[Group], language: str) -> Names:
    """Stations, campaigns and audiences that these rules name."""
    ids = {one for rule in rules for _, leaf in leaves(rule) for one in _named(leaf)}
    if not ids:
        return {}
    rows = await SQL.names_of(tx.connection, ids=sorted(ids), language=language)
    return {row["id"]: row["name"] for row in rows}


def _named(leaf: Any) -> list[UUID]:
    alone = [getattr(leaf, name, None) for name in ("campaign_id", "audience_id")]
    return [*(one for one in alone if one is not None), *getattr(leaf, "station_ids", ())]
