"""What is told of a time and a place: a range, and to each map what it expects."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from callcenter.portal.map_link import navigation_urls
from callcenter.portal.owner_view import minutes_between
from tests.service import SHENYANG

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "between"),
    [(20, (15, 25)), (60, (45, 75)), (10, (8, 12)), (3, (1, 5)), (0, (1, 2)), (-1, None)],
)
def test_the_time_of_arrival_is_told_as_a_range(minutes: int, between: Any):
    assert minutes_between(NOW + timedelta(minutes=minutes), NOW) == between


def test_each_map_gets_the_datum_it_expects():
    urls = {name: urlsplit(url) for name, url in navigation_urls(*SHENYANG, "R1").items()}
    asked = {name: parse_qs(url.query) for name, url in urls.items()}
    assert asked["amap"]["position"][0].startswith("123.437")
    assert asked["apple"]["daddr"][0].split(",")[1].startswith("123.437")
    assert asked["baidu"]["location"][0].split(",")[1].startswith("123.444")
    assert urls["phone"].path == "41.805700,123.431500"
