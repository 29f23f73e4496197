"""The location link on its way to the caller: made, and said by text message."""

from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.messages import service as messages
from callcenter.messages.model import Channel
from callcenter.settings import Settings
from callcenter.tickets import repository
from callcenter.tickets.location_link import NewLink, make_link
from callcenter.tickets.words import link_words


async def send_link(tx: Tx, actor: str, ticket_id: UUID, settings: Settings) -> tuple[NewLink, str]:
    """The link and its address; sent to the caller's number, when the ticket has one.

    Raises TicketEnded.
    """
    link = await make_link(tx, actor, ticket_id, settings.places)
    url = f"{settings.base_url}/l/{link.token}"
    ticket = await repository.get(tx, ticket_id)
    if ticket.caller_phone:
        minutes = settings.places.link_lifetime_s // 60
        await messages.queue(
            tx,
            key=f"location_link:{link.id}",
            channel=Channel.TEXT,
            recipient=ticket.caller_phone,
            language=ticket.language,
            purpose="location_link",
            body=link_words(ticket.language, url=url, minutes=minutes),
            drill=ticket.drill,
            ticket_id=ticket.id,
        )
    return link, url
