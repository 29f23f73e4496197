"""Calls that went on without us: we come back and take each up where the house says it stood."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.control.model import Party
from callcenter.calls.control.repository import SQL as CONTROL
from callcenter.calls.model import CallState, Direction, EndReason
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.acts import EnterQueue
from callcenter.telephony.flow.repository import position
from callcenter.telephony.flow.service import Told
from callcenter.telephony.hotline.broken import line_lost
from callcenter.telephony.hotline.desk import Desk
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.news import LookAgain
from callcenter.telephony.hotline.talk import Talk
from callcenter.telephony.signals import Adopted

TALK_HERE = (Party.AGENT, Party.COLLEAGUE, Party.STATION, Party.OUTSIDE)


@dataclass(frozen=True)
class Known:
    """A call as the house has it: `caller` and `other` are legs that live; `other` "" for one who
    speaks with nobody yet; `caller` too is "" for a call of ours whose number was not dialled yet.
    `told`: what its menu said last."""

    call_id: UUID
    state: CallState
    direction: Direction
    caller: str
    other: str
    told: Told


async def what_was(tx: Tx, found: Adopted) -> Known | None:
    """None: the house does not know it, or the caller is gone."""
    call_id = await CONTROL.call_of_legs(tx.connection, legs=list(found.legs))
    if call_id is None:
        return None
    rows = await CONTROL.legs_of_call(tx.connection, call_id=call_id)
    live = [row for row in rows if row["leg"] in found.legs]
    first = [row["leg"] for row in rows if row["party"] in (Party.CALLER, Party.OUTSIDE)][:1]
    caller = next((leg for leg in first if leg in found.legs), "")
    call = await calls.get(tx, call_id)
    if not caller and call.direction is Direction.INBOUND:
        return None
    spoke = [row for row in live if row["answered_at"] and row["leg"] != caller]
    others = [row["leg"] for row in spoke if row["party"] in TALK_HERE]
    stands = await position(tx, call_id)
    told = Told(call_id, stands.acts if stands else ())
    other = others[0] if others else ""
    return Known(call_id, call.state, call.direction, caller, other, told)


async def go_on(line: Line, known: Known, found: Adopted) -> bool:
    """The talk or the wait goes on, to its end; False for one who was in the menu, who hears its
    last words again. Who was asked aside is off the line."""
    if known.state is CallState.ENDED:
        await line.let_go()
        return True
    kept = {known.caller, known.other} if known.state is CallState.ANSWERED else {known.caller}
    for leg in found.legs:
        if leg not in kept:
            await line.call.hang_up(leg)
    if known.state is CallState.ANSWERED and known.other:
        # For what the desk has wanted since.
        line.call.tell(LookAgain())
        if await Talk(line, known.caller, known.other).go_on():
            await Desk(line, known.caller).wait()
        await line.let_go()
        return True
    if _is_lost(known):
        await line.over(EndReason.LINE_LOST)
        await line.let_go()
        return True
    # Who came by no menu, as a station's duty phone, waits since he is there.
    waits = not known.told.acts or isinstance(known.told.acts[-1], EnterQueue)
    if known.state is CallState.RINGING and waits:
        await line.call.music(known.caller, on=True)
        await Desk(line, known.caller).wait()
        return True
    return False


def _is_lost(known: Known) -> bool:
    """Of a talk one alone is left, who is called back; or nobody has taken yet what an agent has
    dialled, who dials again."""
    if known.direction is Direction.OUTBOUND and known.state is CallState.RINGING:
        return True
    return known.state is CallState.ANSWERED and not known.other


async def end_lost(database: Database, rules: QueueSettings, alive: frozenset[str]) -> None:
    """What the house believes to be on the switch and is not there any more: ended, and called
    back. `alive`: the legs that are there."""
    rows = await database.run(lambda tx: CONTROL.live_on_switch(tx.connection), readonly=True)
    for row in rows:
        if not alive.intersection(row["legs"]):
            await _end(database, rules, row["id"])


async def _end(database: Database, rules: QueueSettings, call_id: UUID) -> None:
    await database.run(lambda tx: line_lost(tx, call_id, rules))
