"""The walk: random surveys and answers never get stuck, and lead the same way in any order."""

import random
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.outbound.surveys import ways
from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.check import faults
from callcenter.outbound.surveys.conditions import Condition, holds, holds_at_last
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.model import Multiple, Question, Scored, Single, Survey, bounds
from callcenter.outbound.surveys.walk import Ending, standing
from tests.outbound.surveys.cast import option, question, survey, words

OPTIONS = [option(code) for code in "abc"]


def some_question(die: random.Random, number: int) -> dict[str, Any]:
    kind = die.choice(["single", "multiple", "csat", "nps", "text"])
    more: dict[str, Any] = {"options": OPTIONS} if kind in ("single", "multiple") else {}
    required = kind != "text" and die.random() < 0.7
    return question(kind, f"q{number}", required=required, **more)


def some_condition(die: random.Random, before: list[dict[str, Any]], depth: int = 2) -> Any:
    shape = die.random()
    if depth and shape < 0.3:
        of = [some_condition(die, before, depth - 1) for _ in range(die.randint(1, 3))]
        return {"kind": die.choice(["all", "any"]), "of": of}
    if depth and shape < 0.4:
        return {"kind": "not", "of": some_condition(die, before, depth - 1)}
    if shape < 0.5:
        return {"kind": "known", "fact": "tier", "any_of": ["1", "2"]}
    about = die.choice(before)
    if "options" in about:
        return {"kind": "chosen", "question": about["code"], "any_of": [die.choice("abc")]}
    if about["type"] == "text":
        return {"kind": "answered", "question": about["code"]}
    return {"kind": "between", "question": about["code"], "low": float(die.randint(1, 5))}


def some_survey(die: random.Random) -> Survey:
    """One that fits together; branches lead forward, quotas ask about anything."""
    while True:
        questions = [some_question(die, n) for n in range(die.randint(1, 9))]
        for n, one in enumerate(questions):
            if n and die.random() < 0.3:
                one["only_if"] = some_condition(die, questions[:n])
            later: list[Any] = [{"kind": "goto", "question": q["code"]} for q in questions[n + 1 :]]
            for _ in range(die.choice([0, 0, 1, 2])):
                to = die.choice([*later, {"kind": "end"}, {"kind": "screen_out"}])
                when = some_condition(die, questions[: n + 1])
                one.setdefault("after", []).append({"when": when, "to": to})
        quotas = [
            {
                "code": f"x{n}",
                "words": words(),
                "target": 5,
                "when": some_condition(die, questions),
            }
            for n in range(2)
        ]
        made = survey(*questions, quotas=quotas)
        if not faults(made):
            return made


def some_answer(die: random.Random, asked: Question) -> Answer:
    if not asked.required and die.random() < 0.3:
        return PASSED
    if isinstance(asked, Single):
        return Answer(choice=die.choice(option_codes(asked)))
    if isinstance(asked, Multiple):
        return Answer(choices=tuple(die.sample(option_codes(asked), die.randint(1, 3))))
    if isinstance(asked, Scored):
        return Answer(score=die.randint(*bounds(asked)))
    return Answer(text="words")


def walked(die: random.Random, asked: Survey, about: Mapping[str, str]) -> dict[str, Answer]:
    """Answers whatever is next until nothing is; changes an earlier answer now and then."""
    answers: dict[str, Answer] = {}
    changes = 3
    for _ in range(len(asked.questions) * (changes + 1) + 1):
        stands = standing(asked, answers, about)
        if stands.next is None:
            assert stands.ending is not None
            return answers
        assert len(stands.path) + ways.most_left(asked, stands.next) <= len(asked.questions)
        code = stands.next
        if stands.path and changes and die.random() < 0.2:
            code, changes = die.choice(stands.path), changes - 1
        answers[code] = some_answer(die, asked.by_code[code])
    raise AssertionError("it never came to an end")


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_it_always_comes_to_an_end_and_the_order_of_answers_does_not_matter(seed: int):
    die = random.Random(seed)
    asked, about = some_survey(die), {"tier": str(die.randint(0, 3))}
    answers = walked(die, asked, about)
    here = standing(asked, answers, about)
    shuffled = list(answers.items())
    die.shuffle(shuffled)
    assert standing(asked, dict(shuffled), about) == here
    # What does not count changes nothing.
    counting = {code: answers[code] for code in here.path}
    assert standing(asked, counting, about) == here
    for earlier, later in zip(here.path, here.path[1:], strict=False):
        assert here.before(later) == earlier
        assert later in {one for one in asked.by_code if ways.comes_before(asked, earlier, one)}


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_is_decided_early_stays_decided(seed: int):
    """A place in a quota is taken on the strength of it."""
    die = random.Random(seed)
    asked, about = some_survey(die), {"tier": str(die.randint(0, 3))}
    answers = walked(die, asked, about)
    path = standing(asked, answers, about).path
    for quota in asked.quotas:
        assert quota.when is not None
        decided: bool | None = None
        for n in range(len(path) + 1):
            heard = {code: answers[code] for code in path[:n]}
            now = holds(quota.when, heard, about)
            assert decided is None or now is decided
            decided = now
        heard = {code: answers[code] for code in path}
        assert decided is None or holds_at_last(quota.when, heard, about) is decided


def test_branches_skips_and_screening_out():
    asked = survey(
        question(
            "single",
            "car",
            options=OPTIONS,
            after=[
                {
                    "when": {"kind": "chosen", "question": "car", "any_of": ["a"]},
                    "to": {"kind": "screen_out"},
                },
                {
                    "when": {"kind": "chosen", "question": "car", "any_of": ["b"]},
                    "to": {"kind": "goto", "question": "last"},
                },
            ],
        ),
        question("csat", "mid"),
        question("text", "why", only_if={"kind": "between", "question": "mid", "high": 2}),
        question("nps", "last"),
    )
    assert faults(asked) == []

    def at(**answers: Answer) -> tuple[str | None, Ending | None]:
        stands = standing(asked, answers, {})
        return stands.next, stands.ending

    assert at() == ("car", None)
    assert at(car=Answer(choice="a")) == (None, Ending.SCREENED_OUT)
    assert at(car=Answer(choice="b")) == ("last", None)
    assert at(car=Answer(choice="c")) == ("mid", None)
    assert at(car=Answer(choice="c"), mid=Answer(score=5)) == ("last", None)
    assert at(car=Answer(choice="c"), mid=Answer(score=1)) == ("why", None)
    done = {"car": Answer(choice="b"), "last": Answer(score=9), "mid": Answer(score=1)}
    assert standing(asked, done, {}).path == ("car", "last")
    assert ways.most_left(asked, "car") == 4


def test_a_condition_that_was_never_asked_about_is_not_so_at_last():
    ask = survey(
        question("nps", "a"),
        question("nps", "b", only_if={"kind": "not", "of": {"kind": "answered", "question": "a"}}),
    )
    condition: Condition | None = ask.by_code["b"].only_if
    assert condition is not None
    assert holds(condition, {}, {}) is None
    assert holds_at_last(condition, {}, {}) is True
