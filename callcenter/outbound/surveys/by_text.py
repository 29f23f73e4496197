"""The verb of a text message that comes in: it answers the question that was sent last."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import about, responses
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.filling import filled
from callcenter.outbound.surveys.response import Response, Via
from callcenter.outbound.surveys.text_reply import answer_of_text, message_of

THANKS = {"zh": "感谢您的回答!", "en": "Thank you for your answers!"}
PRESENT = {"zh": "其余问题请在网页上回答。", "en": "Please answer the rest on the web page."}


@dataclass(frozen=True)
class Reply:
    """What is sent back: the next question, thanks, or why the answer could not be taken.
    `needs_page`: the next question must be seen; the link to it is to be sent along."""

    response_id: UUID
    words: str
    taken: bool
    needs_page: bool = False


async def answer_by_text(tx: Tx, actor: str, owners: list[UUID], body: str) -> Reply | None:
    """The reply of one of these owners (all who share the number) to his half-done survey; None
    when there is none, so that the message means something else.

    Raises ResponseOver when its time ends just now.
    """
    found = await responses.half_done(tx, owners)
    question = found.survey.by_code.get(found.stands.next or "") if found else None
    if found is None or question is None:
        return None
    try:
        said = answer_of_text(question, body)
    except AnswerRefused as refusal:
        return Reply(found.id, refusal.message(found.language), taken=False)
    after = await responses.answer(tx, actor, found.id, question.code, said, Via.TEXT)
    return await _next(tx, after)


async def _next(tx: Tx, found: Response) -> Reply:
    language = found.language
    question = found.survey.by_code.get(found.stands.next or "")
    facts = await about.personal(tx, found)
    if question is None or not found.takes_answers:
        return Reply(found.id, ending_words(found, facts), taken=True)
    words = message_of(question, facts, language)
    return Reply(found.id, words or PRESENT[language], taken=True, needs_page=not words)


def ending_words(found: Response, facts: dict[str, str]) -> str:
    """The last words of the survey, by how it ended; thanks where it has none of its own."""
    own = getattr(found.survey, found.state.value, None) or found.survey.thanks
    return filled(own, facts, found.language) or THANKS[found.language]
