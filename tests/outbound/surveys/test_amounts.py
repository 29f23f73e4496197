"""A number in a survey is kept as it was meant, or asked for again."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.outbound.surveys import ready_made
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.text_reply import answer_of_text
from callcenter.portal.survey_form import answer_of_form
from tests.outbound.surveys.cast import question, survey, words

KM = survey(question("number", unit=words("公里", "km"))).questions[0]
PLAIN = survey(question("number")).questions[0]
HALVES = survey(question("number", decimals=1)).questions[0]
HOURS = survey(question("number", unit=words("小时", "hours"), decimals=1)).questions[0]
LATE = ready_made.ready_made("after_rescue").by_code["late_min"]
WEEKLY = ready_made.ready_made("charging").by_code["weekly"]


def by_text(asked: Any, said: str) -> float | None:
    """None: it is asked again."""
    try:
        return answer_of_text(asked, said).number
    except AnswerRefused:
        return None


def by_web(asked: Any, said: str) -> float | None:
    """The same of the page."""
    try:
        return answer_of_form(asked, {"action": "answer", "number": said}).number
    except AnswerRefused:
        return None


@pytest.mark.parametrize(
    ("asked", "said", "number"),
    [
        *((KM, said, 12_000) for said in ("12000", "12,000", "12\uff0c000", "12 000", "12'000")),
        *(
            (KM, said, 12_000)
            for said in ("1.2万", "12千", "12k", "12 K", "12,000公里", "12000 km")
        ),
        *((KM, said, 30_000) for said in ("3万公里", "3万", "3 万公里", "30k", "30 thousand km")),
        *((KM, said, 1_234_567) for said in ("1,234,567", "1.234.567", "1 234 567 km")),
        (HALVES, "12,5", 12.5),
        (HALVES, "12.5", 12.5),
        *((LATE, said, 60) for said in ("1小时", "1个小时", "60分钟", "1 hour", "1h", "60 mins")),
        *((LATE, said, 80) for said in ("1小时20分钟", "1小时20分", "1 hour 20 minutes", "80")),
        *((LATE, said, 120) for said in ("2个小时", "2小时", "120分", "2hrs", "2 hours")),
        *((LATE, said, 90) for said in ("1个半小时", "1.5小时", "1小时半", "1.5 hours", "90")),
        *((HOURS, said, 1.5) for said in ("1.5", "90分钟", "1小时30分钟", "1个半小时")),
        (WEEKLY, "3次", 3),
        (WEEKLY, "3 times a week", 3),
        (PLAIN, "80分", 80),
    ],
)
def test_it_is_read_by_text_and_on_the_page(asked: Any, said: str, number: float):
    assert by_text(asked, said) == number
    assert by_web(asked, said) in (number, None)


@pytest.mark.parametrize(
    "said", ["12,000", "12\uff0c000", "12 000", "12'000", "3万公里", "30k", "1.2万", "12000"]
)
def test_the_page_reads_thousands(said: str):
    assert by_web(KM, said) == {"3": 30_000}.get(said[0], 12_000)


@pytest.mark.parametrize(
    ("said", "number", "behind"),
    [
        ("大约15", 15, ""),
        ("晚了45分钟", 45, ""),
        ("15分钟太慢了", 15, "太慢了"),
        ("15,很慢", 15, "很慢"),
        ("about 15 minutes late", 15, "late"),
        ("15左右", 15, "左右"),
        ("晚了1个小时,很生气", 60, "很生气"),
    ],
)
def test_words_around_it_are_kept(said: str, number: float, behind: str):
    answer = answer_of_text(LATE, said)
    assert (answer.number, answer.words) == (number, behind)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        *((KM, said) for said in ("12.000", "1,2345", "1,20,000", "1234,567", "0,125", "12_000")),
        *((KM, said) for said in ("3万5", "3万 五千", "3千万", "3百万", "两万3000", "12 345 6")),
        *(
            (KM, said)
            for said in ("3 million", "3 dozen", "3小时", "3 miles", "3里", "3次", "30kw")
        ),
        *(
            (KM, said)
            for said in ("15-20", "15到20", "15 or 20", "15~20", "1/2", "½", ".5", "负15")
        ),
        *((KM, said) for said in ("−15", "1e5", "0x10", "3w", "9" * 20, "半15", "15太多")),
        *(
            (LATE, said)
            for said in ("1小时20", "1h20", "1:20", "15多小时", "2天", "3刻钟", "1 day")
        ),
        *((LATE, said) for said in ("1 hour and a half", "2 and a half hours", "1分半", "15 km")),
        *(
            (LATE, said)
            for said in ("1小时又20分钟又3秒", "15秒", "15点", "下午3点", "15公里", "3次")
        ),
        *((WEEKLY, said) for said in ("3周", "3 weeks", "3小时", "3 days", "2-3次", "3 km")),
        *((PLAIN, said) for said in ("3万里", "15分钟", "15 minutes", "3 hours", "")),
    ],
)
def test_what_may_be_another_number_is_asked_again(asked: Any, said: str):
    assert by_text(asked, said) is None
    assert by_web(asked, said) is None


@pytest.mark.parametrize("said", ["8,000", "8 000", "8万", "8k", "8千"])
def test_thousands_are_no_score(said: str):
    with pytest.raises(AnswerRefused):
        answer_of_text(survey(question("nps")).questions[0], said)


def test_a_score_with_words_that_count_stays_one():
    said = answer_of_text(survey(question("nps")).questions[0], "8 10分钟就到了")
    assert said.score == 8


def _by_fours(whole: int) -> str:
    return f"{whole // 10_000},{whole % 10_000:04d}" if whole >= 10_000 else str(whole)


def _indian(whole: int) -> str:
    high, low = divmod(whole, 1000)
    return f"{f'{high:_}'.replace('_', ',')},{low:03d}" if high else str(whole)


WAYS: list[Callable[[int], str]] = [
    str,
    *(lambda n, by=by: f"{n:,}".replace(",", by) for by in ",\uff0c'’ .\u00a0\u2009\u202f_·"),
    _by_fours,
    _indian,
    lambda n: f"{n / 10_000:.4f}".rstrip("0").rstrip(".") + "万",
    lambda n: f"{n / 1_000:.3f}".rstrip("0").rstrip(".") + "k",
    lambda n: f"{n / 1_000:.3f}".rstrip("0").rstrip(".") + "千",
    lambda n: f"{n // 10_000}万{n % 10_000}",
    lambda n: f"{n:,}.0",
    lambda n: f"{n:,}".replace(",", ".") + ",0",
]


@pytest.mark.parametrize("way", range(len(WAYS)))
@pytest.mark.parametrize("asked", [KM, PLAIN, HALVES], ids=["km", "plain", "halves"])
@pytest.mark.parametrize("read", [by_text, by_web])
@given(
    whole=st.one_of(st.integers(0, 20_000), st.integers(0, 10**11)),
    around=st.sampled_from([("", ""), ("大约", ""), ("", " km"), ("", "公里"), ("", " 左右")]),
)
def test_a_whole_number_is_itself_or_asked_again(
    read: Callable[[Any, str], float | None],
    asked: Any,
    way: int,
    whole: int,
    around: tuple[str, str],
):
    said = WAYS[way](whole).join(around)
    assert read(asked, said) in (whole, None)


@given(
    hours=st.integers(0, 23),
    minutes=st.integers(0, 59),
    how=st.sampled_from(["{h}小时{m}分钟", "{h}个小时{m}分", "{h} hours {m} minutes", "{h}h{m}m"]),
)
def test_hours_and_minutes_are_minutes(hours: int, minutes: int, how: str):
    assert by_text(LATE, how.format(h=hours, m=minutes)) == hours * 60 + minutes
