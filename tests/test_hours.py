"""Opening hours in OSM syntax, by Chinese time and China's calendar."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours
from structlog.testing import capture_logs

from callcenter.clock import CHINA
from callcenter.hours import (
    BadHours,
    HoursOverride,
    check_hours,
    china,
    is_open,
    next_change,
    year_without_notice,
)
from callcenter.hours.words import hours_words

# Wednesday, 09:00 in China.
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)


def at(when: str) -> datetime:
    """A moment of Chinese time."""
    return datetime.fromisoformat(when).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("rule", "morning", "night"),
    [
        ("24/7", True, True),
        ("Mo-Sa 08:30-17:30", True, False),
        ("Mo-Su 20:00-06:00", False, True),
        ("Sa-Su 08:00-18:00", False, False),
    ],
)
def test_open_or_not_over_midnight_too(rule: str, morning: bool, night: bool):
    assert (is_open(rule, MORNING), is_open(rule, NIGHT)) == (morning, night)


@pytest.mark.parametrize("rule", ["soon", "Mo-Fr 25:00-26:00 !", "每天", "PH PH PH", ""])
def test_what_cannot_be_read_is_said_with_an_example(rule: str):
    with pytest.raises(BadHours) as refusal:
        check_hours(rule)
    assert "08:00" in refusal.value.message("zh")


# The State Council's notice for 2026: the days off, and the days on which work is made up for.
OFF = [
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MADE_UP = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def days_of_2026() -> list[date]:
    return [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_every_day_of_2026_is_what_the_notice_says():
    off = {
        day
        for day in days_of_2026()
        if any(date.fromisoformat(a) <= day <= date.fromisoformat(b) for a, b in OFF)
    }
    made_up = {date.fromisoformat(day) for day in MADE_UP}
    noon = {day: datetime(day.year, day.month, day.day, 12, tzinfo=CHINA) for day in days_of_2026()}
    assert {day for day in noon if is_open("PH 10:00-14:00", noon[day])} == off
    working = {day for day in noon if day.weekday() < 5} - off | made_up
    rule = "Mo-Fr 08:00-18:00; PH off"
    assert {day for day in noon if is_open(rule, noon[day])} == working


@pytest.mark.parametrize(
    ("rule", "when", "is_so"),
    [
        # National Day, a Thursday; the Sunday within; the first day after it.
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-01T12:00", False),
        ("Mo-Su 08:00-18:00; PH off", "2026-10-04T12:00", False),
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-08T12:00", True),
        ("Mo-Fr 08:00-18:00", "2026-10-01T12:00", True),
        ("Sa-Su,PH 10:00-16:00", "2026-10-01T12:00", True),
        ("PH,Sa,Su 10:00-16:00", "2026-10-08T12:00", False),
        ("Mo-Su 08:00-18:00; PH 10:00-12:00", "2026-02-17T09:00", False),
        ("Mo-Su 08:00-18:00; PH 10:00-12:00", "2026-02-17T11:00", True),
        # 10 October 2026: a Saturday on which work is made up for counts as a Friday.
        ("Mo-Fr 08:00-18:00", "2026-10-10T17:00", True),
        ("Mo-Fr 08:00-18:00; Sa 09:00-12:00", "2026-10-10T17:00", True),
        ("Sa-Su 10:00-16:00", "2026-10-10T12:00", False),
        ("Mo-Sa 08:30-17:30; Su off", "2026-02-28T17:00", True),
        ("Mo-Th 08:00-18:00; Fr 08:00-20:00", "2026-10-10T19:00", True),
        ("Mo-Fr 08:00-18:00; Sa,Su off", "2026-10-17T12:00", False),
        # 20 September 2026: a Sunday, as a Monday.
        ("Mo 06:00-10:00; Tu-Fr 08:00-18:00", "2026-09-20T07:00", True),
        # A comment is no weekday.
        ('Mo-Fr 08:00-18:00 "PH by phone"', "2026-10-10T12:00", True),
        ("Oct Mo-Fr 08:00-18:00; Oct PH off", "2026-10-02T12:00", False),
    ],
)
def test_holidays_and_days_on_which_work_is_made_up_for(rule: str, when: str, is_so: bool):
    check_hours(rule)
    assert is_open(rule, at(when)) is is_so


@pytest.mark.parametrize(
    ("rule", "when", "is_so"),
    [
        # The night of 30 September ends in the morning of the holiday, that of the holiday is none.
        ("Mo-Su 20:00-06:00; PH off", "2026-10-01T02:00", True),
        ("Mo-Su 20:00-06:00; PH off", "2026-10-01T21:00", False),
        ("Mo-Su 20:00-06:00; PH off", "2026-10-02T02:00", False),
        ("Mo-Su 20:00-06:00; PH off", "2026-10-08T02:00", False),
        ("Mo-Su 20:00-06:00; PH off", "2026-10-08T21:00", True),
        ("PH 20:00-06:00", "2026-10-08T02:00", True),
        ("PH 20:00-06:00", "2026-10-01T02:00", False),
        # Saturday's night is its own, whatever Sunday says.
        ("Mo-Sa 20:00-06:00; Su off", "2026-11-29T05:00", True),
        ("Mo-Sa 20:00-06:00; Su off", "2026-11-30T05:00", False),
        ("Mo-Fr 20:00-06:00", "2026-10-11T05:00", True),
        ("22:00-26:00", "2026-11-25T01:30", True),
        ("22:00-26:00", "2026-11-25T02:30", False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(rule: str, when: str, is_so: bool):
    assert is_open(rule, at(when)) is is_so


HOLIDAY_WORK = HoursOverride(date(2026, 10, 1), date(2026, 10, 2), "10:00-12:00,22:00-02:00")
FLOOD = HoursOverride(date(2026, 11, 25), date(2026, 11, 25), None)


@pytest.mark.parametrize(
    ("rule", "when", "is_so"),
    [
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-01T11:00", True),
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-01T13:00", False),
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-03T01:00", True),
        ("Mo-Fr 08:00-18:00; PH off", "2026-10-03T11:00", False),
        ("24/7", "2026-11-25T12:00", False),
        ("24/7", "2026-11-26T00:00", True),
        ("Mo-Su 20:00-06:00", "2026-11-25T02:00", True),
        ("Mo-Su 20:00-06:00", "2026-11-26T02:00", False),
    ],
)
def test_days_set_by_hand_go_over_rule_and_calendar(rule: str, when: str, is_so: bool):
    assert is_open(rule, at(when), [FLOOD, HOLIDAY_WORK]) is is_so


def test_of_two_for_one_day_the_first_counts():
    open_all_day = HoursOverride(FLOOD.first_day, FLOOD.last_day, "24/7")
    assert is_open("off", at("2026-11-25T12:00"), [open_all_day, FLOOD])
    assert not is_open("off", at("2026-11-25T12:00"), [FLOOD, open_all_day])


@pytest.mark.parametrize(
    ("rule", "overrides", "changes"),
    [
        ("24/7", [], None),
        ("Mo-Fr 08:00-18:00; PH off", [], "2026-09-30T18:00"),
        ("24/7; PH off", [], "2026-10-01T00:00"),
        ("24/7", [FLOOD], "2026-11-25T00:00"),
        ("off", [], None),
        ("PH 10:00-12:00", [], "2026-10-01T10:00"),
        ("off", [HOLIDAY_WORK], "2026-10-01T10:00"),
    ],
)
def test_when_it_changes_next(rule: str, overrides: list[HoursOverride], changes: str | None):
    assert next_change(rule, at("2026-09-30T12:34"), overrides) == (changes and at(changes))


RULES = ["Mo-Fr 08:00-18:00; PH off", "Mo-Su 20:00-06:00; PH off", "Sa-Su,PH 22:00-03:00", "24/7"]


@given(
    rule=st.sampled_from(RULES),
    overrides=st.sampled_from([[], [FLOOD], [FLOOD, HOLIDAY_WORK]]),
    begin=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
)
def test_nothing_changes_before_the_next_change(
    rule: str, overrides: list[HoursOverride], begin: datetime
):
    begin = begin.replace(tzinfo=CHINA)
    change = next_change(rule, begin, overrides)
    if change is None:
        return
    was = is_open(rule, begin, overrides)
    assert change > begin
    assert is_open(rule, change, overrides) is not was
    for n in range(20):
        assert is_open(rule, begin + (change - begin) * n / 20, overrides) is was


ORDINARY = [
    *("Mo-Fr 08:00-12:00,13:00-18:00; Sa 09:00-12:00", "Mo-Su 20:00-06:00", "24/7", "Mar 10:00+"),
    *("Mo[1] 10:00-11:00", "Mo-We 08:00-18:00, Th 10:00-02:00", "sunrise-sunset", "Su"),
]


@given(
    rule=st.sampled_from(ORDINARY),
    begin=st.datetimes(datetime(2027, 3, 1), datetime(2027, 3, 31)),
)
def test_in_an_ordinary_month_it_is_as_the_library_has_it(rule: str, begin: datetime):
    moment = begin.replace(tzinfo=CHINA)
    assert is_open(rule, moment) is OpeningHours(rule, timezone=CHINA).is_open(moment)


def test_a_year_that_the_calendar_does_not_know_has_no_holidays_and_says_so_once():
    china.special_day.cache_clear()
    china._year.cache_clear()
    with capture_logs() as said:
        for month in (1, 10):
            assert is_open("Mo-Fr 08:00-18:00; PH off", datetime(2150, month, 1, 12, tzinfo=CHINA))
    assert [line["event"] for line in said if line["year"] == 2150] == [
        "hours_year_without_holidays"
    ]


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        ("2026-03-01", None),
        ("2026-12-31", "next"),
        ("2150-03-01", "this"),
    ],
)
def test_a_year_whose_notice_is_not_known_is_named(
    today: str, missing: str | None, monkeypatch: pytest.MonkeyPatch
):
    day = date.fromisoformat(today)
    # Whatever the installed package has learned meanwhile.
    as_known = china._year
    nothing = china._Year(frozenset(), frozenset())
    monkeypatch.setattr(china, "_year", lambda year: nothing if year > 2026 else as_known(year))
    wanted = {None: None, "this": day.year, "next": day.year + 1}
    assert year_without_notice(day) == wanted[missing]


def test_asking_costs_little():
    rules = [f"Mo-Fr 08:00-18:{n:02}; Sa 20:00-06:00; PH off" for n in range(60)]
    begin = time.process_time()
    for n in range(6000):
        is_open(rules[n % 60], MORNING + timedelta(days=n // 600))
    assert (time.process_time() - begin) / 6000 < 0.0001


def test_a_rule_is_read_in_words():
    rule = "Mo-Sa 08:30-17:30; Su,PH 09:00-16:00"
    assert hours_words(rule, "zh") == "周一至周六 08:30-17:30; 周日,节假日 09:00-16:00"
    assert hours_words("Mo-Fr 09:00-18:00; PH off", "en") == (
        "Mon–Fri 09:00-18:00; public holidays closed"
    )
    assert hours_words("24/7", "zh") == "全天"
