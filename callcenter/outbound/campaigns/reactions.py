"""What campaigns answer to the news of others, on one screen."""

from functools import partial
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.events import VisitsImported
from callcenter.customers.events import (
    ContactPointAdded,
    OwnerEdited,
    VehicleEdited,
    VehicleUnlinked,
)
from callcenter.customers.visits.events import VisitRecorded
from callcenter.db.database import Database
from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.by_fact import ASKS_ABOUT, follow
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.going_on import go_on
from callcenter.outbound.campaigns.meanwhile import withdraw_needless, withdraw_of_file
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.repository import SQL, campaign_of
from callcenter.outbound.campaigns.service import GO_ON, WITHDRAW_REST
from callcenter.outbound.model import Outcome
from callcenter.outbound.surveys.events import SurveyAnswered, SurveyCompleted
from callcenter.outbound.touches import service as touches
from callcenter.outbound.wrong_address import has_new_email, has_new_number
from callcenter.stations.bookings import repository as bookings
from callcenter.stations.bookings.events import BookingMade
from callcenter.tickets import repository as tickets
from callcenter.tickets.events import TicketMoved
from callcenter.tickets.model import Stage

FOLLOW_UP = "outbound.follow_up_ticket"
SURVEY_SAID = "outbound.follow_survey"
BOOKED = "outbound.follow_booking"
NEEDLESS = "outbound.withdraw_needless"
NEW_NUMBER = "outbound.follow_new_number"
NEW_EMAIL = "outbound.follow_new_email"
NEEDLESS_OF_FILE = "outbound.withdraw_of_file"
SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    TicketMoved: (FOLLOW_UP,),
    SurveyAnswered: (SURVEY_SAID,),
    SurveyCompleted: (SURVEY_SAID,),
    BookingMade: (BOOKED, NEEDLESS),
    VisitRecorded: (NEEDLESS,),
    VehicleEdited: (NEEDLESS,),
    VehicleUnlinked: (NEEDLESS,),
    ContactPointAdded: (NEW_NUMBER,),
    OwnerEdited: (NEW_EMAIL,),
    VisitsImported: (NEEDLESS_OF_FILE,),
}


def work() -> Work:
    """The reactions of campaigns, and what is left of one that was stopped."""
    return Work(
        reactions={
            FOLLOW_UP: follow_up_ticket,
            SURVEY_SAID: follow_survey,
            BOOKED: follow_booking,
            NEEDLESS: withdraw_needless,
            NEW_NUMBER: has_new_number,
            NEW_EMAIL: has_new_email,
        },
        errands={
            WITHDRAW_REST: withdraw_rest,
            GO_ON: go_on,
            NEEDLESS_OF_FILE: withdraw_of_file,
        },
    )


async def follow_up_ticket(tx: Tx, event: StoredEvent) -> None:
    """Its owner comes into every campaign that asks how such tickets went. Drills ask nobody."""
    if event.facts["stage"] != Stage.CLOSED or event.ticket_id is None:
        return
    ticket = await tickets.get(tx, event.ticket_id)
    asks = ASKS_ABOUT.get(ticket.kind)
    if asks is None or ticket.drill or ticket.owner_id is None:
        return
    about = About(ticket.owner_id, ticket.vehicle_id, ticket.id)
    for row in await SQL.running_by_fact(tx.connection, kind=asks.value):
        await follow(tx, campaign_of(row), about)


async def follow_survey(tx: Tx, event: StoredEvent) -> None:
    """Who has begun to answer, or has answered all, has heard us: his touch has its outcome."""
    facts = event.facts
    if facts["touch_id"] is None:
        return
    done = event.kind == SurveyCompleted.kind
    if not done and not facts["first"]:
        return
    await touches.come_of(
        tx,
        UUID(facts["touch_id"]),
        Outcome.SURVEY_DONE if done else Outcome.SURVEY_BEGUN,
        following=after_touch,
        survey_response_id=UUID(facts["response_id"]),
    )


async def follow_booking(tx: Tx, event: StoredEvent) -> None:
    """What moved him to it has its outcome, and what still waits for him is not said."""
    booking = await bookings.get(tx, UUID(event.facts["booking_id"]))
    if booking.touch_id is not None:
        await touches.come_of(tx, booking.touch_id, Outcome.BOOKED, following=after_touch)


async def withdraw_rest(database: Database, payload: dict[str, Any]) -> None:
    """In pieces: a campaign may have half a million of them. Until then each is asked of its
    campaign when its time comes, and is not said."""
    campaign_id, reason = UUID(payload["campaign_id"]), payload["reason"]
    while await database.run(partial(touches.withdraw, campaign_id=campaign_id, reason=reason)):
        pass
