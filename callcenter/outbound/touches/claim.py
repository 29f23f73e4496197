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
from callcenter.outbound.policies.model import CALLS, Pack
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
    take: int | None = None,
) -> tuple[int, Sequence[Touch]]:
    """Up to `most` due touches, one for each owner: how many were judged, and those that may be
    now, claimed by `by`. The others wait, are skipped, expired or withdrawn.

    Texts and e-mails go by buckets, whatever their campaign; calls by campaign, of those that run,
    only of these `campaigns`, if there are any named; what is promised to somebody only for him.
    `take`: of those that may be no more than so many, the first.
    """
    if way in CALLS:
        locked = await SQL.lock_due_calls(
            tx.connection,
            way=way.value,
            most=most,
            campaigns=list(campaigns) if campaigns is not None else None,
            staff_id=staff_id,
        )
        return await claim_locked(tx, locked, by, following, take)
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
    tx: Tx,
    locked: Sequence[Any],
    by: str,
    following: Follow = nothing_follows,
    take: int | None = None,
) -> tuple[int, Sequence[Touch]]:
    """The same of touches that are locked, with their owners, by this transaction."""
    if not locked:
        return 0, []
    rows = await standing(tx, locked)
    judged = judge(rows, locked)
    if take is not None:
        rows, judged = _first(rows, judged, take)
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


def _first(
    rows: Sequence[Any], judged: Sequence[Verdict], take: int
) -> tuple[Sequence[Any], Sequence[Verdict]]:
    """Without those that may be now beyond the first so many: they stay as they are."""
    pairs = sorted(
        zip(rows, judged, strict=True),
        key=lambda pair: (pair[0]["priority"], pair[0]["due_at"], pair[0]["id"]),
    )
    may = [row["id"] for row, found in pairs if found.may is May.NOW]
    beyond = set(may[take:])
    kept = [(row, found) for row, found in pairs if row["id"] not in beyond]
    return [row for row, _ in kept], [found for _, found in kept]


async def standing(tx: Tx, locked: Sequence[Any]) -> Sequence[Any]:
    """Touches with all that is asked of their owners; `locked`: the owners' rows."""
    found: Sequence[Any] = await SQL.touches_as_they_stand(
        tx.connection, ids=[row["id"] for row in locked], window=longest_window(shelf())
    )
    return found


def judge(rows: Sequence[Any], locked: Sequence[Any]) -> Sequence[Verdict]:
    """Each by its campaign's policy, all of them at one moment: the first row's. `locked`: what
    their owners have said, as the lock has read it."""
    if not rows:
        return []
    at = rows[0]["at"]
    opens = Opens(at)
    packs = {code: _pack(code, at) for code in {row["policy"] for row in rows}}
    said = {row["owner_id"]: row for row in locked}
    return [_judged(packs[row["policy"]], row, said[row["owner_id"]], at, opens) for row in rows]


def _judged(policy: Pack | None, row: Any, said: Any, at: datetime, opens: Opens) -> Verdict:
    if policy is None:
        return Verdict(May.LATER, Why.POLICY_UNKNOWN, at + POLICY_AGAIN_AFTER)
    return verdict(policy, asked_of(row, said), at, opens)


def _pack(code: str, at: datetime) -> Pack | None:
    """A campaign whose rules are not there waits; it is not let through."""
    try:
        return pack(code, at)
    except PolicyUnknown:
        return None


async def _write(tx: Tx, rows: Sequence[Any], judged: Sequence[Verdict], by: str) -> None:
    at = rows[0]["at"]
    pairs = list(zip((row["id"] for row in rows), judged, strict=True))
    if now := [touch_id for touch_id, found in pairs if found.may is May.NOW]:
        ledger_ids = [new_id() for _ in now]
        await SQL.claim_touches(tx.connection, ids=now, ledger_ids=ledger_ids, at=at, by=by)
    if off := [(touch_id, found) for touch_id, found in pairs if found.may is not May.NOW]:
        await SQL.put_touches_off(
            tx.connection,
            ids=[touch_id for touch_id, _ in off],
            states=[STATE_AFTER[found.may].value for _, found in off],
            reasons=[reason_of(found) for _, found in off],
            due_ats=[found.until for _, found in off],
            at=at,
        )


def reason_of(found: Verdict) -> str:
    """As the touch keeps it."""
    return found.why.value if found.why else ""
