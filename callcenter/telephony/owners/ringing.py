"""An owner's telephone rings: until he, or his machine, or nobody is there."""

from dataclasses import dataclass

from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.model import Outcome
from callcenter.telephony.owners.means import NOT_TAKEN, NOT_TOLD_S, RINGS_S, Means
from callcenter.telephony.signals import Answered, Ending, Heard, Left, Recognised, Silent
from callcenter.telephony.switch import CallOver, LiveCall, Outside

RECOGNISED_S, OUTLASTED_S = 8.0, 35.0


class LineLost(CallOver):
    """The switch was gone: nobody has hung up, and nobody can say more."""


@dataclass(frozen=True)
class Ringing:
    """One owner's telephone."""

    means: Means
    call: LiveCall
    one: OwnerCall
    ring_s: float = RINGS_S

    async def dial(self) -> str:
        """His leg, written down."""
        leg = await self.call.dial(
            Outside(self.one.number), shown=self.means.shown, ring_s=self.ring_s
        )
        await self.means.rings(self.one, leg)
        return leg

    async def reached(self, leg: str) -> Outcome | None:
        """None: somebody is there. Raises LineLost."""
        try:
            heard = await self.call.next(Answered, Left, leg=leg, within_s=self.ring_s + NOT_TOLD_S)
        except TimeoutError:
            await self.call.hang_up(leg)
            return Outcome.NO_ANSWER
        if isinstance(heard, Left):
            await self.means.leg_left(leg, heard.cause.ending)
            if heard.cause.ending is Ending.LOST:
                raise LineLost
            return NOT_TAKEN[heard.cause.ending]
        await self.means.leg_answered(self.one, leg)
        return None

    async def is_machine(self, leg: str, machine: Machine) -> bool:
        """Listened to, where that is asked for; who is not clearly a machine is a person. Raises
        CallOver."""
        if machine is Machine.NOT_ASKED or not await self.call.recognise(leg):
            return False
        told = await self.call.next(Recognised, Left, leg=leg, within_s=RECOGNISED_S)
        if isinstance(told, Left):
            raise gone(told)
        return told.heard is Heard.MACHINE

    async def outlasted(self, leg: str) -> None:
        """The machine has finished its greeting. Raises CallOver."""
        if await self.call.outlast(leg):
            told = await self.call.next(Silent, Left, leg=leg, within_s=OUTLASTED_S)
            if isinstance(told, Left):
                raise gone(told)


def gone(left: Left) -> CallOver:
    """He has hung up, or the switch was gone."""
    return LineLost() if left.cause.ending is Ending.LOST else CallOver()
