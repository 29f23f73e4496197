"""The shipped words as owners read them: in both languages, on every fact missing."""

import itertools
import re
from collections.abc import Iterator
from datetime import date

import pytest

from callcenter.outbound.campaigns import people, words
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.plan import Said
from callcenter.outbound.campaigns.templates import Template, template, templates
from callcenter.outbound.campaigns.words import Person, variant_for, words_of
from callcenter.outbound.model import Way

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
ALWAYS = {"owner": "王芳", "hotline": "400-100-2000", "link": "x.cn/b", "survey_link": "x.cn/s"}
VISIT = {
    "last_visit": "2026-03-01",
    "months_since_visit": "8",
    "last_station": "Tiexi",
    "odometer": "45,120",
}
MAY_BE_MISSING: list[dict[str, str]] = [
    {"plate": "辽A12345"},
    {"model": "EX5"},
    VISIT,
    {"due": "2026-12-05"},
    {"years_with_us": "3"},
    {"ticket": "R261126-0001"},
]
BROKEN = re.compile(r"[((]\s*[))]|[{}|]|  | [,.;:?)]|[((] |^\s|\s$")
OF_A_VISIT = ("上次", "没有进站", "last came", "not been in", "have not seen")
OCCASIONS = ("", "birthday", "wedding", "delivery")


def owners() -> Iterator[Person]:
    """Ordinary and gold, on each occasion, in both languages, with every choice of facts."""
    kept = itertools.product((True, False), repeat=len(MAY_BE_MISSING))
    facts = [
        ALWAYS
        | {
            k: v
            for one, there in zip(MAY_BE_MISSING, some, strict=True)
            if there
            for k, v in one.items()
        }
        for some in kept
    ]
    for tier, occasion, language, known in itertools.product(
        (0, 2), OCCASIONS, ["zh", "en"], facts
    ):
        yield Person(tier, known.get("model", ""), "LN", occasion, language, known)


def told(made: Template) -> Iterator[tuple[Person, str]]:
    for way, person in itertools.product({step.way for step in made.plan.steps}, owners()):
        variant = variant_for(made.plan, way, person)
        assert variant is not None, (way, person)
        yield person, words_of(variant.words[way], person).body


EACH = pytest.mark.parametrize("made", templates(), ids=lambda one: one.kind.value)


@EACH
def test_whatever_is_not_known_of_him_it_reads_as_a_sentence(made: Template):
    for _, text in told(made):
        assert BROKEN.search(text) is None, text


@CONTROL
def test_control_with_brackets_left_empty(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(words, "CAN_BE_EMPTY", re.compile("(?!)()()"))
    for _, text in told(template(CampaignKind.GREETING)):
        assert BROKEN.search(text) is None, text


@EACH
def test_who_never_came_is_told_of_no_visit_and_nothing_happened_yesterday(made: Template):
    for person, text in told(made):
        assert "昨天" not in text
        assert "yesterday" not in text
        if "last_visit" not in person.facts:
            assert not any(word in text for word in OF_A_VISIT), text
            assert "some time" not in text


def test_on_each_day_of_his_he_reads_of_that_day():
    said = {
        "birthday": ("生日快乐", "Happy birthday"),
        "wedding": ("结婚纪念日快乐", "Happy anniversary"),
        "delivery": ("周年纪念日", "the anniversary of the day you got"),
    }
    for person, text in told(template(CampaignKind.GREETING)):
        zh, en = said.get(person.occasion, ("节日快乐", "best wishes"))
        assert (zh if person.language == "zh" else en) in text


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("您的{model|爱车}({plate|})到期", "您的爱车到期"),
        ("Your {model|car} ({plate|}) is due", "Your car is due"),
        ("the rescue {ticket|} of", "the rescue of"),
        ("Your car ({plate|})", "Your car"),
        ("{plate|} is due", "is due"),
        ("({plate|unknown})", "(unknown)"),
    ],
)
def test_what_stands_for_nothing_leaves_nothing(text: str, filled: str):
    nobody = Person(0, "", "", "", "en", {})
    assert words_of(Said(zh=text, en=text), nobody).body == filled


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2025, 2, 27), ""),
        (date(2025, 2, 28), "1"),
        (date(2028, 2, 28), "3"),
        (date(2028, 2, 29), "4"),
    ],
)
def test_a_car_of_a_leap_day_is_a_year_older_on_the_last_of_february(today: date, years: str):
    assert people._years(date(2024, 2, 29), today) == years


def test_the_templates_say_something_on_each_of_their_ways():
    for made in templates():
        ways: set[Way] = {way for variant in made.plan.variants for way in variant.words}
        assert {step.way for step in made.plan.steps} <= ways
