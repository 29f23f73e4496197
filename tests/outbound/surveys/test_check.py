"""What is refused at publishing, each with where it is; what comes with the program passes."""

from typing import Any

import pytest

from callcenter.outbound.surveys import ready_made
from callcenter.outbound.surveys.check import checked, faults
from callcenter.outbound.surveys.errors import SurveyRefused
from callcenter.outbound.surveys.faults import WORDS as FAULT_WORDS
from callcenter.outbound.surveys.faults import SurveyFault
from tests.outbound.surveys.cast import option, question, survey, words
from tests.outbound.surveys.test_earlier import EARLIER

AB = [option("a"), option("b")]
TEXT = question("text", "last", required=False)


def branch(to: str, when: Any = None) -> dict[str, Any]:
    ends = {"end": {"kind": "end"}, "out": {"kind": "screen_out"}}
    return {"when": when, "to": ends.get(to, {"kind": "goto", "question": to})}


def chose(code: str, *options: str) -> dict[str, Any]:
    return {"kind": "chosen", "question": code, "any_of": list(options)}


CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "no_questions": ([], {}),
    "code_twice": ([question("nps"), question("ces")], {}),
    "language_missing": ([question("nps", words={"zh": "好", "en": " "})], {}),
    "fact_unknown": ([question("nps", words=words("{name}好", "well"))], {}),
    "too_few_options": ([question("single", options=[option("a")])], {}),
    "option_twice": ([question("single", options=[*AB, option("a")])], {}),
    "other_is_taken": ([question("multiple", options=[*AB, option("other")])], {}),
    "key_twice": (
        [question("single", options=[option("a", key="1"), option("b", key="1")])],
        {},
    ),
    "range_empty": ([question("scale", low=5, high=5)], {}),
    "bad_out_of_range": ([question("csat", bad_up_to=5)], {}),
    "question_unknown": ([question("nps", after=[branch("nowhere")])], {}),
    "not_asked_before": (
        [question("nps", "a", only_if={"kind": "answered", "question": "b"}), question("nps", "b")],
        {},
    ),
    "condition_misfit": (
        [question("nps", "a"), question("nps", "b", only_if=chose("a", "x"))],
        {},
    ),
    "option_unknown": (
        [question("single", "a", options=AB), question("nps", "b", only_if=chose("a", "x"))],
        {},
    ),
    "goes_round": (
        [question("nps", "a"), question("nps", "b", after=[branch("a")])],
        {},
    ),
    "unreachable": (
        [question("nps", "a", after=[branch("end")]), question("nps", "b")],
        {},
    ),
    "no_end": ([question("nps", "a", after=[branch("out")])], {}),
}


@pytest.mark.parametrize("code", CASES)
def test_what_is_wrong_is_named_in_both_languages(code: str):
    questions, more = CASES[code]
    found = faults(survey(*questions, **more))
    assert code in {fault.code.value for fault in found}
    for fault in found:
        assert fault.words("zh") != fault.words("en")
    with pytest.raises(SurveyRefused) as refusal:
        checked(survey(*questions, **more))
    assert code in {field.code for field in refusal.value.fields}


def test_every_fault_has_a_case_and_words():
    assert {*CASES} | {*EARLIER} == {fault.value for fault in SurveyFault}
    assert {*FAULT_WORDS} == {*SurveyFault}


@pytest.mark.parametrize("name", ready_made.NAMES)
def test_what_comes_with_the_program_may_be_published(name: str):
    assert faults(ready_made.ready_made(name)) == []


def test_options_that_all_lead_elsewhere_leave_the_next_question_unreachable():
    ways = [branch("last", chose("q", "a")), branch("end", chose("q", "b"))]
    closed = survey(question("single", options=AB, after=ways), question("nps", "mid"), TEXT)
    assert [(f.code, f.at) for f in faults(closed)] == [(SurveyFault.UNREACHABLE, "mid")]
    one_left = survey(question("single", options=AB, after=ways[:1]), question("nps", "mid"), TEXT)
    assert faults(one_left) == []
    scores = [
        branch("last", {"kind": "between", "question": "q", "high": 3}),
        branch("end", {"kind": "between", "question": "q", "low": 4}),
    ]
    split = survey(question("csat", after=scores), question("nps", "mid"), TEXT)
    assert [(f.code, f.at) for f in faults(split)] == [(SurveyFault.UNREACHABLE, "mid")]


def test_a_quota_may_ask_about_any_question_and_its_condition_must_fit():
    quota = {"code": "x", "words": words(), "target": 5, "when": chose("q", "nobody")}
    found = faults(survey(question("single", options=AB), quotas=[quota]))
    assert [(f.code.value, f.at) for f in found] == [("option_unknown", "x")]
