"""Time that is counted in hours in which an owner may be called."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from callcenter.clock import CHINA
from callcenter.outbound.policies.hours import open_for, open_now, open_spans
from callcenter.outbound.policies.model import Hours, Pack
from callcenter.outbound.policies.shelf import pack, shelf
from tests.outbound.test_policies import moments, zones

SATURDAY = datetime(2026, 3, 14, 18, 30, tzinfo=CHINA)
STEP = timedelta(minutes=5)
kept = st.sampled_from([(one, hours) for one in shelf() for hours in one.hours.values()])
lasting = st.integers(1, 12 * 12).map(lambda steps: steps * STEP)


@given(kept, zones, moments, lasting)
def test_so_long_it_was_open_meanwhile_and_not_a_moment_longer(
    rule: tuple[Pack, Hours], zone: str, at: datetime, wanted: timedelta
) -> None:
    """Counted by hand, five minutes by five minutes, with the question that the claim asks."""
    at -= timedelta(minutes=at.minute % 5)
    place = ZoneInfo(zone)
    ends = open_for(*rule, place, at, wanted)
    steps = int((ends - at) / STEP)
    by_hand = sum(open_now(*rule, place, at + n * STEP) for n in range(steps)) * STEP
    assert by_hand == wanted
    spans = list(open_spans(*rule, place, at, ends))
    assert sum((end - begin for begin, end in spans), timedelta()) == wanted
    assert spans == sorted(spans)


def test_saturday_evening_goes_on_on_monday_morning_where_sunday_is_closed() -> None:
    china = pack("cn", SATURDAY)
    given = (china, china.hours["care_calls"], CHINA, SATURDAY)
    assert open_for(*given, timedelta(hours=2)) == datetime(2026, 3, 16, 10, 30, tzinfo=CHINA)
    assert open_for(*given, timedelta(hours=8)) == datetime(2026, 3, 16, 18, 30, tzinfo=CHINA)
