"""What the calls to owners answer to the hotline's news: how each call went, by its own record."""

from uuid import UUID

from callcenter.calls.events import CallAnswered, CallDisposed, CallEnded
from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.model import Begun
from callcenter.outbound.dialling.touches import Touches

SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    CallAnswered: ("outbound.owner_answered",),
    CallEnded: ("outbound.owner_call_ended",),
    CallDisposed: ("outbound.owner_call_written_up",),
}


def work(touches: Touches) -> Work:
    """Each acts on calls to owners alone, and once."""

    async def answered(tx: Tx, event: StoredEvent) -> None:
        one = await repository.of_call(tx, UUID(event.facts["call_id"]))
        if one is not None and one.mode is Begun.PREVIEW and one.staff_id is not None:
            await service.connected(tx, event.actor, one.id, one.staff_id, touches)

    async def ended(tx: Tx, event: StoredEvent) -> None:
        await service.call_ended(tx, event.actor, UUID(event.facts["call_id"]), touches)

    async def written_up(tx: Tx, event: StoredEvent) -> None:
        await service.written_up(tx, event.actor, UUID(event.facts["call_id"]))

    return Work(
        reactions={
            "outbound.owner_answered": answered,
            "outbound.owner_call_ended": ended,
            "outbound.owner_call_written_up": written_up,
        }
    )
