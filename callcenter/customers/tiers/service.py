"""The rules of the tiers: what new ones would change, made, and applied to all owners at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.customers.tiers.events import TierRulesMade, TiersApplied
from callcenter.customers.tiers.model import Measure, TierRule, TierRules
from callcenter.customers.tiers.standing import SQL, newest_rules, rules_of
from callcenter.db.events import record
from callcenter.db.patient import Patient
from callcenter.db.transaction import Tx
from callcenter.web.errors import VersionStale

BY_NIGHT = "system"


@dataclass(frozen=True)
class Move:
    """So many owners have one tier, and the rules give them another or the same."""

    was: int
    tier: int
    owners: int
    by_person: bool


async def preview(tx: Tx, rules: Sequence[TierRule]) -> list[Move]:
    """All owners by the tier they have and the one that these rules give; nothing is changed.

    Those whose tier a person has set stay where they are, whatever the rules give them.
    """
    await SQL.more_memory(tx.connection)
    rows = await SQL.preview_tiers(Patient(tx.connection), **_lists(rules))
    return [
        Move(row["was"], row["tier"], row["owners"], row["tier_set_by"] == "person") for row in rows
    ]


async def make_rules(
    tx: Tx, actor: str, rules: Sequence[TierRule], *, instead_of: int
) -> TierRules:
    """New rules instead of those of this version, applied to all owners. Raises VersionStale."""
    row = await SQL.insert_tier_rules(
        tx.connection, version=instead_of + 1, rules=_written(rules), made_by=actor
    )
    if row is None:
        raise VersionStale(version=(await newest_rules(tx)).version)
    await record(tx, TierRulesMade(version=row["version"]), actor=actor)
    await _apply(tx, actor, rules_of(row))
    return await newest_rules(tx)


async def apply_by_night(tx: Tx) -> int | None:
    """What visits that grow old, files and years have changed. Once in a night: None when it is
    day, was done already, or there are no rules; else how many owners have another tier."""
    row = await SQL.tier_rules_of_the_night(tx.connection)
    return None if row is None else await _apply(tx, BY_NIGHT, rules_of(row))


async def _apply(tx: Tx, actor: str, rules: TierRules) -> int:
    await SQL.more_memory(tx.connection)
    changed: int = await SQL.apply_tiers(Patient(tx.connection), **_lists(rules.rules))
    await SQL.note_applied(tx.connection, version=rules.version, changed=changed)
    await record(tx, TiersApplied(version=rules.version, changed=changed), actor=actor)
    return changed


def _lists(rules: Sequence[TierRule]) -> dict[str, list[Any]]:
    return {
        "tiers": [rule.tier for rule in rules],
        "needs_all": [rule.needs_all for rule in rules],
        **{measure.value: [rule.thresholds.get(measure) for rule in rules] for measure in Measure},
    }


def _written(rules: Sequence[TierRule]) -> str:
    return json.dumps(
        [
            {
                "tier": rule.tier,
                "needs_all": rule.needs_all,
                "least": {name.value: least for name, least in rule.thresholds.items()},
            }
            for rule in rules
        ]
    )
