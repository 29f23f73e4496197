"""What the survey's pages show: a question as it was answered, how far it is, the last words."""

from typing import Any

from callcenter.outbound.surveys import about, ways
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.filling import filled, with_facts
from callcenter.outbound.surveys.model import Question, Scored, Survey, bounds
from callcenter.outbound.surveys.response import Response, ResponseState
from callcenter.outbound.surveys.response_wire import closing_words
from callcenter.portal.attempt import Refused
from callcenter.portal.survey_form import PICK, ROW
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.pages import render

OVER_STATUS = 410


def survey_begin_view(call: Call, survey: Survey, *, is_open: bool) -> Html:
    """The page before the first question, for somebody unknown."""
    return render(
        call,
        "survey_begin.html",
        status=200 if is_open else OVER_STATUS,
        title=filled(survey.title, {}, call.language),
        intro=filled(survey.intro, {}, call.language),
        questions=ways.most_left(survey, survey.questions[0].code),
        is_open=is_open,
        hotline=call.settings.hotline,
    )


async def survey_view(
    call: Call, found: Response, asked: str, refused: Refused | None = None, form: Any = None
) -> Html:
    """The question `asked` for when it may be answered, else the next; or the last words."""
    facts = await about.personal(call.tx, found)
    stands = found.stands
    code = asked if asked in stands.path else stands.next
    if not found.takes_answers or code is None:
        return _last_words(call, found, facts)
    question = with_facts(found.survey.by_code[code], facts)
    step = stands.path.index(code) + 1 if code in stands.path else len(stands.path) + 1
    return render(
        call,
        "survey.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        title=filled(found.survey.title, facts, call.language),
        intro=filled(found.survey.intro, facts, call.language) if step == 1 else "",
        question=question,
        scores=_scores(question),
        filled_in=_filled_in(found.answers.get(code), form if code == asked else None),
        before=stands.before(code),
        step=step,
        steps=len(stands.path) + ways.most_left(found.survey, stands.next),
    )


def _scores(question: Question) -> list[int]:
    if not isinstance(question, Scored):
        return []
    low, high = bounds(question)
    return list(range(low, high + 1))


def _filled_in(answer: Answer | None, form: Any) -> dict[str, str]:
    """The form's fields as they stand: as just sent, or as answered before."""
    empty = dict.fromkeys(("choice", "score", "number", "day", "text", "words"), "")
    if form is not None:
        return empty | {name: str(value) for name, value in form.model_dump().items()}
    fields = _fields(answer or Answer())
    return empty | {name: str(value) for name, value in fields if value is not None}


def _fields(answer: Answer) -> list[tuple[str, object]]:
    number = None if answer.number is None else f"{answer.number:g}"
    return [
        ("choice", answer.choice),
        ("score", answer.score),
        ("number", number),
        ("day", answer.day),
        ("text", answer.text),
        ("words", answer.words),
        *((PICK + code, "on") for code in answer.choices or ()),
        *((ROW + row, code) for row, code in (answer.rows or {}).items()),
    ]


def _last_words(call: Call, found: Response, facts: dict[str, str]) -> Html:
    ended = found.state not in (ResponseState.OPEN, ResponseState.EXPIRED)
    return render(
        call,
        "survey_end.html",
        status=200 if ended else OVER_STATUS,
        title=filled(found.survey.title, facts, call.language),
        state=found.state.value if ended else "too_late",
        words=filled(closing_words(found), facts, call.language) if ended else "",
        calls_back=found.opened_ticket_id is not None,
        hotline=call.settings.hotline,
    )
