"""What every call to an owner needs of the house, and how it begins and ends in its books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents import service as agents
from callcenter.calls.agents.model import MISSED
from callcenter.calls.control import repository as control
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.keys import KeyAnswers
from callcenter.outbound.dialling.model import OwnerCall, OwnerCallState
from callcenter.outbound.dialling.standing import reserve
from callcenter.outbound.dialling.touches import Touches
from callcenter.outbound.model import Outcome
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.model import Language
from callcenter.telephony.hotline.broken import Broken
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.signals import Ending

ACTOR = "hotline"
RINGS_S = 30.0
"""Longer where a policy pack says so."""
NOT_TOLD_S = 2.0
"""How much later than asked a switch tells that nobody has answered."""
NOT_TAKEN = {
    Ending.BUSY: Outcome.BUSY,
    Ending.DECLINED: Outcome.BUSY,
    Ending.NO_ANSWER: Outcome.NO_ANSWER,
    Ending.NORMAL: Outcome.NO_ANSWER,
    Ending.UNKNOWN_NUMBER: Outcome.UNREACHABLE,
    Ending.UNREACHABLE: Outcome.UNREACHABLE,
}
ENDS = {
    Outcome.BUSY: EndReason.BUSY,
    Outcome.NO_ANSWER: EndReason.NO_ANSWER,
    Outcome.UNREACHABLE: EndReason.UNREACHABLE,
    Outcome.HUNG_UP: EndReason.CALLER_HUNG_UP,
    Outcome.ABANDONED: EndReason.ABANDONED,
}
"""How the line's own record says it; else we have hung up."""


class NobodyFree(Exception):
    """No agent of the group was ready any more."""


@dataclass(frozen=True)
class Means:
    """One for each process. `shown`: the number that an owner sees, `house`: the name he hears, in
    his language."""

    database: Database
    prompts: Prompts
    rules: QueueSettings
    shown: str
    house: Mapping[Language, str]
    touches: Touches
    answers: KeyAnswers
    broken: Broken = field(default_factory=Broken)

    async def begin(self, taken: OwnerCall) -> OwnerCall | None:
        """Written as being dialled, with a call of the house; the switch is asked next. None: he is
        not to be called."""

        return await self.database.run(lambda tx: self._begun(tx, taken))

    async def begin_for(self, taken: OwnerCall, group: str) -> tuple[OwnerCall, UUID] | None:
        """The same, with the agent of the group who has it from now on. Raises NobodyFree, and
        nothing was begun."""

        async def verb(tx: Tx) -> tuple[OwnerCall, UUID] | None:
            one = await self._begun(tx, taken)
            if one is None:
                return None
            staff_id = await reserve(tx, one, group)
            if staff_id is None:
                raise NobodyFree
            return one, staff_id

        return await self.database.run(verb)

    async def _begun(self, tx: Tx, taken: OwnerCall) -> OwnerCall | None:
        one = await repository.lock(tx, taken.id)
        if one.state is not OwnerCallState.TAKEN:
            return None
        if not await self.touches.sending(tx, one.touch_id, ACTOR):
            await service.end(tx, ACTOR, one, None, "not_to_be_called")
            return None
        call = await calls.dial(tx, ACTOR, one.number, one.language)
        return await service.dialling(tx, ACTOR, one, call.id)

    async def rings(self, one: OwnerCall, leg: str) -> None:
        """With his leg: whoever comes after us knows whose it is."""
        whom = Callee(Party.OUTSIDE, number=one.number)
        await self.database.run(lambda tx: control.add_leg(tx, leg, _call_of(one), whom))

    async def leg_answered(self, one: OwnerCall, leg: str) -> None:
        """He is there."""

        async def verb(tx: Tx) -> None:
            await control.SQL.leg_answered(tx.connection, leg=leg)
            await service.answered(tx, one)

        await self.database.run(verb)

    async def answered_by_nobody(self, one: OwnerCall) -> None:
        """The hotline's call is answered: no agent is on it, keys are."""
        await self.database.run(lambda tx: calls.answer(tx, ACTOR, _call_of(one), None))

    async def leg_left(self, leg: str, ending: Ending) -> None:
        """He is not there any more."""
        await self.database.run(
            lambda tx: control.SQL.leg_ended(tx.connection, leg=leg, ending=ending.value)
        )

    async def over(self, tx: Tx, one: OwnerCall, outcome: Outcome | None) -> None:
        """What came of it, in the books of the touch, of the call to the owner and of the hotline;
        none: nobody can say. The first word counts."""
        now = await repository.lock(tx, one.id)
        if now.state is OwnerCallState.ENDED:
            return
        if outcome is None:
            await self.touches.unknown(tx, one.touch_id, "line_lost")
        else:
            await self.touches.outcome(
                tx, one.touch_id, outcome, words=one.words, staff_id=now.staff_id
            )
        await service.end(tx, ACTOR, one, outcome)

    async def not_taken(self, tx: Tx, one: OwnerCall, reason: EndReason) -> None:
        """The telephone of the agent who has it rang, and he was not there: he is away, so that
        nobody else is lost to it. That comes before the end, which rings the next caller at whoever
        is ready."""
        await calls.lock(tx, _call_of(one))
        seat = await seats.lock_of_call(tx, _call_of(one))
        if seat is not None:
            await agents.take_seat(tx, f"staff:{seat.staff_id}", seat.staff_id, MISSED)
        await self.end_line(tx, one, reason)

    async def line_closed(self, one: OwnerCall, reason: EndReason) -> None:
        """The hotline's call is over; where that is known nothing changes."""
        await self.database.run(lambda tx: self.end_line(tx, one, reason))

    async def end_line(self, tx: Tx, one: OwnerCall, reason: EndReason) -> None:
        """The same, in a transaction."""
        try:
            await contacts.end(tx, ACTOR, _call_of(one), reason, self.rules)
        except CallMoveRefused:
            return


def _call_of(one: OwnerCall) -> UUID:
    assert one.call_id is not None, "what is dialled has its call"
    return one.call_id
