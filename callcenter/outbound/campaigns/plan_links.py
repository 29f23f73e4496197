"""The links that stand in a campaign's words."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.model import Touch
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.links import page_path
from callcenter.outbound.unsubscribe import UnsubscribeLinks
from callcenter.web.links import SignedLinks

BOOKING = "booking"


@dataclass(frozen=True)
class PlanLinks:
    """`base_url`: what links begin with."""

    base_url: str
    links: SignedLinks

    async def booking(self, tx: Tx, touch: Touch) -> str:
        """Where the owner of this touch books a service for its car."""
        return f"{self.base_url}/b/{self.links.make(BOOKING, touch.id)}"

    async def survey(self, tx: Tx, touch: Touch, survey_id: UUID, language: str) -> str:
        """Where he answers: the response that he has in this run, whichever way it was begun on.

        Raises SurveyNotFound, SurveyNotOpen.
        """
        begun = await response_of(tx, touch, survey_id, language)
        return f"{self.base_url}{page_path(self.links, begun)}"

    def unsubscribe(self, touch: Touch) -> str | None:
        """Where he says that he wants no more e-mails; None where it is about his safety."""
        return UnsubscribeLinks(self.base_url, self.links).of_touch(touch.id, touch.purpose)


async def response_of(tx: Tx, touch: Touch, survey_id: UUID, language: str) -> UUID:
    """The response that the owner of this touch has in its run; opened by the first way that asks.

    Raises SurveyNotFound, SurveyNotOpen.
    """
    begun: UUID | None = await SQL.response_of_run(
        tx.connection, run_id=touch.run_id, owner_id=touch.owner_id, survey_id=survey_id
    )
    if begun is not None:
        return begun
    opened = await responses.open_response(
        tx,
        survey_id,
        owner_id=touch.owner_id,
        vehicle_id=touch.vehicle_id,
        ticket_id=touch.ticket_id,
        touch_id=touch.id,
        language=language,
    )
    return opened.id
