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
from callcenter.outbound.touches.model import ALL_BUCKETS, BATCH, AgentsCalls
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


async def claim_for_agent(
    tx: Tx,
    by: str,
    whose: AgentsCalls,
    following: Follow = nothing_follows,
) -> tuple[int, Sequence[Touch]]:
    """The next call for an agent, as `claim` has it: a promise first, then what waits longest of
    the foremost of his campaigns."""
    locked = await SQL.lock_calls_of_agent(
        tx.connection,
        staff_id=whose.staff_id,
        campaigns=list(whose.campaigns),
        groups=sorted(whose.groups),
        languages=None if whose.languages is None else sorted(whose.languages),
    )
    return await claim_locked(tx, locked, by, following)


async def expire_calls(tx: Tx, following: Follow, most: int = BATCH) -> int:
    """Calls whose time is over though nobody has claimed them, so that their plan goes on; how
    many."""
    locked = await SQL.lock_expired_calls(tx.connection, most=most)
    judged, _ = await claim_locked(tx, locked, "expired", following)
    return judged


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
    judged = judge(rows, locked, await asked_since_his_no(tx, rows, locked))
    if take is not None:
        rows, judged = _first(rows, judged, take)
    if rows:
        await _write(tx, rows, judged, by)
    for row, found in zip(rows, judged, strict=True):
        if is_followed(found, row):
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


def is_followed(found: Verdict, row: Any) -> bool:
    """Whether something follows: the plan goes on by another way, but not of what was withdrawn;
    of a promised call somebody hears in any case."""
    if found.may is May.WITHDRAWN:
        return row["promised_call_id"] is not None
    return found.may in (May.NEVER, May.EXPIRED)


async def asked_since_his_no(tx: Tx, rows: Sequence[Any], locked: Sequence[Any]) -> frozenset[UUID]:
    """Promised calls, of these, to owners who have said no on that channel, but before they asked
    to be called. Nothing is read where there are none."""
    promised = [row for row in rows if row["promised_call_id"] is not None]
    if not promised:
        return frozenset()
    said_no = {row["owner_id"] for row in locked if row["silent"] or row["refused"]}
    asked = [row["id"] for row in promised if row["owner_id"] in said_no]
    found = await SQL.asked_since_his_no(tx.connection, ids=asked)
    return frozenset(row["id"] for row in found)


def judge(
    rows: Sequence[Any], locked: Sequence[Any], asked_anew: frozenset[UUID] = frozenset()
) -> Sequence[Verdict]:
    """Each by its campaign's policy, all of them at one moment: the first row's. `locked`: what
    their owners have said, as the lock has read it; `asked_anew`: whose no is older than what
    they were promised."""
    if not rows:
        return []
    at = rows[0]["at"]
    opens = Opens(at)
    packs = {code: _pack(code, at) for code in {row["policy"] for row in rows}}
    said = {row["owner_id"]: row for row in locked}
    return [
        verdict(
            policy,
            asked_of(row, said[row["owner_id"]], asks_anew=row["id"] in asked_anew),
            at,
            opens,
        )
        if (policy := packs[row["policy"]]) is not None
        else Verdict(May.LATER, Why.POLICY_UNKNOWN, at + POLICY_AGAIN_AFTER)
        for row in rows
    ]


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
