"""One owner's standing, and his tier by the newest rules."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from callcenter.customers.errors import OwnerNotFound
from callcenter.customers.events import OwnerEdited
from callcenter.customers.tiers.model import (
    NO_RULES,
    Measure,
    Standing,
    TierRule,
    TierRules,
    decided,
)
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx

SQL = load_queries(__file__)


async def newest_rules(tx: Tx) -> TierRules:
    """The rules that count; NO_RULES before anybody has made any."""
    row = await SQL.newest_tier_rules(tx.connection)
    return rules_of(row) if row else NO_RULES


async def standing_of(tx: Tx, owner_id: UUID) -> Standing:
    """What the rules look at; raises OwnerNotFound."""
    row = await SQL.standing_of(tx.connection, owner_id=owner_id)
    if row is None:
        raise OwnerNotFound
    return Standing(**{name: row[name] for name in Standing.__dataclass_fields__})


async def follow_rules(tx: Tx, actor: str, owner_ids: Iterable[UUID]) -> None:
    """These owners have the tier that the rules give them now; one whom a person has given his
    stays. Without rules nobody changes."""
    rules = await newest_rules(tx)
    if rules.version == NO_RULES.version:
        return
    # In one order: two who look at the same owners never wait for each other.
    for owner_id in sorted(owner_ids):
        if await SQL.lock_owner_for_his_tier(tx.connection, owner_id=owner_id) is None:
            continue
        tier = decided(rules.rules, await standing_of(tx, owner_id))
        if await SQL.set_tier_by_rule(tx.connection, owner_id=owner_id, tier=tier) is not None:
            await record(tx, OwnerEdited(owner_id=owner_id, fields=["tier"]), actor=actor)


def rules_of(row: Any) -> TierRules:
    """A row of `tier_rules`."""
    rules = tuple(
        TierRule(
            tier=one["tier"],
            needs_all=one["needs_all"],
            thresholds={Measure(name): least for name, least in one["least"].items()},
        )
        for one in json.loads(row["rules"])
    )
    named = {name: row[name] for name in ("version", "made_by", "made_at", "applied_at", "changed")}
    return TierRules(rules=rules, **named)
