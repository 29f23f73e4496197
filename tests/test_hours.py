"""Opening hours in OSM syntax, by Chinese time."""

from datetime import UTC, datetime

import pytest

from callcenter.hours import BadHours, check_hours, is_open

# Wednesday, 09:00 in China.
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)


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


@pytest.mark.parametrize("rule", ["soon", "Mo-Fr 25:00-26:00 !", "每天"])
def test_what_cannot_be_read_is_said_with_an_example(rule: str):
    with pytest.raises(BadHours) as refusal:
        check_hours(rule)
    assert "08:00" in refusal.value.message("zh")
