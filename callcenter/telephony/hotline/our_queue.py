"""The house's own queue, as the flow wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.model import EndReason
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.model import Language
from callcenter.telephony.flow.ports import Waiting


@dataclass(frozen=True)
class OurQueue:
    """See `telephony.flow.ports.CallQueue`."""

    rules: QueueSettings

    async def enter(
        self,
        tx: Tx,
        call_id: UUID,
        *,
        group: str,
        urgency: Urgency,
        language: Language,
        skills: Sequence[str],
    ) -> Waiting:
        """Raises GroupUnknown: a flow may name a group that is gone."""
        place = await queue.enter(
            tx,
            "hotline",
            call_id,
            self.rules,
            group=group,
            urgency=urgency,
            language=language,
            skills=skills,
        )
        wait_s = place.estimate.total_seconds() if place.estimate is not None else None
        return Waiting(place.ahead + 1, wait_s)

    async def left(self, tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> None:
        """With its place and the agent's seat."""
        await contacts.end(tx, actor, call_id, reason, self.rules)
