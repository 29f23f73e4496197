"""A rule of opening hours as people read it."""

import re

from callcenter.hours.rule import WEEKDAYS

_DAYS = {
    "zh": dict(
        zip(WEEKDAYS, ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), strict=True)
    ),
    "en": dict(zip(WEEKDAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)),
}
_TO = {"zh": "至", "en": "–"}
_ALWAYS = {"zh": "全天", "en": "24 h, every day"}
_HOLIDAY = {"zh": "节假日", "en": "public holidays"}
_CLOSED = {"zh": "休息", "en": "closed"}
_DAY = "|".join(WEEKDAYS)
_DAYS_FROM_TO = re.compile(rf"\b({_DAY})\s*-\s*({_DAY})\b")
_ONE_DAY = re.compile(rf"\b({_DAY})\b")


def hours_words(rule: str, language: str) -> str:
    """`Mo-Sa 08:30-17:30; PH off` in the words of this language; what is no day's name stays."""
    if rule.strip() == "24/7":
        return _ALWAYS[language]
    days = _DAYS[language]
    words = _DAYS_FROM_TO.sub(lambda m: f"{days[m[1]]}{_TO[language]}{days[m[2]]}", rule)
    words = _ONE_DAY.sub(lambda m: days[m[1]], words)
    words = re.sub(r"\bPH\b", _HOLIDAY[language], words)
    return re.sub(r"\b(off|closed)\b", _CLOSED[language], words)
