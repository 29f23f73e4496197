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
from callcenter.tickets.events import PriorityChanged, TicketEdited, TicketMoved, TicketOpened
from callcenter.tickets.model import ENDED, Kind, Stage, Ticket
from callcenter.tickets.words import first_words, safety_again_words
from callcenter.web.links import SignedLinks

SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    TicketOpened: ("tickets.send_first_words",),
    TicketEdited: ("tickets.send_first_words",),
    PriorityChanged: ("tickets.send_safety_words",),
    TicketMoved: ("tickets.watch_resolved",),
}


def work(settings: Settings, links: SignedLinks) -> Work:
    """The reactions and timers of this room."""
    does = _Reactions(settings, links)
    return Work(
        reactions={
            "tickets.send_first_words": does.send_first_words,
            "tickets.send_safety_words": does.send_safety_words,
            "tickets.watch_resolved": does.watch_resolved,
        },
        timers={"tickets.close_resolved": does.close_resolved},
    )


class _Reactions:
    """Those that need the settings and the owner's link."""

    def __init__(self, settings: Settings, links: SignedLinks) -> None:
        self.settings = settings
        self.links = links

    async def send_first_words(self, tx: Tx, event: StoredEvent) -> None:
        """The owner of a rescue reads what to do now, and where to follow it: when it is opened,
        or as soon as there is a number to send it to."""
        if event.kind == TicketEdited.kind and "caller_phone" not in event.facts["fields"]:
            return
        ticket = await _of(tx, event)
        body = first_words(
            ticket.language,
            number=ticket.number,
            url=f"{self.settings.base_url}/o/{self.links.make('owner', ticket.id)}",
            danger=ticket.danger,
            expressway=ticket.expressway,
        )
        await _say(tx, event, ticket, "first_words", body)

    async def send_safety_words(self, tx: Tx, event: StoredEvent) -> None:
        """It is more dangerous than was known at first: what to do now is something else."""
        if event.facts.get("more_urgent"):
            ticket = await _of(tx, event)
            body = safety_again_words(
                ticket.language,
                number=ticket.number,
                danger=ticket.danger,
                expressway=ticket.expressway,
            )
            await _say(tx, event, ticket, "safety_words", body)

    async def watch_resolved(self, tx: Tx, event: StoredEvent) -> None:
        """A rescue that is resolved closes by itself when nobody takes it up again."""
        if event.facts["stage"] != Stage.RESOLVED.value:
            return
        ticket = await _of(tx, event)
        if ticket.kind is Kind.RESCUE:
            await schedule(
                tx,
                "tickets.close_resolved",
                {"ticket_id": str(ticket.id), "event_id": str(event.id)},
                at=await tx.now() + timedelta(seconds=self.settings.tickets.close_resolved_s),
                key=str(event.id),
            )

    async def close_resolved(self, tx: Tx, payload: dict[str, Any]) -> None:
        """Nobody has taken it up again."""
        ticket = await repository.lock(tx, UUID(payload["ticket_id"]))
        age_s = (await tx.now() - ticket.stage_since).total_seconds()
        if ticket.stage is Stage.RESOLVED and age_s >= self.settings.tickets.close_resolved_s:
            await tickets.move(tx, "system", ticket, Stage.CLOSED)


async def _of(tx: Tx, event: StoredEvent) -> Ticket:
    assert event.ticket_id is not None
    return await repository.get(tx, event.ticket_id)


async def _say(tx: Tx, event: StoredEvent, ticket: Ticket, purpose: str, body: str) -> None:
    if ticket.kind is not Kind.RESCUE or ticket.caller_phone is None or ticket.stage in ENDED:
        return
    await messages.queue(
        tx,
        key=f"{purpose}:{event.id}",
        channel=Channel.TEXT,
        recipient=ticket.caller_phone,
        language=ticket.language,
        purpose=purpose,
        body=body,
        drill=ticket.drill,
        ticket_id=ticket.id,
    )
