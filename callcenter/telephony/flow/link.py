"""Key 3 at work: a rescue for this call, and the location link to the number it comes from."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.model import Call
from callcenter.db.transaction import Tx
from callcenter.phones import takes_texts
from callcenter.settings import Settings
from callcenter.telephony.flow.model import Language
from callcenter.tickets import repository as tickets
from callcenter.tickets.link_message import send_link
from callcenter.tickets.model import Kind


@dataclass(frozen=True)
class LinkByText:
    """By the installation's own text messages."""

    settings: Settings

    async def send(self, tx: Tx, actor: str, call: Call, language: Language) -> bool:
        """For the rescue this caller has already, or one opened out of this call."""
        if call.caller is None or not takes_texts(call.caller):
            return False
        ticket_id = await self._rescue(tx, actor, call, call.caller, language)
        if ticket_id is None:
            return False
        await send_link(tx, actor, ticket_id, self.settings)
        return True

    async def _rescue(
        self, tx: Tx, actor: str, call: Call, caller: str, language: Language
    ) -> UUID | None:
        """None when the call is about something else already."""
        live = await tickets.live_of_caller(tx, caller)
        rescues = [one.id for one in live if one.kind is Kind.RESCUE]
        if call.ticket_id is not None:
            return call.ticket_id if call.ticket_id in rescues else None
        if rescues:
            return (await calls.attach(tx, actor, call.id, rescues[0])).ticket_id
        fields = {"kind": Kind.RESCUE, "particulars": {}, "language": language}
        return (await calls.open_ticket(tx, actor, call.id, fields)).id
