"""Why this owner: the conditions that have brought him into a run, in words, each with its fact."""

import json
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.formula import formula
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.rules import named_in, rule_of
from callcenter.outbound.audiences.spans import days_of
from callcenter.outbound.audiences.words import because
from callcenter.outbound.campaigns.repository import SQL

AFTER_TICKET = {
    "zh": "他的工单 {number} 已结束",
    "en": "his ticket {number} is closed",
}


async def why(tx: Tx, touch_id: UUID, language: str) -> list[str]:
    """In the rule as it was when the run began; [] where nothing is known."""
    row = await SQL.why_of_touch(tx.connection, touch_id=touch_id)
    if row["ticket"] is not None:
        return [AFTER_TICKET[language].format(number=row["ticket"])]
    if row["rule"] is None:
        return []
    rule, facts = rule_of(row["rule"]), json.loads(row["reason"])
    asked = formula(rule, At(await tx.now(), days_of()), await named_in(tx, rule)).asked()
    return [because(one.leaf, facts[one.path], language) for one in asked if one.path in facts]
