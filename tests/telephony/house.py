"""A house for the flow: a queue that tells a wait, and links that are sent or not."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.model import Call, EndReason
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.ports import House, Waiting

__all__ = ["Entered", "House", "Linked", "house"]


@dataclass
class Entered:
    """Keeps who was let in."""

    wait_s: float | None = 90.0
    calls: list[tuple[UUID, dict[str, Any]]] = field(default_factory=list)

    async def enter(self, tx: Tx, call_id: UUID, **how: Any) -> Waiting:
        self.calls.append((call_id, how))
        return Waiting(1, self.wait_s)

    async def left(self, tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> None:
        await calls.end(tx, actor, call_id, reason)


@dataclass
class Linked:
    """Keeps to whom a link was sent."""

    receives: bool = True
    calls: list[UUID] = field(default_factory=list)

    async def send(self, tx: Tx, actor: str, call: Call, language: str) -> bool:
        self.calls.append(call.id)
        return self.receives


def house(wait_s: float | None = 90.0, receives: bool = True) -> House:
    return House(queue=Entered(wait_s), links=Linked(receives))
