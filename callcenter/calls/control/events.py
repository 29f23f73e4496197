"""What desks do with calls. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.calls.events import CallFact


class CallOrdered(CallFact):
    """A desk wants this done with the call; a supervisor's listening is among it: `agent_id` is the
    one he listens to."""

    kind: ClassVar[str] = "call.ordered"
    order_id: UUID
    verb: str
    agent_id: UUID | None = None


class OrderDone(CallFact):
    """It is so now."""

    kind: ClassVar[str] = "call.order_done"
    order_id: UUID
    verb: str


class OrderRefused(CallFact):
    """It could not be done."""

    kind: ClassVar[str] = "call.order_refused"
    order_id: UUID
    verb: str
    why: str
