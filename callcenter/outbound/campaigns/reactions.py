"""What campaigns answer to the news of others: a closed rescue or complaint is asked about."""

from uuid import UUID

from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.repository import SQL, campaign_of
from callcenter.outbound.campaigns.runs import follow
from callcenter.tickets import repository as tickets
from callcenter.tickets.events import TicketMoved
from callcenter.tickets.model import Kind as TicketKind
from callcenter.tickets.model import Stage

FOLLOW_UP = "outbound.follow_up_ticket"
SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {TicketMoved: (FOLLOW_UP,)}
ASKS_ABOUT = {
    TicketKind.RESCUE: CampaignKind.RESCUE_FOLLOW_UP,
    TicketKind.COMPLAINT: CampaignKind.COMPLAINT_CALL_BACK,
}


def work() -> Work:
    """The reactions of campaigns."""
    return Work(reactions={FOLLOW_UP: follow_up_ticket})


async def follow_up_ticket(tx: Tx, event: StoredEvent) -> None:
    """Its owner comes into every campaign that asks how such tickets went. Drills ask nobody."""
    if event.facts["stage"] != Stage.CLOSED or event.ticket_id is None:
        return
    ticket = await tickets.get(tx, event.ticket_id)
    asks = ASKS_ABOUT.get(ticket.kind)
    if asks is None or ticket.drill or ticket.owner_id is None:
        return
    about = About(ticket.owner_id, ticket.vehicle_id, UUID(str(ticket.id)))
    for row in await SQL.running_by_fact(tx.connection, kind=asks.value):
        await follow(tx, campaign_of(row), about)
