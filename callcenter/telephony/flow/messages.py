"""A message that a caller left: it has an owner from its first moment."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.events import MessageLeft
from callcenter.telephony.flow.model import Language
from callcenter.telephony.flow.repository import SQL
from callcenter.tickets.model import Kind

SUMMARY: dict[Language, str] = {
    "zh": "来电者留言,请听录音后回电。",
    "en": "The caller left a message: listen to it and call back.",
}


@dataclass(frozen=True)
class LeftMessage:
    """Where the recording is kept, how long it is, and its row when we have it ourselves."""

    recording: str
    duration_s: int | None = None
    recording_id: UUID | None = None


async def keep(
    tx: Tx, actor: str, call_id: UUID, sequence: int, left: LeftMessage, language: Language
) -> None:
    """Kept once, however often it is told; a call without a ticket gets an enquiry."""
    row = await SQL.keep_message(
        tx.connection,
        call_id=call_id,
        sequence=sequence,
        recording=left.recording,
        duration_s=left.duration_s,
        recording_id=left.recording_id,
    )
    if not row["is_new"]:
        return
    call = await calls.get(tx, call_id)
    ticket_id = call.ticket_id
    if ticket_id is None:
        fields = {"kind": Kind.ENQUIRY, "particulars": {}, "language": language}
        fields["summary"] = SUMMARY[language]
        ticket_id = (await calls.open_ticket(tx, actor, call_id, fields)).id
    fact = MessageLeft(call_id=call_id, sequence=sequence)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
