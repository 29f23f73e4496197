"""Have all campaigns together helped: owners of whom no campaign speaks against the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from callcenter.db.patient import Patient
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.gate import HoldOut
from callcenter.outbound.campaigns.model import NEVER_HELD_OUT
from callcenter.outbound.results.compared import Compared, compared, count_of
from callcenter.outbound.results.model import GOOD, Effect
from callcenter.outbound.results.service import SQL


@dataclass(frozen=True)
class ResultsOfAll:
    """All owners, by the lot that keeps a part of them from every campaign. `since`: the first run
    within the days asked for; None: none has begun, and there is nothing to compare."""

    since: datetime | None
    campaigns: int
    treated: int
    held_out: int
    cost: Decimal
    effects: Sequence[Compared]


async def results_of_all(tx: Tx, held_out: float, days: int) -> ResultsOfAll:
    """Of the last so many days. `held_out`: the share of owners, as it is set now: where it was
    changed meanwhile, those between the two shares count for the arm they are in today, and the
    difference seen is too small rather than too large.

    By the lot, not by the members of runs: whom earlier campaigns brought in is no longer due and
    in no later run, so that the spoken-to in runs are more and more those whom nothing moves.
    """
    never = [kind.value for kind in NEVER_HELD_OUT]
    asked = {"since": await tx.now() - timedelta(days=days), "never": never}
    since = await SQL.first_run_since(tx.connection, **asked)
    if since is None:
        return ResultsOfAll(None, 0, 0, 0, Decimal(0), ())
    patient = Patient(tx.connection)
    said = await SQL.said_by_all(patient, **asked)
    salt, lots = HoldOut(of_all=held_out * 100).lots[0]
    rows = await SQL.effects_of_all(patient, since=since, salt=salt, lots=lots, good=GOOD)
    arms = {row["is_held_out"]: row for row in rows}
    drawn, others = (arms[arm]["members"] if arm in arms else 0 for arm in (True, False))
    effects = [
        compared(
            effect,
            count_of(arms.get(False), effect),
            count_of(arms.get(True), effect),
            said["cost"],
            drawn,
        )
        for effect in Effect
    ]
    return ResultsOfAll(since, said["campaigns"], others, drawn, said["cost"], effects)
