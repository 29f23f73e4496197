"""The same survey by the keys of a telephone and by text message."""

from datetime import date
from typing import Any

import pytest

from callcenter.outbound.surveys import ready_made
from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.keys import answer_of_keys, asked_by_keys, prompts_of
from callcenter.outbound.surveys.text_reply import answer_of_text, message_of
from tests.outbound.surveys.cast import option, question, survey, words

AB = [
    {"code": "slow", "words": words("太慢", "too slow"), "key": "9"},
    {"code": "rude", "words": words("态度", "the manner")},
]
OWN = {"options": AB, "other": words("其他", "other")}
ROWS = {"rows": [option("r"), option("s")], "columns": AB}


def one(kind: str, **more: Any) -> Any:
    return survey(question(kind, **more)).questions[0]


@pytest.mark.parametrize(
    ("kind", "more", "presses", "said"),
    [
        ("nps", {}, ["10#"], {"score": 10}),
        ("nps", {}, ["0"], {"score": 0}),
        ("csat", {}, ["4"], {"score": 4}),
        ("single", OWN, ["9"], {"choice": "slow"}),
        ("single", OWN, ["1"], {"choice": "rude"}),
        ("multiple", OWN, ["19#"], {"choices": ("slow", "rude")}),
        ("number", {"decimals": 1}, ["2*5#"], {"number": 2.5}),
        ("date", {}, ["20260501"], {"day": date(2026, 5, 1)}),
        ("matrix", ROWS, ["9", "1"], {"rows": {"r": "slow", "s": "rude"}}),
    ],
)
def test_keys_make_an_answer(kind: str, more: Any, presses: list[str], said: Any):
    asked = one(kind, **more)
    assert answer_of_keys(asked, presses) == Answer(**said)
    for language in ("zh", "en"):
        prompts = prompts_of(asked, {}, language)
        assert len(prompts) == len(presses)
        for prompt, press in zip(prompts, presses, strict=True):
            typed = press.rstrip("#")
            assert prompt.fewest <= len(typed) <= prompt.most
            assert not prompt.keys or typed in prompt.keys or {*typed} <= {*prompt.keys}


@pytest.mark.parametrize(
    ("kind", "more", "presses"),
    [
        ("nps", {}, ["11"]),
        ("csat", {}, ["6"]),
        ("csat", {}, [""]),
        ("csat", {}, []),
        ("csat", {}, ["*"]),
        ("single", OWN, ["2"]),
        ("date", {}, ["20260230"]),
        ("number", {}, ["1*5"]),
        ("matrix", ROWS, ["9"]),
    ],
)
def test_keys_that_mean_nothing_are_refused(kind: str, more: Any, presses: list[str]):
    with pytest.raises(AnswerRefused):
        answer_of_keys(one(kind, **more), presses)


def test_star_passes_over_what_is_optional_and_words_are_not_asked_by_keys():
    assert answer_of_keys(one("csat", required=False), ["*"]) == PASSED
    assert not asked_by_keys(one("text"))
    assert prompts_of(one("text"), {}, "zh") == []
    assert "请按 9" in prompts_of(one("single", **OWN), {}, "zh")[0].words
    assert "press 9" in prompts_of(one("single", **OWN), {}, "en")[0].words


@pytest.mark.parametrize(
    ("presses", "rows"),
    [
        (["*", "1"], {"s": "rude"}),
        (["9", "*"], {"r": "slow"}),
        (["9"], {"r": "slow"}),
        (["*", "*"], None),
        (["*"], None),
        ([], None),
    ],
)
def test_star_passes_over_a_row_and_the_others_count(presses: list[str], rows: Any):
    """As on the page, where rows may be left out one by one."""
    asked = one("matrix", required=False, **ROWS)
    assert answer_of_keys(asked, presses) == (PASSED if rows is None else Answer(rows=rows))
    assert all("请按星号" in prompt.words for prompt in prompts_of(asked, {}, "zh"))
    assert all("press star" in prompt.words for prompt in prompts_of(asked, {}, "en"))


def test_a_row_of_a_required_matrix_cannot_be_passed_over():
    asked = one("matrix", **ROWS)
    with pytest.raises(AnswerRefused):
        answer_of_keys(asked, ["*", "1"])
    assert not any("请按星号" in prompt.words for prompt in prompts_of(asked, {}, "zh"))


@pytest.mark.parametrize(
    ("kind", "more", "body", "said"),
    [
        ("nps", {}, "8", {"score": 8}),
        ("nps", {}, " 10分 ", {"score": 10}),
        ("csat", {}, "1 太慢了", {"score": 1, "words": "太慢了"}),
        ("csat", {}, "5,很好!", {"score": 5, "words": "很好!"}),
        ("csat", {}, "我给3分", {"score": 3}),
        ("single", OWN, "2", {"choice": "rude"}),
        ("single", OWN, "太慢", {"choice": "slow"}),
        ("single", OWN, "3 停车难", {"choice": "other", "words": "停车难"}),
        ("multiple", OWN, "1、2", {"choices": ("slow", "rude")}),
        ("multiple", OWN, "12", {"choices": ("slow", "rude")}),
        ("multiple", OWN, "2 and 1", {"choices": ("slow", "rude")}),
        ("text", {}, "很好", {"text": "很好"}),
        ("number", {}, "大约15", {"number": 15.0}),
        ("date", {}, "2026年5月1日", {"day": date(2026, 5, 1)}),
        ("date", {}, "2026-05-01", {"day": date(2026, 5, 1)}),
    ],
)
def test_a_reply_is_read(kind: str, more: Any, body: str, said: Any):
    assert answer_of_text(one(kind, **more), body) == Answer(**said)


@pytest.mark.parametrize(
    ("kind", "more", "body"),
    [
        ("nps", {}, "很好"),
        ("nps", {}, "11"),
        ("nps", {}, "-1"),
        ("csat", {}, "4.5"),
        ("csat", {}, "0"),
        ("csat", {}, "跳过"),
        ("single", OWN, "4"),
        ("single", OWN, "3"),
        ("multiple", OWN, "没有"),
        ("date", {}, "2026-02-30"),
        ("number", {}, "很多"),
        ("matrix", ROWS, "1"),
        ("text", {}, "  "),
    ],
)
def test_a_reply_that_says_nothing_is_refused(kind: str, more: Any, body: str):
    with pytest.raises(AnswerRefused) as refusal:
        answer_of_text(one(kind, **more), body)
    assert refusal.value.message("zh") != refusal.value.message("en")


def test_each_question_that_comes_with_the_program_can_be_said_on_a_phone_or_is_left_out():
    for name in ready_made.NAMES:
        for asked in ready_made.ready_made(name).questions:
            for language in ("zh", "en"):
                assert bool(prompts_of(asked, {}, language)) == asked_by_keys(asked)
                message = message_of(asked, {"owner": "王先生"}, language)
                assert "{" not in message
                assert bool(message) == (asked.type != "matrix")
