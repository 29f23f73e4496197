"""Opening rules in OSM syntax, in China's zone, with China's holidays and make-up days. Pure.

The night of a rule belongs to the day on which it begins: "Mo-Su 20:00-06:00; PH off" is open
until 06:00 of the first day of a holiday and closed until the evening behind its last.
"""

from callcenter.hours.china import year_without_notice
from callcenter.hours.days import DayHours, DayKind, hours_of_days
from callcenter.hours.opening import HoursOverride, is_open, is_overridden, next_change
from callcenter.hours.rule import BadHours, check_hours

__all__ = [
    "BadHours",
    "DayHours",
    "DayKind",
    "HoursOverride",
    "check_hours",
    "hours_of_days",
    "is_open",
    "is_overridden",
    "next_change",
    "year_without_notice",
]
