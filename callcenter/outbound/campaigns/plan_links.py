"""The links that stand in a campaign's words."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.rendering import Invitation
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.campaigns.survey_words import Surveys
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.surveys import about, repository, responses, texts
from callcenter.outbound.surveys.links import page_path
from callcenter.outbound.surveys.text_reply import message_of
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

    async def surveys(self, tx: Tx, ids: Collection[UUID]) -> Surveys:
        """Those of them that take answers now."""
        return await repository.open_now(tx, ids)

    async def survey(
        self, tx: Tx, touch: Touch, survey_id: UUID, language: str, *, asks: bool
    ) -> Invitation:
        """Where he answers: the response that he has in this run, whichever way it was begun on,
        and if the words ask it the question that is next; what a text asks is kept.

        Raises SurveyNotFound, SurveyNotOpen.
        """
        begun = await response_of(tx, touch, survey_id, language)
        code, words = await _question(tx, begun) if asks else (None, "")
        if touch.channel is Way.TEXT:
            await texts.keep(tx, begun, code, touch_id=touch.id)
        return Invitation(f"{self.base_url}{page_path(self.links, begun)}", words)

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


async def _question(tx: Tx, response_id: UUID) -> tuple[str | None, str]:
    """The next one as a text asks it; none where it must be seen, or nothing is left."""
    found = await repository.response(tx, response_id)
    question = found.survey.by_code.get(found.stands.next or "")
    if question is None:
        return None, ""
    words = message_of(question, await about.personal(tx, found), found.language)
    return (question.code, words) if words else (None, "")
