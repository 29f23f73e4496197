"""What fits a question and what does not, for each type; what is bad."""

from datetime import date
from typing import Any

import pytest

from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.fitting import fitting
from callcenter.outbound.surveys.response import is_bad
from tests.outbound.surveys.cast import option, question, survey, words

AB = [option("a"), option("b", bad=True)]
ROWS = {"rows": [option("r"), option("s")], "columns": AB}


def one(kind: str, **more: Any) -> Any:
    return survey(question(kind, **more)).questions[0]


FITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("single", {"options": AB}, {"choice": "a"}),
    ("single", {"options": AB, "other": words()}, {"choice": "other", "words": "别的"}),
    ("multiple", {"options": AB}, {"choices": ("a", "b")}),
    ("scale", {"low": 1, "high": 10}, {"score": 10}),
    ("nps", {}, {"score": 0}),
    ("csat", {}, {"score": 5, "words": "快"}),
    ("ces", {}, {"score": 7}),
    ("text", {}, {"text": "谢谢"}),
    ("number", {"low": 0, "decimals": 1}, {"number": 2.5}),
    ("date", {"not_before": "2020-01-01"}, {"day": date(2026, 5, 1)}),
    ("matrix", ROWS, {"rows": {"r": "a", "s": "b"}}),
]
REFUSED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("single", {"options": AB}, {"choice": "c"}),
    ("single", {"options": AB}, {"choice": "other", "words": "x"}),
    ("single", {"options": AB, "other": words()}, {"choice": "other", "words": " "}),
    ("single", {"options": AB}, {"score": 1}),
    ("multiple", {"options": AB}, {"choices": ("a", "x")}),
    ("multiple", {"options": AB, "at_most": 1}, {"choices": ("a", "b")}),
    ("multiple", {"options": AB, "at_least": 2}, {"choices": ("a", "a")}),
    ("nps", {}, {"score": 11}),
    ("csat", {}, {"score": 0}),
    ("ces", {}, {"score": 8}),
    ("text", {"max_length": 3}, {"text": "太长太长"}),
    ("text", {}, {"text": "  "}),
    ("number", {}, {"number": 1.5}),
    ("number", {"low": 1, "high": 2}, {"number": 3.0}),
    ("date", {"not_after": "2020-01-01"}, {"day": date(2026, 5, 1)}),
    ("matrix", ROWS, {"rows": {"r": "a"}}),
    ("matrix", ROWS, {"rows": {"r": "a", "t": "a"}}),
    ("nps", {}, {}),
    ("nps", {}, {"passed": True}),
]


@pytest.mark.parametrize(("kind", "more", "said"), FITS)
def test_it_fits_and_is_kept_as_said(kind: str, more: dict[str, Any], said: dict[str, Any]):
    kept = fitting(one(kind, **more), Answer(**said))
    assert kept == Answer(**said)
    assert Answer.model_validate_json(kept.as_json()) == kept


@pytest.mark.parametrize(("kind", "more", "said"), REFUSED)
def test_it_is_refused_in_both_languages(kind: str, more: dict[str, Any], said: dict[str, Any]):
    with pytest.raises(AnswerRefused) as refusal:
        fitting(one(kind, **more), Answer(**said))
    zh, en = refusal.value.message("zh"), refusal.value.message("en")
    assert zh != en
    assert en.isascii()


@pytest.mark.parametrize("said", [{}, {"passed": True}, {"words": "nothing"}])
def test_what_is_optional_may_be_passed_over(said: dict[str, Any]):
    assert fitting(one("nps", required=False), Answer(**said)) == PASSED
    assert fitting(one("text", required=False), Answer(text="")) == PASSED


def test_a_partial_matrix_is_kept_when_it_is_optional():
    kept = fitting(one("matrix", required=False, **ROWS), Answer(rows={"s": "a"}))
    assert kept.rows == {"s": "a"}


def test_bad_is_a_low_score_or_an_option_marked_so():
    csat = one("csat", bad_up_to=2)
    assert [is_bad(csat, Answer(score=n)) for n in (1, 2, 3)] == [True, True, False]
    assert not is_bad(one("csat"), Answer(score=1))
    assert is_bad(one("single", options=AB), Answer(choice="b"))
    assert is_bad(one("multiple", options=AB), Answer(choices=("a", "b")))
    assert not is_bad(one("multiple", options=AB), Answer(choices=("a",)))
    assert is_bad(one("matrix", **ROWS), Answer(rows={"r": "b"}))
    assert not is_bad(csat, PASSED)
