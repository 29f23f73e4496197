"""The verb of a text message that comes in: it answers the question that was sent last."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import about, repository, responses, texts
from callcenter.outbound.surveys.errors import (
    AnswerRefused,
    QuestionNotAsked,
    ResponseOver,
    SurveyNotOpen,
)
from callcenter.outbound.surveys.filling import filled
from callcenter.outbound.surveys.model import FreeText, Question
from callcenter.outbound.surveys.response import Response, Via
from callcenter.outbound.surveys.text_reply import answer_of_text, is_tried, message_of
from callcenter.outbound.surveys.texts import AskedByText

THANKS = {"zh": "感谢您的回答!", "en": "Thank you for your answers!"}
PRESENT = {"zh": "其余问题请在网页上回答。", "en": "Please answer the rest on the web page."}
IS_READ = {
    "zh": "您的短信会有同事查看。若要回答问卷,请只回复题目里的数字。",
    "en": "A colleague will read your text. To answer the survey, reply with a number only.",
}


@dataclass(frozen=True)
class Reply:
    """What is sent back: the next question, thanks, or why the answer could not be taken.
    `needs_page`: the next question must be seen; the link to it is to be sent along."""

    response_id: UUID
    language: str
    words: str
    taken: bool
    needs_page: bool = False


async def answer_by_text(
    tx: Tx, actor: str, owners: Sequence[UUID], number: str, body: str
) -> Reply | None:
    """The reply of one of these owners (all who share the number, E.164) to what they were asked by
    text last; None when that is nothing, so that the message means something else.

    Free words are an answer only to a question that was itself the last text they had from us.
    """
    asked = await texts.asked_last(tx, owners)
    if asked is None:
        return None
    found = await repository.response(tx, asked.response_id)
    question = _answered(found, asked)
    if question is None:
        return None
    if isinstance(question, FreeText) and (
        asked.question is None or await texts.told_since(tx, owners, number, asked.at)
    ):
        return None
    try:
        said = answer_of_text(question, body)
        after = await responses.answer(tx, actor, found.id, question.code, said, Via.TEXT)
    except AnswerRefused as refusal:
        language = found.language
        why = refusal.message(language) if is_tried(body) else IS_READ[language]
        return Reply(found.id, language, why, taken=False)
    except (ResponseOver, SurveyNotOpen, QuestionNotAsked):
        return None
    return await _next(tx, after)


def _answered(found: Response, asked: AskedByText) -> Question | None:
    """The question in the text, though he may have gone on on another way; of a link the next."""
    stands = found.stands
    code = asked.question or stands.next
    on_his_way = code in (*stands.path, stands.next)
    return found.survey.by_code.get(code or "") if on_his_way else None


async def _next(tx: Tx, found: Response) -> Reply:
    language = found.language
    question = found.survey.by_code.get(found.stands.next or "")
    facts = await about.personal(tx, found)
    if question is None or not found.takes_answers:
        return Reply(found.id, language, ending_words(found, facts), taken=True)
    words = message_of(question, facts, language)
    await texts.keep(tx, found.id, question.code if words else None)
    return Reply(found.id, language, words or PRESENT[language], taken=True, needs_page=not words)


def ending_words(found: Response, facts: dict[str, str]) -> str:
    """The last words of the survey, by how it ended; thanks where it has none of its own."""
    own = getattr(found.survey, found.state.value, None) or found.survey.thanks
    return filled(own, facts, found.language) or THANKS[found.language]
