"""Caller and agent talk, and what the desk wants done meanwhile: hold, a third person, transfer."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.control import repository as control
from callcenter.calls.control import service as orders
from callcenter.calls.control.model import (
    SUPERVISED,
    Callee,
    Order,
    OrderState,
    Party,
    Verb,
)
from callcenter.calls.model import Call, CallState, EndReason
from callcenter.calls.queue import repository as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.phones import e164
from callcenter.telephony.hotline.line import ACTOR, Line, by_caller
from callcenter.telephony.hotline.listeners import Listeners
from callcenter.telephony.hotline.news import CallClosed, LookAgain, Ordered
from callcenter.telephony.recordings.recorder import PauseChanged
from callcenter.telephony.signals import Answered, Ending, Left, Played, TransferAsked

log = structlog.get_logger()
THIRD_RINGS_S = 30.0
NOBODY_TOOK_IT = "desk"
"""The group that gets a caller whose transfer failed."""


class Stage(StrEnum):
    """Who hears whom. ASKING: the third one's phone rings, the caller hears music. ASIDE: agent and
    third speak, the caller hears music. GOING: the third one's phone rings for the caller alone.
    HANDED: caller and third speak, the agent is gone."""

    TALKING = "talking"
    HELD = "held"
    ASKING = "asking"
    ASIDE = "aside"
    TOGETHER = "together"
    GOING = "going"
    HANDED = "handed"


WITH_CALLER = frozenset({Stage.TALKING, Stage.TOGETHER, Stage.HANDED})


class Outcome(StrEnum):
    """How a talk ends: for good, or the caller waits for another."""

    OVER = "over"
    WAITS = "waits"


class CannotNow(Exception):
    """The order does not fit the stage; the text is a code."""


class Talk:
    """From the moment both are on the line. `go_on` answers whether the caller waits again."""

    def __init__(self, line: Line, caller: str, agent: str) -> None:
        self.line = line
        self.call = line.call
        self.caller = caller
        self.agent = agent
        self.third = ""
        self.asked: Callee | None = None
        self.bridge = ""
        self.by_key = False
        self.stage = Stage.TALKING
        self.listeners = Listeners(line)
        self._verbs: dict[Verb, Callable[[Order], Awaitable[None]]] = {
            Verb.HOLD: self._hold,
            Verb.RESUME: self._resume,
            Verb.CONSULT: self._consult,
            Verb.TAKE_BACK: self._take_back,
            Verb.HAND_OVER: self._hand_over,
            Verb.CONFERENCE: self._conference,
            Verb.TRANSFER: self._transfer,
        }

    async def go_on(self, bridge: str = "") -> bool:
        """Until somebody hangs up for good; in `bridge` when they are together already."""
        self.bridge = bridge or await self.call.bridge(self.caller, self.agent)
        outcome = None
        try:
            while outcome is None:
                self._record()
                outcome = await self._after(await self.call.next())
        finally:
            await self.line.recording.end()
        await self.listeners.send_away()
        return outcome is Outcome.WAITS

    def _record(self) -> None:
        """What the caller hears of people is recorded, nothing that is said without him. Who came
        in from outside has to be told, too."""
        bridge = self.bridge if self.stage in WITH_CALLER else ""
        stranger = self.asked.number if self.asked and self.stage is not Stage.TALKING else None
        self.line.recording.follow(bridge, stranger or "")

    async def _after(self, signal: object) -> Outcome | None:
        if isinstance(signal, CallClosed):
            return Outcome.OVER
        if isinstance(signal, Left):
            await self.line.left(signal)
            return await self._without(signal)
        if isinstance(signal, Answered):
            await self._answered(signal.leg)
        elif isinstance(signal, TransferAsked) and signal.leg == self.agent:
            await self._transfer_by_key(signal.to)
        elif isinstance(signal, Ordered):
            return await self._do(signal.order_id)
        elif isinstance(signal, Played | PauseChanged):
            self.line.recording.hear(signal)
        elif isinstance(signal, LookAgain) and await self._missed():
            return Outcome.OVER
        return None

    async def _missed(self) -> bool:
        """What was wanted while no news came; whether the call is over."""
        call_id = self.line.call_id
        call, wanted = await self.line.database.run(
            lambda tx: _as_it_stands(tx, call_id), readonly=True
        )
        for order_id in wanted:
            self.call.tell(Ordered(order_id))
        return call.state is CallState.ENDED

    async def _do(self, order_id: UUID) -> Outcome | None:
        order = await self.line.database.run(lambda tx: control.get(tx, order_id), readonly=True)
        if order.state is not OrderState.ASKED:
            return None
        try:
            if order.verb in SUPERVISED:
                await self.listeners.do(order, self.agent, self.bridge)
            elif order.verb is Verb.TRANSFER and _group_of(order):
                await self._to_group(_group_of(order))
            else:
                await self._verbs[order.verb](order)
        except (CannotNow, CallCenterError) as refusal:
            code = refusal.code if isinstance(refusal, CallCenterError) else str(refusal)
            await self.line.database.run(lambda tx: orders.refused(tx, ACTOR, order.id, code))
            return None
        await self.line.database.run(lambda tx: orders.done(tx, ACTOR, order.id))
        return Outcome.WAITS if order.verb is Verb.TRANSFER and _group_of(order) else None

    def _must_be(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise CannotNow(f"not_while_{self.stage}")

    async def _hold(self, _: Order) -> None:
        self._must_be(Stage.TALKING)
        await self.call.leave(self.bridge, self.caller)
        await self.call.music(self.caller, on=True)
        self.stage = Stage.HELD

    async def _resume(self, _: Order) -> None:
        self._must_be(Stage.HELD)
        await self.call.join(self.bridge, self.caller)
        self.stage = Stage.TALKING

    async def _consult(self, order: Order) -> None:
        self._must_be(Stage.TALKING, Stage.HELD)
        await self._ring(order.callee)
        await self.call.leave(self.bridge, self.caller)
        await self.call.music(self.caller, on=True)
        await self.call.leave(self.bridge, self.agent)
        await self.call.ring_back(self.agent)
        self.stage = Stage.ASKING

    async def _ring(self, whom: Callee | None) -> None:
        assert whom is not None, "such an order names somebody"
        self.third = await self.line.ring(whom, ring_s=THIRD_RINGS_S)
        if not self.third:
            raise CannotNow("callee_unreachable")
        self.asked = whom

    async def _answered(self, leg: str) -> None:
        await self.line.answered(leg)
        if self.by_key and leg == self.third:
            await self.call.tell_transfer(self.agent, done=True)
            await self._speaks_with_third()
        elif leg != self.third:
            await self.listeners.answered(leg, self.agent, self.bridge)
        elif self.stage is Stage.ASKING:
            await self._together(self.agent, self.third)
            self.stage = Stage.ASIDE
        elif self.stage is Stage.GOING:
            await self._speaks_with_third()

    async def _transfer_by_key(self, to: str) -> None:
        """A desk phone's own transfer key: it waits to hear how it went, and speaks on if badly."""
        try:
            self._must_be(Stage.TALKING)
            staff_id = await self.line.phones.whose(to)
            number = None if staff_id else e164(to)
            party = Party.COLLEAGUE if staff_id else Party.OUTSIDE
            await self._ring(Callee(party, staff_id=staff_id, number=number))
        except (CannotNow, CallCenterError):
            await self.call.tell_transfer(self.agent, done=False)
            return
        self.by_key, self.stage = True, Stage.ASKING

    async def _take_back(self, _: Order) -> None:
        self._must_be(Stage.ASKING, Stage.ASIDE, Stage.TOGETHER)
        third, self.third = self.third, ""
        await self.call.hang_up(third)
        await self._back_to_two()

    async def _back_to_two(self) -> None:
        await self._together(self.caller, self.agent)
        self.by_key, self.stage = False, Stage.TALKING

    async def _conference(self, _: Order) -> None:
        self._must_be(Stage.ASIDE)
        await self._together(self.caller, self.agent, self.third)
        self.stage = Stage.TOGETHER

    async def _hand_over(self, _: Order) -> None:
        self._must_be(Stage.ASIDE, Stage.TOGETHER)
        await self._hand_to(self.asked.staff_id if self.asked else None)
        await self._hang_up_agent()
        await self._third_alone()

    async def _speaks_with_third(self) -> None:
        """The agent is gone already. A colleague who is in a contact of his own has the caller
        beside it: nobody is turned away for that."""
        try:
            await self._hand_to(self.asked.staff_id if self.asked else None)
        except CallCenterError as refusal:
            log.info("handed_to_busy_colleague", code=refusal.code)
        await self._third_alone()

    async def _third_alone(self) -> None:
        await self._together(self.caller, self.third)
        self.stage = Stage.HANDED

    async def _hand_to(self, colleague: UUID | None) -> None:
        given = (self.line.call_id, colleague, self.line.rules)
        await self.line.database.run(lambda tx: contacts.hand_over(tx, ACTOR, *given))

    async def _transfer(self, order: Order) -> None:
        self._must_be(Stage.TALKING, Stage.HELD)
        await self._ring(order.callee)
        await self._hang_up_agent()
        await self._goes()

    async def _goes(self) -> None:
        await self.call.leave(self.bridge, self.caller)
        await self.call.music(self.caller, on=False)
        await self.call.ring_back(self.caller)
        self.stage = Stage.GOING
        await self._hand_to(None)

    async def _hang_up_agent(self) -> None:
        agent, self.agent = self.agent, ""
        await self.call.hang_up(agent)

    async def _to_group(self, group: str) -> None:
        self._must_be(Stage.TALKING, Stage.HELD)
        await self._wait_again(group)
        await self._hang_up_agent()

    async def _wait_again(self, group: str) -> None:
        given = (self.line.call_id, group, Urgency.RESCUE, self.line.rules)
        await self.line.database.run(lambda tx: contacts.back_to_queue(tx, ACTOR, *given))
        await self.call.leave(self.bridge, self.caller)
        await self.call.music(self.caller, on=True)

    async def _together(self, *legs: str) -> None:
        before, self.bridge = self.bridge, await self.call.bridge(*legs)
        await self.call.close(before)
        await self.listeners.follow(self.bridge)

    async def _without(self, signal: Left) -> Outcome | None:
        """Somebody has hung up."""
        if signal.leg == self.caller:
            await self.line.over(by_caller(signal, EndReason.CALLER_HUNG_UP))
            return Outcome.OVER
        if signal.leg == self.agent:
            return await self._without_agent(signal)
        if signal.leg == self.third:
            return await self._without_third()
        await self.listeners.left(signal.leg)
        return None

    async def _without_agent(self, signal: Left) -> Outcome | None:
        self.agent = ""
        if self.stage in (Stage.ASIDE, Stage.TOGETHER):
            # Who hangs up with somebody else on the line hands over.
            await self._speaks_with_third()
        elif self.stage is Stage.ASKING:
            await self._goes()
        elif signal.cause.ending is not Ending.NORMAL:
            # His phone is gone, or his browser: nobody has hung up, and the caller is still there.
            await self._wait_again(await self._his_group())
            return Outcome.WAITS
        else:
            await self.line.over(EndReason.AGENT_HUNG_UP)
            return Outcome.OVER
        return None

    async def _his_group(self) -> str:
        """Where the caller waited before; of a call of ours, the front desk."""
        places = await self.line.database.run(
            lambda tx: queue.SQL.places_of_call(tx.connection, call_id=self.line.call_id),
            readonly=True,
        )
        return places[-1]["group_name"] if places else NOBODY_TOOK_IT

    async def _without_third(self) -> Outcome | None:
        self.third, stage = "", self.stage
        if stage is Stage.HANDED:
            await self.line.over(EndReason.AGENT_HUNG_UP)
            return Outcome.OVER
        if stage is Stage.GOING:
            await self._wait_again(NOBODY_TOOK_IT)
            return Outcome.WAITS
        if self.by_key:
            await self.call.tell_transfer(self.agent, done=False)
        await self._back_to_two()
        return None


async def _as_it_stands(tx: Tx, call_id: UUID) -> tuple[Call, list[UUID]]:
    found = await control.of_call(tx, call_id)
    wanted = [one.id for one in found if one.state is OrderState.ASKED]
    return await calls.get(tx, call_id), wanted


def _group_of(order: Order) -> str:
    is_group = order.callee is not None and order.callee.party is Party.GROUP
    return (order.callee.group or "") if is_group and order.callee else ""
