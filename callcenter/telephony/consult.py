"""An agent asks somebody else while the caller waits: then hands the call over, brings all three
together, or takes the caller back. Bridges only: no phone has to know how to transfer."""

from dataclasses import dataclass

from callcenter.telephony.signals import Answered, Left
from callcenter.telephony.switch import CallOver, LiveCall, Outside, Phone


@dataclass
class Consultation:
    """`talk`: the bridge of caller and agent, closed while they do not speak. Verbs raise CallOver
    when somebody who is needed has left."""

    call: LiveCall
    caller: str
    agent: str
    talk: str
    asked: str = ""
    aside: str = ""

    async def ask(self, whom: Phone | Outside, *, shown: str, ring_s: float) -> Answered | Left:
        """The caller gets his music, the agent hears it ring. Answered: both speak aside. Left: he
        was busy, declined, or the like; `take_back` follows."""
        await self.call.close(self.talk)
        await self.call.music(self.caller, on=True)
        await self.call.ring_back(self.agent)
        self.asked = await self.call.dial(whom, shown=shown, ring_s=ring_s)
        answer = await self.call.next(Answered, Left, leg=self.asked)
        if isinstance(answer, Answered):
            self.aside = await self._together(self.agent, self.asked)
        return answer

    async def hand_over(self) -> str:
        """The caller to the one who was asked, the agent off the line: a warm transfer. The
        bridge of the two."""
        talk = await self._together(self.caller, self.asked)
        await self.call.hang_up(self.agent)
        await self.call.close(self.aside)
        return talk

    async def all_together(self) -> str:
        """A conference of the three, in the bridge that is answered."""
        self.talk = await self._together(self.caller, self.agent, self.asked)
        await self.call.close(self.aside)
        return self.talk

    async def take_back(self) -> str:
        """The caller speaks with the agent again, the other one is off the line."""
        if self.asked in self.call.legs:
            await self.call.hang_up(self.asked)
        self.talk = await self._together(self.caller, self.agent)
        await self.call.close(self.aside)
        return self.talk

    async def _together(self, *legs: str) -> str:
        bridge = await self.call.bridge(*legs)
        if not bridge:
            raise CallOver
        return bridge
