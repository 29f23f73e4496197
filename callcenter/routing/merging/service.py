"""Two rescues are one breakdown: a person says which goes on; the other's stations are told.

Locks: both tickets in the order of their ids, then offers. Nobody's truck is turned back without
being named.
"""

from datetime import timedelta
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.routing import journey, repository
from callcenter.routing.by_hand import end_asking
from callcenter.routing.errors import ReasonMissing
from callcenter.routing.ladder import ask_next, begin_round
from callcenter.routing.merging.errors import (
    DrillAndReal,
    MergeOtherWayRound,
    MergeTooOld,
    NothingGoesOn,
    TruckToBeNamed,
)
from callcenter.routing.model import Dispatch
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import location, merges
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.merges import Merge
from callcenter.tickets.model import ENDED, Kind, Stage, Ticket

SQL = repository.SQL
REASON = "merged"
"""Why an offer or a dispatch of the merged rescue ended."""
UNDONE_WITHIN = timedelta(days=1)


async def merge(
    tx: Tx,
    actor: str,
    survivor_id: UUID,
    merged_id: UUID,
    *,
    reason: str,
    turned_back: UUID | None = None,
) -> Merge:
    """One rescue goes on for both. `turned_back` names the merged one's dispatch, when it has one:
    its truck is not needed, and its station is told."""
    survivor, merged = await merges.lock_both(tx, survivor_id, merged_id)
    _check_pair(survivor, merged, reason)
    kept, ended = await _held(tx, survivor), await _held(tx, merged)
    if how_far(merged, ended) > how_far(survivor, kept):
        raise MergeOtherWayRound(survivor=merged.number, merged=survivor.number)
    if turned_back != (ended.id if ended else None):
        raise TruckToBeNamed(number=merged.number)
    is_unread = await _is_unread(tx, merged)
    if ended is not None:
        await journey.cancel(tx, actor, ended.id, REASON, ticket_to=Stage.MERGED)
    else:
        await end_asking(tx, actor, merged.id, REASON)
        await ticket_verbs.move(tx, actor, merged, Stage.MERGED)
    if is_unread:
        # The merged one's alarms end with it; what its caller sent must be read all the same.
        await location.ask_desk_to_read(tx, survivor.id, f"merged:{merged.id}")
    return await merges.keep_merge(tx, actor, survivor, merged, reason, stage_before=merged.stage)


async def undo_merge(
    tx: Tx, actor: str, merged_id: UUID, reason: str, settings: RoutingSettings
) -> Ticket:
    """They were not the same: the merged rescue comes back, and stations are asked again when its
    place counts. While the other one is live, or within a day. What it had made more urgent about
    the other stays so until a person takes it back."""
    if not reason.strip():
        raise ReasonMissing
    seen = await merges.live_merge(tx, await tickets.get(tx, merged_id))
    survivor, merged = await merges.lock_both(tx, seen.survivor_id, merged_id)
    known = await merges.live_merge(tx, merged)
    goes_on = await tickets.lives_on_in(tx, survivor)
    is_over = goes_on.stage in ENDED and await tx.now() - known.merged_at > UNDONE_WITHIN
    if known.id != seen.id or is_over:
        raise MergeTooOld(number=merged.number)
    opened = await merges.keep_undo(tx, actor, known, merged, reason)
    if known.stage_before is Stage.HANDED_OVER:
        return await ticket_verbs.move(tx, actor, opened, Stage.HANDED_OVER)
    if opened.place_id is not None:
        await _ask_anew(tx, actor, opened, opened.place_id, settings)
    return await tickets.get(tx, merged_id)


async def _ask_anew(
    tx: Tx, actor: str, ticket: Ticket, place_id: UUID, settings: RoutingSettings
) -> None:
    before = await repository.get_ladder(tx, ticket.id)
    asking = await ticket_verbs.move(tx, actor, ticket, Stage.DISPATCHING)
    await begin_round(tx, asking, place_id, settings)
    if before is not None and before.held:
        # A person stopped the asking; only a person lets it go on.
        await SQL.set_held(tx.connection, ticket_id=ticket.id, held=True)
    await ask_next(tx, ticket.id, settings)


def _check_pair(survivor: Ticket, merged: Ticket, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    if {survivor.kind, merged.kind} != {Kind.RESCUE}:
        raise NotARescue
    if survivor.drill != merged.drill:
        raise DrillAndReal
    for ticket in (survivor, merged):
        if ticket.stage in ENDED:
            raise NothingGoesOn(number=ticket.number)


async def _is_unread(tx: Tx, ticket: Ticket) -> bool:
    waiting = await alarms.listed(tx, limit=50, only_open=True, ticket_id=ticket.id)
    return any(alarm.kind == location.TO_READ for alarm in waiting)


async def _held(tx: Tx, ticket: Ticket) -> Dispatch | None:
    return await repository.live_dispatch(tx, ticket.id)


def how_far(ticket: Ticket, held_by: Dispatch | None) -> int:
    """2 help is coming, 1 the place counts, 0 neither: the one that goes on is not behind the one
    that is merged into it."""
    if held_by is not None or ticket.stage is Stage.HANDED_OVER:
        return 2
    return 1 if ticket.place_id is not None else 0
