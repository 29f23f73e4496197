"""An owner's telephone rings: until he, or his machine, or nobody is there."""

from dataclasses import dataclass

from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.model import Outcome
from callcenter.outbound.policies.model import Abandoned
from callcenter.telephony.owners.means import NOT_TAKEN, NOT_TOLD_S, RINGS_S, Means
from callcenter.telephony.signals import Answered, Ending, Heard, Left, Recognised, Silent
from callcenter.telephony.switch import CallOver, LiveCall, Outside

RECOGNISED_S, OUTLASTED_S = 8.0, 35.0


def rings_s(rules: Abandoned) -> float:
    """How long an owner's telephone rings: never shorter than his policy pack says."""
    return max(RINGS_S, rules.ring_at_least_s)


class LineLost(CallOver):
    """The switch was gone: nobody has hung up, and nobody can say more."""


@dataclass(frozen=True)
class Ringing:
    """One owner's telephone."""

    means: Means
    call: LiveCall
    one: OwnerCall
    ring_s: float = RINGS_S

    @property
    def waits_s(self) -> float:
        """How long to wait for what becomes of it."""
        return self.ring_s + NOT_TOLD_S

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
            heard = await self.call.next(Answered, Left, leg=leg, within_s=self.waits_s)
        except TimeoutError:
            await self.call.hang_up(leg)
            return Outcome.NO_ANSWER
        return await self.came(leg, heard)

    async def came(self, leg: str, heard: Answered | Left) -> Outcome | None:
        """The same, by what the switch has told of it."""
        if isinstance(heard, Left):
            await self.means.leg_left(leg, heard.cause.ending)
            if heard.cause.ending is Ending.LOST:
                raise LineLost
            return NOT_TAKEN[heard.cause.ending]
        await self.means.leg_answered(self.one, leg)
        return None

    async def is_machine(self, leg: str, machine: Machine) -> bool:
        """Listened to, where that is asked for; who is not clearly a machine is a person, also when
        the switch says nothing of it in time. Raises CallOver."""
        if machine is Machine.NOT_ASKED or not await self.call.recognise(leg):
            return False
        try:
            told = await self.call.next(Recognised, Left, leg=leg, within_s=RECOGNISED_S)
        except TimeoutError:
            return False
        if isinstance(told, Left):
            raise gone(told)
        return told.heard is Heard.MACHINE

    async def outlasted(self, leg: str) -> bool:
        """Whether the machine has finished its greeting, and can be spoken to. Raises CallOver."""
        if not await self.call.outlast(leg):
            return False
        try:
            told = await self.call.next(Silent, Left, leg=leg, within_s=OUTLASTED_S)
        except TimeoutError:
            return False
        if isinstance(told, Left):
            raise gone(told)
        return True


def gone(left: Left) -> CallOver:
    """He has hung up, or the switch was gone."""
    return LineLost() if left.cause.ending is Ending.LOST else CallOver()
