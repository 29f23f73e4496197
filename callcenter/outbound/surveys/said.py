"""What was said, in words that a colleague reads. Pure."""

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.filling import filled
from callcenter.outbound.surveys.model import Matrix, Multiple, Question, Single
from callcenter.outbound.surveys.parts import OTHER, Option
from callcenter.outbound.surveys.response import Response

MOST_SIGNS = 2000
BEHIND = {"zh": "——", "en": " — "}


def answer_words(question: Question, answer: Answer, language: str) -> str:
    """One answer in words: options by their texts, scores as numbers."""
    if answer.passed:
        return "(未答)" if language == "zh" else "(passed over)"
    said = _value_words(question, answer, language)
    return f"{said}{BEHIND[language]}{answer.words}" if answer.words else said


def _value_words(question: Question, answer: Answer, language: str) -> str:
    if isinstance(question, Matrix):
        columns = _texts(question.columns, language)
        rows = answer.rows or {}
        between = ":" if language == "zh" else ": "
        return (";" if language == "zh" else "; ").join(
            f"{row.words.of(language)}{between}{columns.get(rows[row.code], rows[row.code])}"
            for row in question.rows
            if row.code in rows
        )
    if isinstance(question, Single | Multiple):
        texts = _texts(question.options, language)
        if question.other:
            texts[OTHER] = question.other.of(language)
        codes = answer.choices or ([answer.choice] if answer.choice else [])
        return ("、" if language == "zh" else ", ").join(texts.get(code, code) for code in codes)
    if answer.value is not None:
        return f"{answer.value:g}"
    return answer.text or (answer.day.isoformat() if answer.day else "")


def _texts(options: tuple[Option, ...], language: str) -> dict[str, str]:
    return {option.code: option.words.of(language) for option in options}


def said_words(found: Response) -> str:
    """All answers that count, a line each, as the desk reads them, and where they are."""
    lines = [
        f"{filled(question.words, {}, 'zh')} {answer_words(question, answer, 'zh')}"
        for code in found.stands.path
        for question, answer in [(found.survey.by_code[code], found.answers[code])]
    ]
    return cut("\n".join([*lines, link_of(found)]))


def follow_up_words(found: Response, *, number: str) -> str:
    """What the complaint out of a bad answer says, for the desk."""
    return cut(
        f"车主在问卷“{found.survey.title.zh}”中对 {number} 不满意,请致电回访。\n{said_words(found)}"
    )


def link_of(found: Response) -> str:
    """Where the console shows the response."""
    return f"/console/surveys/{found.survey_id}/responses/{found.id}"


def cut(text: str) -> str:
    """What a ticket's summary holds."""
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…"
