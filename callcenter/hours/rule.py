"""One rule on one day: when it opens, over midnight too.

The library knows neither China's calendar nor whose night it is when the day before was a
holiday. So it is asked about single days only, with the rule in two readings: `day`, whose hours
end at midnight, and `night`, what of them lies behind it. In both, `PH` is written as the day's
own weekday on a holiday, and on a make-up day the weekdays as those that it stands for.
"""

import functools
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from opening_hours import OpeningHours, State
from opening_hours.opening_hours import ParserError

from callcenter.clock import CHINA
from callcenter.errors import CallCenterError
from callcenter.hours.china import STANDS_FOR, SpecialDay, special_day

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WHOLE_DAY = 24 * 60
NO_NIGHT = "23:59-24:00"
"""Written into `night` for hours without a part behind midnight, and left out of its answer."""

_DAY_NAME = "|".join(WEEKDAYS)
_WEEKDAYS = re.compile(rf"\b({_DAY_NAME})\b(?:\s*-\s*({_DAY_NAME})\b)?(?!\[)", re.IGNORECASE)
_HOLIDAY = re.compile(r"\bPH\b(?!\s*[+-]\s*\d)(\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b))?", re.IGNORECASE)
_TIMES = re.compile(r"\b(\d{1,2}):(\d{2})(?:\s*-\s*(\d{1,2}):(\d{2})(\+|/[\d:]+)?|\+)")
_BY_THE_SUN = re.compile(r"dawn|sunrise|sunset|dusk", re.IGNORECASE)
_COMMENT = re.compile(r'("[^"]*")')

Span = tuple[int, int]
"""Open from and until, in minutes since the day's 00:00; until may lie behind midnight."""


class BadHours(CallCenterError):
    """The rule cannot be read."""

    code = "hours_unreadable"
    status = 422
    message_zh = "营业时间“{rule}”看不懂。例:Mo-Fr 08:00-18:00; Sa 09:00-17:00,或 24/7。"
    message_en = 'Opening hours "{rule}" cannot be read. Example: Mo-Fr 08:00-18:00, or 24/7.'


def check_hours(rule: str) -> str:
    """The rule as it is; raises BadHours, also when only a special day makes it unreadable."""
    for special in (None, *_SPECIAL_DAYS):
        _readings(rule, special)
    return rule


@functools.lru_cache(maxsize=65_536)
def spans_on(rule: str, day: date) -> tuple[Span, ...]:
    """When it is open by the rule of this day, in order; the next day's morning belongs to it."""
    day_reading, night_reading = _readings(rule, special_day(day))
    spans = _asked(day_reading, day)
    if night_reading is not None:
        night = [span for span in _asked(night_reading, day) if span != (0, WHOLE_DAY)]
        spans += [(WHOLE_DAY + begin, WHOLE_DAY + end) for begin, end in night if end < WHOLE_DAY]
    return tuple(_joined(spans))


def never_changes(rule: str) -> bool:
    """Always open or always closed, on whatever day."""
    day, _ = _readings(rule, None)
    far_off = datetime(2000, 1, 1, tzinfo=CHINA)
    return _HOLIDAY.search(rule) is None and day.next_change(far_off) is None


_SPECIAL_DAYS = [
    *(SpecialDay(weekday, None) for weekday in range(7)),
    *(SpecialDay(weekday, stands_for) for weekday, stands_for in STANDS_FOR.items()),
]


@functools.lru_cache(maxsize=8192)
def _readings(rule: str, special: SpecialDay | None) -> tuple[OpeningHours, OpeningHours | None]:
    """`day` and `night` for such a day; None: an ordinary one."""
    meant = _outside_comments(rule, functools.partial(_on, special)) if special else rule
    day = _parsed(_outside_comments(meant, _until_midnight), rule)
    if _BY_THE_SUN.search(rule):
        # Nothing is known of midnight: the library's own morning stays.
        return day, None
    return day, _parsed(_outside_comments(meant, _behind_midnight), rule)


def _parsed(text: str, rule: str) -> OpeningHours:
    try:
        return OpeningHours(text, timezone=CHINA)
    except (ParserError, ValueError, OverflowError):
        raise BadHours(rule=rule[:100]) from None


def _outside_comments(rule: str, rewrite: Callable[[str], str]) -> str:
    pieces = _COMMENT.split(rule)
    return "".join(piece if n % 2 else rewrite(piece) for n, piece in enumerate(pieces))


def _on(special: SpecialDay, text: str) -> str:
    """Weekdays and `PH` as they are meant on this day; of other days nothing will be asked."""
    today = WEEKDAYS[special.weekday]
    if special.stands_for is None:
        return _HOLIDAY.sub(lambda found: f"{today}," if found[1] else today, text)
    another = WEEKDAYS[(special.weekday + 1) % 7]
    stands_for = special.stands_for

    def replaced(found: re.Match[str]) -> str:
        first = WEEKDAYS.index(found[1].capitalize())
        last = WEEKDAYS.index((found[2] or found[1]).capitalize())
        return today if (stands_for - first) % 7 <= (last - first) % 7 else another

    return _WEEKDAYS.sub(replaced, text)


def _until_midnight(text: str) -> str:
    def cut(found: re.Match[str]) -> str:
        return f"{found[1]}:{found[2]}-24:00" if _over_midnight(found) else found[0]

    return _TIMES.sub(cut, text)


def _behind_midnight(text: str) -> str:
    def rest(found: re.Match[str]) -> str:
        over = _over_midnight(found)
        return f"00:00-{over // 60:02}:{over % 60:02}" if over else NO_NIGHT

    return _TIMES.sub(rest, text)


def _over_midnight(found: re.Match[str]) -> int:
    """Minutes behind midnight; 0 for hours that end before it, or are open-ended."""
    if found[3] is None:
        return 0
    begin, end = (60 * int(found[n]) + int(found[n + 1]) for n in (1, 3))
    if end <= begin < WHOLE_DAY:
        return end
    return max(end - WHOLE_DAY, 0) if begin < WHOLE_DAY else 0


def _asked(reading: OpeningHours, day: date) -> list[Span]:
    begins = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    spans = []
    for start, end, state, _ in reading.intervals(begins, begins + timedelta(days=1)):
        if state == State.OPEN:
            spans.append((_minutes(start - begins), _minutes(end - begins)))
    return spans


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
