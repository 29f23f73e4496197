"""Caller and agent talk, and what the desk wants done meanwhile: hold, a third person, transfer."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from callcenter.calls.control.model import SUPERVISED, Callee, Order, Verb
from callcenter.calls.model import EndReason
from callcenter.errors import CallCenterError
from callcenter.telephony.hotline.line import Line, by_caller
from callcenter.telephony.hotline.listeners import Listeners
from callcenter.telephony.hotline.news import CallClosed, LookAgain, Ordered
from callcenter.telephony.hotline.stages import CannotNow, Outcome, Stage
from callcenter.telephony.hotline.wanted import Wanted
from callcenter.telephony.signals import Answered, Ending, Left, TransferAsked

log = structlog.get_logger()
THIRD_RINGS_S = 30.0
NOBODY_TOOK_IT = "desk"
"""The group that gets a caller whose transfer failed."""


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
        self.wanted = Wanted(line)
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
        while outcome is None:
            outcome = await self._after(await self.call.next())
        await self.listeners.send_away()
        return outcome is Outcome.WAITS

    async def _after(self, signal: object) -> Outcome | None:
        if isinstance(signal, CallClosed):
            return Outcome.OVER
        if isinstance(signal, Left):
            return await self._without(signal)
        if isinstance(signal, Answered):
            await self._answered(signal.leg)
        elif isinstance(signal, TransferAsked) and signal.leg == self.agent:
            await self._transfer_by_key(signal.to)
        elif isinstance(signal, Ordered):
            return await self._do(signal.order_id)
        elif isinstance(signal, LookAgain):
            return await self._missed()
        return None

    async def _missed(self) -> Outcome | None:
        for order_id in (missed := await self.wanted.missed()) or ():
            self.call.tell(Ordered(order_id))
        return Outcome.OVER if missed is None else None

    async def _do(self, order_id: UUID) -> Outcome | None:
        order = await self.wanted.obeyed(order_id, self._obey)
        return Outcome.WAITS if order is not None and order.group else None

    async def _obey(self, order: Order) -> None:
        if order.verb in SUPERVISED:
            await self.listeners.do(order, self.agent, self.bridge)
        elif order.group:
            self._must_be(Stage.TALKING, Stage.HELD)
            await self._wait_again(order.group)
            await self._hang_up_agent()
        else:
            await self._verbs[order.verb](order)

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
            await self._ring(await self.line.whom(to))
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
        await self.line.hand_to(self.asked.staff_id if self.asked else None)
        await self._hang_up_agent()
        await self._third_alone()

    async def _speaks_with_third(self) -> None:
        """The agent is gone already. A colleague who is in a contact of his own has the caller
        beside it: nobody is turned away for that."""
        try:
            await self.line.hand_to(self.asked.staff_id if self.asked else None)
        except CallCenterError as refusal:
            log.info("handed_to_busy_colleague", code=refusal.code)
        await self._third_alone()

    async def _third_alone(self) -> None:
        await self._together(self.caller, self.third)
        self.stage = Stage.HANDED
        if self.asked is not None and self.asked.staff_id is not None:
            # A colleague drives the call from his own desk.
            self.agent, self.third, self.stage = self.third, "", Stage.TALKING

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
        await self.line.hand_to(None)

    async def _hang_up_agent(self) -> None:
        agent, self.agent = self.agent, ""
        await self.call.hang_up(agent)

    async def _wait_again(self, group: str) -> None:
        await self.line.wait_again(group)
        await self.call.leave(self.bridge, self.caller)
        await self.call.music(self.caller, on=True)

    async def _together(self, *legs: str) -> None:
        before, self.bridge = self.bridge, await self.call.bridge(*legs)
        await self.call.close(before)
        await self.listeners.follow(self.bridge)

    async def _without(self, signal: Left) -> Outcome | None:
        """Somebody has hung up."""
        await self.line.left(signal)
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
            await self._wait_again(await self.line.group(NOBODY_TOOK_IT))
            return Outcome.WAITS
        else:
            await self.line.over(EndReason.AGENT_HUNG_UP)
            return Outcome.OVER
        return None

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
