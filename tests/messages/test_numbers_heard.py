"""A centre's numbers, national and international, are the owners' numbers."""

import pytest

from callcenter.messages.smpp.heard import number_of

INTERNATIONAL, NATIONAL, UNKNOWN, SHORT = 1, 2, 0, 3


@pytest.mark.parametrize(
    ("ton", "source", "number"),
    [
        (INTERNATIONAL, "8613800138000", "+8613800138000"),
        (INTERNATIONAL, "+8613800138000", "+8613800138000"),
        (INTERNATIONAL, "008613800138000", "+8613800138000"),
        (INTERNATIONAL, "447911123456", "+447911123456"),
        (INTERNATIONAL, "13802134567", "+13802134567"),
        (NATIONAL, "13800138000", "+8613800138000"),
        (NATIONAL, "013800138000", "+8613800138000"),
        (UNKNOWN, "13800138000", "+8613800138000"),
        (UNKNOWN, "8613800138000", "+8613800138000"),
        (UNKNOWN, "008613800138000", "+8613800138000"),
        (UNKNOWN, "+8613800138000", "+8613800138000"),
        (UNKNOWN, "447911123456", "+447911123456"),
        (UNKNOWN, "85291234567", "+85291234567"),
        (SHORT, "10086", "10086"),
        (UNKNOWN, "99999999999999", "+99999999999999"),
    ],
)
def test_it_is_read_by_its_type(ton: int, source: str, number: str) -> None:
    assert number_of(ton, source) == number
