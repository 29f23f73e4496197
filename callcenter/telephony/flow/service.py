"""The verbs of a carrier: a call began, something was heard, the caller has left.

What comes twice or too late is answered with what the call was told before, and changes nothing.
"""

import math
from dataclasses import dataclass, replace
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.model import CallState, EndReason
from callcenter.db.transaction import Tx
from callcenter.phones import caller_of
from callcenter.telephony.flow import messages, repository, versions
from callcenter.telephony.flow.acts import (
    WAIT_MINUTES,
    Act,
    Acts,
    Close,
    EnterQueue,
    Speak,
    TextLink,
)
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.model import Record
from callcenter.telephony.flow.ports import House, Waiting
from callcenter.telephony.flow.repository import InFlow
from callcenter.telephony.flow.walk import Heard, Position, What, walk

OVER: Acts = (Close(),)


@dataclass(frozen=True)
class Told:
    """What the carrier of this call has to do now."""

    call_id: UUID
    acts: Acts


async def begin(tx: Tx, actor: str, carrier_ref: str, caller: str | None, house: House) -> Told:
    """The phone rings. Written before the first word; a second ring is told the same."""
    number, words = caller_of(caller)
    call = await calls.ring(tx, actor, carrier_ref, number, words, state=CallState.MENU)
    if stands := await repository.position(tx, call.id):
        return Told(call.id, stands.acts)
    if call.state is CallState.ENDED:
        return Told(call.id, OVER)
    kept = await versions.current_kept(tx)
    stands = InFlow(call.id, kept.version, kept.flow, Position(), ())
    return await _go_on(tx, actor, stands, Heard(What.BEGAN), house)


async def hear(tx: Tx, actor: str, call_id: UUID, heard: Heard, house: House) -> Told:
    """A key, silence, a recording. Raises CallNotInFlow when this call is over or never began."""
    return await _go_on(tx, actor, await _stands(tx, call_id), heard, house)


async def take_message(
    tx: Tx,
    actor: str,
    call_id: UUID,
    sequence: int,
    left: messages.LeftMessage,
    house: House,
    *,
    hung_up: bool = False,
) -> Told:
    """The caller has left a message: kept with the call, and an enquiry for who calls him back.

    Who hangs up when he has said all has left one, too: his message and the end of his call are
    told in any order. Raises CallNotInFlow when there is no such call.
    """
    state = await repository.lock_call(tx, call_id)
    stands = await repository.position(tx, call_id)
    language = stands.position.language if stands else "zh"
    await messages.keep(tx, actor, call_id, sequence, left, language)
    if hung_up:
        await leave(tx, actor, call_id, house)
    if hung_up or stands is None or _was_ended(state, stands):
        return Told(call_id, OVER)
    return await _go_on(tx, actor, stands, Heard(What.RECORDED, sequence), house)


async def leave(
    tx: Tx,
    actor: str,
    call_id: UUID,
    house: House,
    reason: EndReason | None = None,
    *,
    was_answered: bool = False,
) -> None:
    """The line is closed, by the caller unless `reason` says otherwise; again, nothing happens.

    `was_answered`: the carrier had brought him to a person.
    """
    await repository.lock_call(tx, call_id)
    call = await calls.get(tx, call_id)
    if was_answered and call.state in (CallState.MENU, CallState.RINGING):
        call = await calls.answer(tx, actor, call_id, None)
    if call.state is not CallState.ENDED:
        stands = await repository.position(tx, call_id)
        await house.queue.left(tx, actor, call_id, reason or _by_caller(call.state, stands))
    await repository.SQL.forget_position(tx.connection, call_id=call_id)


async def left_unheard(
    tx: Tx, actor: str, carrier_ref: str, caller: str | None, house: House
) -> None:
    """The end of a call is told before its ring: it is written with its end, so that the ring,
    when it comes, leads nobody into the menu."""
    number, words = caller_of(caller)
    call = await calls.ring(tx, actor, carrier_ref, number, words, state=CallState.MENU)
    await leave(tx, actor, call.id, house)


def _by_caller(state: CallState, stands: InFlow | None) -> EndReason:
    """Who was leaving a message has not given up."""
    step = stands.flow.by_id.get(stands.position.step or "") if stands else None
    served = state is CallState.ANSWERED or isinstance(step, Record)
    return EndReason.CALLER_HUNG_UP if served else EndReason.ABANDONED


async def _stands(tx: Tx, call_id: UUID) -> InFlow:
    """Where the call stands; raises CallNotInFlow when others have ended it."""
    state = await repository.lock_call(tx, call_id)
    stands = await repository.position(tx, call_id)
    if stands is None or _was_ended(state, stands):
        raise CallNotInFlow
    return stands


def _was_ended(state: CallState, stands: InFlow) -> bool:
    """By others than its flow."""
    return state is CallState.ENDED and not stands.position.is_over


async def _go_on(tx: Tx, actor: str, stands: InFlow, heard: Heard, house: House) -> Told:
    now = await tx.now()
    walked = walk(stands.flow, stands.position, heard, now)
    if not walked.moved:
        return Told(stands.call_id, stands.acts)
    acts = walked.acts
    # The house itself sends the link, so the way goes on at once.
    while acts and isinstance(acts[-1], TextLink):
        call = await calls.get(tx, stands.call_id)
        sent = await house.links.send(tx, actor, call, walked.position.language)
        what = What.LINK_SENT if sent else What.LINK_NOT_SENT
        walked = walk(stands.flow, walked.position, Heard(what, walked.position.sequence), now)
        acts = (*acts[:-1], *walked.acts)
    await calls.speak(tx, stands.call_id, walked.position.language)
    acts = await _let_go(tx, actor, stands.call_id, acts, house)
    await repository.keep_position(tx, replace(stands, position=walked.position, acts=acts))
    return Told(stands.call_id, acts)


async def _let_go(tx: Tx, actor: str, call_id: UUID, acts: Acts, house: House) -> Acts:
    last = acts[-1] if acts else None
    if isinstance(last, Close):
        await house.queue.left(tx, actor, call_id, EndReason.FLOW_HUNG_UP)
    if not isinstance(last, EnterQueue):
        return acts
    await calls.ring_through(tx, actor, call_id)
    waiting = await house.queue.enter(
        tx,
        call_id,
        group=last.group,
        urgency=last.urgency,
        language=last.language,
        skills=last.skills,
    )
    told = [_with_wait(act, waiting) for act in acts]
    return tuple(act for act in told if act is not None)


def _with_wait(act: Act, waiting: Waiting) -> Act | None:
    """The wait in place of its holder; None when it is not known: then nothing is promised."""
    if not isinstance(act, Speak) or WAIT_MINUTES not in act.spoken.text:
        return act
    if waiting.wait_s is None:
        return None
    minutes = str(max(1, math.ceil(waiting.wait_s / 60)))
    text = act.spoken.text.replace(WAIT_MINUTES, minutes)
    return act.model_copy(update={"spoken": act.spoken.model_copy(update={"text": text})})
