"""One call of the house on the switch: the legs it has there, written down as they come and go."""

from dataclasses import dataclass
from uuid import UUID

import structlog

from callcenter.calls import handing_over
from callcenter.calls.control import repository as control
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import EndReason
from callcenter.calls.queue import repository as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.database import Database
from callcenter.phones import e164
from callcenter.settings import QueueSettings
from callcenter.telephony.agent_phones.model import browser_extension
from callcenter.telephony.hotline.ending import ended
from callcenter.telephony.hotline.phones import AgentPhones
from callcenter.telephony.hotline.stages import Stage, with_caller
from callcenter.telephony.recordings.recorder import CallRecording, PauseChanged
from callcenter.telephony.signals import Ending, Left, Played
from callcenter.telephony.switch import LiveCall, Outside, Phone

log = structlog.get_logger()
ACTOR = "hotline"


@dataclass(frozen=True)
class Line:
    """`shown`: the number that those who are rung for this call see."""

    database: Database
    phones: AgentPhones
    rules: QueueSettings
    call: LiveCall
    call_id: UUID
    shown: str
    recording: CallRecording

    async def is_there(self, leg: str, who: Callee) -> None:
        """Somebody rings or is rung: written, so that whoever comes after us knows his leg."""
        await self.database.run(lambda tx: control.add_leg(tx, leg, self.call_id, who))

    async def ring(self, who: Callee, *, ring_s: float) -> str:
        """Dial a colleague's phone, or a number; his leg, "" for one who has no phone. A browser is
        told the call instead of a number, which its agent may not be allowed to see."""
        whom: Phone | Outside
        shown = self.shown
        if who.number is not None:
            whom = Outside(who.number)
        else:
            assert who.staff_id is not None, "who has no number is of the house"
            extension = await self.phones.of(who.staff_id)
            if extension is None:
                log.warning("agent_without_phone", staff_id=str(who.staff_id))
                return ""
            whom = Phone(extension)
            if extension == browser_extension(who.staff_id):
                # What is no number has to say that it stands in its place.
                shown = f"<{self.call_id.hex}>"
        leg = await self.call.dial(whom, shown=shown, ring_s=ring_s)
        await self.is_there(leg, who)
        return leg

    async def whom(self, dialled: str) -> Callee:
        """Whom a desk phone's own keys name: a colleague's desk phone, or a number. Raises
        BadPhone."""
        staff_id = await self.phones.whose(dialled)
        if staff_id is not None:
            return Callee(Party.COLLEAGUE, staff_id=staff_id)
        return Callee(Party.OUTSIDE, number=e164(dialled))

    async def answered(self, leg: str) -> None:
        """He can be spoken to."""
        await self.database.run(lambda tx: control.SQL.leg_answered(tx.connection, leg=leg))

    async def left(self, signal: Left) -> None:
        """He is off the line."""
        ending = signal.cause.ending.value
        await self.database.run(
            lambda tx: control.SQL.leg_ended(tx.connection, leg=signal.leg, ending=ending)
        )

    async def hand_to(self, colleague: UUID | None) -> None:
        """The agent writes up; the caller is the colleague's, or somebody's outside."""
        given = (self.call_id, colleague, self.rules)
        await self.database.run(lambda tx: handing_over.hand_over(tx, ACTOR, *given))

    async def wait_again(self, group: str) -> None:
        """The agent writes up; the caller waits for whoever of the group is next."""
        self.recording.follow("")
        given = (self.call_id, group, Urgency.RESCUE, self.rules)
        await self.database.run(lambda tx: handing_over.back_to_queue(tx, ACTOR, *given))

    async def group(self, otherwise: str) -> str:
        """Where the caller waited last."""
        places = await self.database.run(
            lambda tx: queue.SQL.places_of_call(tx.connection, call_id=self.call_id),
            readonly=True,
        )
        return str(places[-1]["group_name"]) if places else otherwise

    async def over(self, reason: EndReason) -> None:
        """The call is over for the house; the line is closed by `let_go`."""
        await ended(self.database, self.rules, self.call_id, reason)

    async def next(self, stage: Stage, bridge: str, third: Callee | None) -> object:
        """The next signal of a talk; until then what the caller hears of people is recorded, and
        nothing that is said without him."""
        self.recording.follow(*with_caller(stage, bridge, third))
        signal = await self.call.next()
        if isinstance(signal, Played | PauseChanged):
            self.recording.hear(signal)
        return signal

    async def let_go(self) -> None:
        """Everybody is off the line."""
        await self.recording.end()
        for leg in self.call.legs:
            await self.call.hang_up(leg)
        await self.database.run(
            lambda tx: control.SQL.legs_ended(
                tx.connection, call_id=self.call_id, ending=Ending.NORMAL.value
            )
        )


def by_caller(signal: Left, otherwise: EndReason) -> EndReason:
    """A leg that the switch has lost was not hung up by anybody."""
    return EndReason.LINE_LOST if signal.cause.ending is Ending.LOST else otherwise
