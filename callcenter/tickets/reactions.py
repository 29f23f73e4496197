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
from callcenter.tickets import proposals, repository
from callcenter.tickets import service as tickets
from callcenter.tickets.events import (
    MergeUndone,
    PlaceProposed,
    PriorityChanged,
    TicketEdited,
    TicketMerged,
    TicketMoved,
    TicketOpened,
)
from callcenter.tickets.geocoding import GEOCODE, geocode_errand
from callcenter.tickets.model import ENDED, Kind, Stage, Ticket
from callcenter.tickets.words import (
    first_words,
    merge_undone_words,
    merged_words,
    safety_again_words,
)
from callcenter.web.links import SignedLinks

SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    TicketOpened: ("tickets.send_first_words", "tickets.propose_same"),
    TicketEdited: ("tickets.send_first_words", "tickets.propose_same"),
    PlaceProposed: ("tickets.propose_same",),
    TicketMerged: ("tickets.tell_merged",),
    MergeUndone: ("tickets.tell_merge_undone",),
    PriorityChanged: ("tickets.send_safety_words",),
    TicketMoved: ("tickets.watch_resolved",),
}


TELLS_IT_APART = frozenset({"caller_phone", "owner_id", "vehicle_id", "particulars"})
"""Fields that may show two rescues to be one breakdown, or two."""


def work(settings: Settings, links: SignedLinks) -> Work:
    """The reactions and timers of this room."""
    does = _Reactions(settings, links)
    return Work(
        reactions={
            "tickets.send_first_words": does.send_first_words,
            "tickets.send_safety_words": does.send_safety_words,
            "tickets.watch_resolved": does.watch_resolved,
            "tickets.propose_same": does.propose_same,
            "tickets.tell_merged": does.tell_merged,
            "tickets.tell_merge_undone": does.tell_merge_undone,
        },
        timers={"tickets.close_resolved": does.close_resolved},
        errands={GEOCODE: geocode_errand(settings)},
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
            url=self._page_of(ticket),
            danger=ticket.danger,
            expressway=ticket.expressway,
        )
        await _say(tx, event, ticket, "first_words", body)

    async def send_safety_words(self, tx: Tx, event: StoredEvent) -> None:
        """It is more dangerous than was known at first: what to do now is something else."""
        if event.facts.get("more_urgent"):
            ticket = await _of(tx, event)
            for caller in (ticket, *await repository.goes_on_for(tx, ticket.id)):
                body = safety_again_words(
                    caller.language,
                    number=caller.number,
                    danger=ticket.danger,
                    expressway=ticket.expressway,
                )
                if caller.id == ticket.id or caller.caller_phone != ticket.caller_phone:
                    await _say(tx, event, caller, "safety_words", body)

    async def propose_same(self, tx: Tx, event: StoredEvent) -> None:
        """More is known of a rescue: whether it may be the same breakdown as another's."""
        edited = event.facts.get("fields")
        if event.ticket_id is not None and (edited is None or TELLS_IT_APART & set(edited)):
            await proposals.propose(tx, event.ticket_id)

    async def tell_merged(self, tx: Tx, event: StoredEvent) -> None:
        """The caller learns, under his own number, that one truck comes for both."""
        ticket = await _of(tx, event)
        if ticket.stage is Stage.MERGED:
            survivor = await repository.lives_on_in(tx, ticket)
            body = merged_words(
                ticket.language,
                number=ticket.number,
                other=survivor.number,
                url=self._page_of(ticket),
            )
            await _say(tx, event, ticket, "merged", body)

    async def tell_merge_undone(self, tx: Tx, event: StoredEvent) -> None:
        """The caller learns that his own rescue goes on; the other one's hears nothing of it."""
        ticket = await _of(tx, event)
        if event.facts["merged_id"] == str(ticket.id) and ticket.stage is not Stage.MERGED:
            body = merge_undone_words(
                ticket.language, number=ticket.number, url=self._page_of(ticket)
            )
            await _say(tx, event, ticket, "merge_undone", body)

    def _page_of(self, ticket: Ticket) -> str:
        return f"{self.settings.base_url}/o/{self.links.make('owner', ticket.id)}"

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
    if ticket.kind is not Kind.RESCUE or ticket.caller_phone is None:
        return
    if ticket.stage in ENDED and ticket.stage is not Stage.MERGED:
        return
    await messages.queue(
        tx,
        key=f"{purpose}:{event.id}:{ticket.id}",
        channel=Channel.TEXT,
        recipient=ticket.caller_phone,
        language=ticket.language,
        purpose=purpose,
        body=body,
        drill=ticket.drill,
        ticket_id=ticket.id,
    )
