"""Supervisors in a talk: who listens, who speaks to the agent alone, who speaks to all."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls.control.model import Callee, Order, Party, Verb
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.switch import Ear

RINGS_S = 20.0
EARS = {Verb.LISTEN: Ear.LISTEN, Verb.WHISPER: Ear.WHISPER}


@dataclass
class Listener:
    """`bridge`: where he listens; "" while his phone rings, or when he speaks with all."""

    staff_id: UUID
    leg: str
    verb: Verb
    bridge: str = ""


class Listeners:
    """Those of one talk."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.call = line.call
        self._there: dict[str, Listener] = {}

    async def do(self, order: Order, agent: str, talk: str) -> None:
        """A supervisor comes, changes how he takes part, or goes."""
        known = next((one for one in self._there.values() if one.staff_id == order.asked_by), None)
        if order.verb is Verb.STOP_LISTENING:
            if known is not None:
                await self._send_away(known)
        elif known is None:
            who = Callee(Party.SUPERVISOR, staff_id=order.asked_by)
            leg = await self.line.ring(who, ring_s=RINGS_S)
            if leg:
                self._there[leg] = Listener(order.asked_by, leg, order.verb)
        else:
            known.verb = order.verb
            await self.answered(known.leg, agent, talk)

    async def answered(self, leg: str, agent: str, talk: str) -> None:
        """He is on the line, and takes part as he wished."""
        one = self._there.get(leg)
        if one is None:
            return
        listened, one.bridge = one.bridge, ""
        if one.verb is Verb.BARGE:
            await self.call.join(talk, leg)
        else:
            one.bridge = await self.call.listen(leg, agent, EARS[one.verb])
        if listened:
            await self.call.close(listened)

    async def follow(self, talk: str) -> None:
        """The talk goes on in another bridge: who speaks in it comes along."""
        for leg, one in self._there.items():
            if one.verb is Verb.BARGE and not one.bridge:
                await self.call.join(talk, leg)

    async def left(self, leg: str) -> None:
        """He has hung up."""
        one = self._there.pop(leg, None)
        if one is not None and one.bridge:
            await self.call.close(one.bridge)

    async def send_away(self) -> None:
        """The talk is over for them."""
        for one in list(self._there.values()):
            await self._send_away(one)

    async def _send_away(self, one: Listener) -> None:
        await self.left(one.leg)
        await self.call.hang_up(one.leg)
