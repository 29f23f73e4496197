"""The verbs of the page with the telephone: it dials, is there, leaves a message, hangs up.

A call is held by the page that began it: by its token, and for the person who is signed in there.
A page that is not heard of any more has hung up.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from callcenter.calls.model import EndReason
from callcenter.db.enqueue import schedule
from callcenter.db.jobs import Work
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.settings import Settings
from callcenter.telephony import message_files
from callcenter.telephony.flow import repository
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.acts import Acts, HandOver, TakeMessage
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.link import LinkByText
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.repository import InFlow
from callcenter.telephony.flow.service import Told
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.recordings.received import received

SQL = load_queries(__file__)
ACTOR = "carrier:simulator"
IS_HE_THERE = "simulator.is_he_there"
SILENCE = timedelta(seconds=90)
"""Browsers let a page that nobody looks at speak once a minute."""


async def dial(tx: Tx, holder: str, caller: str | None, house: House) -> Told:
    """A new call of this page."""
    told = await flow.begin(tx, ACTOR, f"simulated:{new_id()}", caller, house)
    await SQL.hold_line(tx.connection, call_id=told.call_id, begun_by=holder)
    await _look_later(tx, told.call_id)
    return told


async def held(tx: Tx, call_id: UUID | None, holder: str) -> UUID:
    """The call, when this person's page holds it still; raises CallNotInFlow."""
    if call_id is None or await SQL.holder(tx.connection, call_id=call_id) != holder:
        raise CallNotInFlow
    return call_id


async def told_last(tx: Tx, call_id: UUID) -> Acts:
    """What the page was told last; nothing when the flow has forgotten the call."""
    stands = await repository.position(tx, call_id)
    return stands.acts if stands else ()


async def is_there(tx: Tx, call_id: UUID) -> None:
    """The page is there. What a crash forgets is made good by the next word: no flush is due."""
    await tx.connection.execute("set local synchronous_commit to off")
    await SQL.seen(tx.connection, call_id=call_id)


async def leave_message(
    tx: Tx, call_id: UUID, sequence: int, wav: bytes, house: House, data_dir: Path, *, hung_up: bool
) -> Told:
    """What was said to this wait is kept; to any other nothing is, and all stays as it was.

    Raises CallNotInFlow when the call is over.
    """
    await repository.lock_call(tx, call_id)
    acts = await told_last(tx, call_id)
    if not acts or not isinstance(acts[-1], TakeMessage) or acts[-1].sequence != sequence:
        if acts:
            return Told(call_id, acts)
        raise CallNotInFlow
    sent = message_files.keep(data_dir, call_id, sequence, wav)
    left = await received(tx, ACTOR, call_id, data_dir, sent)
    return await flow.take_message(tx, ACTOR, call_id, sequence, left, house, hung_up=hung_up)


async def hang_up(tx: Tx, call_id: UUID, house: House, *, lost: bool = False) -> None:
    """The line is closed, wherever the call is; `lost`: nobody knows why. Said once or twice."""
    stands = await repository.position(tx, call_id)
    why = EndReason.WENT_OUTSIDE if _is_handed_over(stands) else None
    await flow.leave(tx, ACTOR, call_id, house, EndReason.LINE_LOST if lost else why)
    await SQL.let_line_go(tx.connection, call_id=call_id)


def house_of(settings: Settings) -> House:
    """The house's own queue, and its links."""
    return House(queue=OurQueue(settings.queue), links=LinkByText(settings))


def work(settings: Settings) -> Work:
    """The look after a page that may be gone."""
    return Work(timers={IS_HE_THERE: partial(_look, house_of(settings))})


async def _look(house: House, tx: Tx, payload: dict[str, Any]) -> None:
    call_id = UUID(payload["call_id"])
    # The call comes first, as for all who hold both.
    await repository.lock_call(tx, call_id)
    seen_at = await SQL.seen_at(tx.connection, call_id=call_id)
    if seen_at is None:
        return
    if seen_at + SILENCE > await tx.now():
        await _look_later(tx, call_id)
    else:
        await hang_up(tx, call_id, house, lost=True)


async def _look_later(tx: Tx, call_id: UUID) -> None:
    at = await tx.now() + SILENCE
    key = f"{call_id}:{at.timestamp()}"
    await schedule(tx, IS_HE_THERE, {"call_id": str(call_id)}, at=at, key=key)


def _is_handed_over(stands: InFlow | None) -> bool:
    return stands is not None and bool(stands.acts) and isinstance(stands.acts[-1], HandOver)
