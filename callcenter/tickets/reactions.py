"""All that tickets answer to their own news, on one screen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.messages import service as messages
from callcenter.messages.model import Channel
from callcenter.settings import Settings
from callcenter.tickets import repository
from callcenter.tickets import service as tickets
from callcenter.tickets.events import TicketMoved, TicketOpened
from callcenter.tickets.model import Kind, Stage
from callcenter.tickets.words import first_words
from callcenter.web.links import SignedLinks

SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    TicketOpened: ("tickets.send_first_words",),
    TicketMoved: ("tickets.watch_resolved",),
}


def work(settings: Settings, links: SignedLinks) -> Work:
    """The reactions and timers of this room."""

    async def send_first_words(tx: Tx, event: StoredEvent) -> None:
        """The owner of a rescue reads what to do now, and where to follow it."""
        assert event.ticket_id is not None
        ticket = await repository.get(tx, event.ticket_id)
        if ticket.kind is not Kind.RESCUE or ticket.caller_phone is None:
            return
        body = first_words(
            ticket.language,
            number=ticket.number,
            url=f"{settings.base_url}/o/{links.make('owner', ticket.id)}",
            danger=ticket.danger,
            expressway=ticket.expressway,
        )
        await messages.queue(
            tx,
            key=f"first_words:{ticket.id}",
            channel=Channel.TEXT,
            recipient=ticket.caller_phone,
            language=ticket.language,
            purpose="first_words",
            body=body,
            drill=ticket.drill,
            ticket_id=ticket.id,
        )

    async def watch_resolved(tx: Tx, event: StoredEvent) -> None:
        """A rescue that is resolved closes by itself when nobody takes it up again."""
        if event.facts["stage"] != Stage.RESOLVED.value:
            return
        assert event.ticket_id is not None
        ticket = await repository.get(tx, event.ticket_id)
        if ticket.kind is Kind.RESCUE:
            await schedule(
                tx,
                "tickets.close_resolved",
                {"ticket_id": str(ticket.id), "event_id": str(event.id)},
                at=await tx.now() + timedelta(seconds=settings.tickets.close_resolved_s),
                key=str(event.id),
            )

    async def close_resolved(tx: Tx, payload: dict[str, Any]) -> None:
        ticket = await repository.lock(tx, UUID(payload["ticket_id"]))
        age_s = (await tx.now() - ticket.stage_since).total_seconds()
        if ticket.stage is Stage.RESOLVED and age_s >= settings.tickets.close_resolved_s:
            await tickets.move(tx, "system", ticket, Stage.CLOSED)

    return Work(
        reactions={
            "tickets.send_first_words": send_first_words,
            "tickets.watch_resolved": watch_resolved,
        },
        timers={"tickets.close_resolved": close_resolved},
    )
