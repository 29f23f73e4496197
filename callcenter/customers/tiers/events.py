"""What happens to tiers. Of one owner it is `owner.edited`."""

from typing import ClassVar

from callcenter.db.events import Fact


class TierFact(Fact):
    """Heard by those who see a tier, and by who looks after the rules."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert", "admin"})


class TierRulesMade(TierFact):
    """There are new rules."""

    kind: ClassVar[str] = "tier.rules_made"
    version: int


class TiersApplied(TierFact):
    """All owners were looked at by the rules, and so many have another tier."""

    kind: ClassVar[str] = "tier.applied"
    version: int
    changed: int
