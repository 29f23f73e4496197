"""Key 3: whoever is on the duty phone waits for an agent like a caller, with his rescue."""

from dataclasses import dataclass, field
from uuid import UUID

import structlog

from callcenter.calls import service as calls
from callcenter.calls.control import repository as control
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.errors import GroupUnknown
from callcenter.calls.queue.model import Urgency
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.routing.duty import service as duty
from callcenter.routing.duty.model import DutyCall, DutyOutcome
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.model import Language
from callcenter.telephony.hotline.broken import Broken
from callcenter.telephony.hotline.desk import Desk
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.phones import AgentPhones
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.switch import LiveCall
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Ticket

log = structlog.get_logger()

ACTOR = "hotline"
GROUP = "desk"


@dataclass(frozen=True)
class QueueForDesk:
    """See `means.ToDesk`."""

    database: Database
    rules: QueueSettings
    news: News
    phones: AgentPhones
    recorder: Recorder
    broken: Broken = field(default_factory=Broken)

    async def put_through(
        self, call: LiveCall, leg: str, about: DutyCall, language: Language
    ) -> None:
        """Where the group is gone, the desk phones ring."""
        try:
            call_id = await self.database.run(lambda tx: self._enter(tx, leg, about, language))
        except GroupUnknown:
            log.error("duty_phone_has_no_desk", group=GROUP)
            await call.give_back(leg)
            return
        # Nobody tells the station of a recording: so there is none.
        recording = self.recorder.of(call, call_id)
        given = (call, call_id, about.number, recording)
        line = Line(self.database, self.phones, self.rules, *given)
        async with (
            self.broken.closes_line(self.database, call_id, self.rules),
            self.news.told_of(call_id, call),
        ):
            await call.music(leg, on=True)
            await Desk(line, leg).wait()

    async def _enter(self, tx: Tx, leg: str, about: DutyCall, language: Language) -> UUID:
        # In one step: from here on it is a call of the hotline's.
        await duty.end(tx, about, DutyOutcome.DESK)
        ticket = await tickets.get(tx, about.ticket_id)
        call = await calls.ring(tx, ACTOR, f"duty:{about.id}", about.number)
        await calls.attach(tx, ACTOR, call.id, ticket.id)
        # With it: a call without a leg could not be told from one that goes on.
        await control.add_leg(tx, leg, call.id, Callee(Party.CALLER, station_id=about.station_id))
        await queue.enter(
            tx,
            ACTOR,
            call.id,
            self.rules,
            group=GROUP,
            urgency=urgency_of(ticket),
            language=language,
        )
        return call.id


def urgency_of(ticket: Ticket) -> Urgency:
    """As that of the one who waits beside his car."""
    if ticket.danger:
        return Urgency.DANGER
    return Urgency.EXPRESSWAY if ticket.expressway else Urgency.RESCUE
