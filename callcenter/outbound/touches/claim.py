"""Claiming: due touches and their owners are locked, judged as they stand behind the locks, and
what may be is reserved in the ledger of contacts, all in one transaction.

Two statements, not one: a statement sees what was committed before it began. One that locked an
owner and read his contacts would miss what the claim before it, whose lock it has just got, wrote.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.model import Touch, TouchState, Way
from callcenter.outbound.policies.hours import Opens
from callcenter.outbound.policies.model import Pack
from callcenter.outbound.policies.shelf import PolicyUnknown, pack, shelf
from callcenter.outbound.policies.verdict import May, Verdict, Why, longest_window, verdict
from callcenter.outbound.touches.model import ALL_BUCKETS, BATCH
from callcenter.outbound.touches.ports import Follow, nothing_follows
from callcenter.outbound.touches.rows import asked_of, touch_of

SQL = load_queries(__file__)

STATE_AFTER = {
    May.NOW: TouchState.CLAIMED,
    May.LATER: TouchState.READY,
    May.NEVER: TouchState.SKIPPED,
    May.EXPIRED: TouchState.EXPIRED,
    May.WITHDRAWN: TouchState.WITHDRAWN,
}
POLICY_AGAIN_AFTER = timedelta(hours=1)


async def claim(
    tx: Tx,
    way: Way,
    by: str,
    most: int = BATCH,
    buckets: Sequence[int] = ALL_BUCKETS,
    following: Follow = nothing_follows,
    *,
    campaigns: Sequence[UUID] | None = None,
    staff_id: UUID | None = None,
) -> tuple[int, Sequence[Touch]]:
    """Up to `most` due touches of these buckets, one for each owner: how many were judged, and
    those that may be now, claimed by `by`. The others wait, are skipped, expired or withdrawn.

    Only of these `campaigns`, if there are any named; what is promised to somebody only for him.
    """
    each = -(-most // len(buckets))
    locked = await SQL.lock_due_touches(
        tx.connection,
        buckets=list(buckets),
        way=way.value,
        each=each,
        most=most,
        campaigns=list(campaigns) if campaigns is not None else None,
        staff_id=staff_id,
    )
    return await claim_locked(tx, locked, by, following)


async def claim_locked(
    tx: Tx, locked: Sequence[Any], by: str, following: Follow = nothing_follows
) -> tuple[int, Sequence[Touch]]:
    """The same of touches that are locked, with their owners, by this transaction."""
    if not locked:
        return 0, []
    rows = await standing(tx, [row["id"] for row in locked])
    judged = judge(rows)
    await _write(tx, rows, judged, by)
    for row, found in zip(rows, judged, strict=True):
        if found.may in (May.NEVER, May.EXPIRED):
            await following(tx, touch_of(row), state=STATE_AFTER[found.may])
    claimed = [
        touch_of(row, TouchState.CLAIMED)
        for row, found in zip(rows, judged, strict=True)
        if found.may is May.NOW
    ]
    return len(rows), sorted(claimed, key=lambda touch: (touch.priority, touch.due_at, touch.id))


async def standing(tx: Tx, ids: Sequence[UUID]) -> Sequence[Any]:
    """Touches with all that is asked of their owners; their owners' rows must be locked."""
    found: Sequence[Any] = await SQL.touches_as_they_stand(
        tx.connection, ids=list(ids), window=longest_window(shelf())
    )
    return found


def judge(rows: Sequence[Any]) -> Sequence[Verdict]:
    """Each by its campaign's policy, all of them at one moment: the first row's."""
    if not rows:
        return []
    at = rows[0]["at"]
    opens = Opens(at)
    packs = {code: _pack(code, at) for code in {row["policy"] for row in rows}}
    return [_judged(packs[row["policy"]], row, at, opens) for row in rows]


def _judged(policy: Pack | None, row: Any, at: datetime, opens: Opens) -> Verdict:
    if policy is None:
        return Verdict(May.LATER, Why.POLICY_UNKNOWN, at + POLICY_AGAIN_AFTER)
    return verdict(policy, asked_of(row), at, opens)


def _pack(code: str, at: datetime) -> Pack | None:
    """A campaign whose rules are not there waits; it is not let through."""
    try:
        return pack(code, at)
    except PolicyUnknown:
        return None


async def _write(tx: Tx, rows: Sequence[Any], judged: Sequence[Verdict], by: str) -> None:
    await SQL.judge_touches(
        tx.connection,
        ids=[row["id"] for row in rows],
        states=[STATE_AFTER[found.may].value for found in judged],
        reasons=[reason_of(found) for found in judged],
        due_ats=[found.until for found in judged],
        ledger_ids=[new_id() if found.may is May.NOW else None for found in judged],
        at=rows[0]["at"],
        by=by,
    )


def reason_of(found: Verdict) -> str:
    """As the touch keeps it."""
    return found.why.value if found.why else ""
