"""Hours by the clock on the owner's wall, over a year, thirty zones, their jumps and holidays."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.clock import CHINA
from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Way
from callcenter.outbound.policies.hours import next_open, open_now
from callcenter.outbound.policies.model import Pack
from callcenter.outbound.policies.shelf import PolicyUnknown, pack, shelf
from callcenter.outbound.policies.verdict import Asked, Contact, May, verdict

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Gaza",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "America/Asuncion",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Lisbon",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Africa/Casablanca",
]
zones = st.sampled_from(ZONES)
moments = st.integers(0, 366 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
jumps = st.sampled_from([timedelta(hours=-1), timedelta(0), timedelta(hours=1)])
rules = st.tuples(st.sampled_from(list(shelf())), st.sampled_from(Purpose), st.sampled_from(Way))


def asked(purpose: Purpose, way: Way, zone: str, **changes: object) -> Asked:
    granted = [f"{purpose}:{channel}" for channel in ("call", "automated_call", "text", "email")]
    fields: dict[str, object] = {
        "way": way,
        "purpose": purpose,
        "campaign_state": "running",
        "expires_at": YEAR + timedelta(days=800),
        "ticket_id": None,
        "promised": False,
        "zone": zone,
        "granted": granted,
        "refused": (),
        "silent": (),
        "contacts": (),
        "tickets": (),
    }
    return Asked(**(fields | changes))  # type: ignore[arg-type]


def on_the_wall(policy: Pack, name: str, zone: str, at: datetime) -> bool:
    """The rule once more, by hand: the local day, its hours, the hands of the clock."""
    local = at.astimezone(ZoneInfo(zone))
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    hours = policy.hours[name]
    kinds = {"holiday"} if policy.holidays else set()
    possible = {days[local.weekday()], *kinds, *(days if policy.holidays == "CN" else ())}
    minute = local.hour * 60 + local.minute
    return any(begin <= minute < end for kind in possible for begin, end in getattr(hours, kind))


@given(rules, zones, moments, jumps)
def test_nothing_is_said_outside_the_hours_of_where_he_is(
    rule: tuple[Pack, Purpose, Way], zone: str, at: datetime, jump: timedelta
) -> None:
    """Judged anew at each moment, whatever the clock did since the last."""
    policy, purpose, way = rule
    name = policy.rule(purpose, way).hours
    first = verdict(policy, asked(purpose, way, zone), at)
    then = first.until or at
    found = verdict(policy, asked(purpose, way, zone), then + jump)
    if found.may is May.NOW and name is not None:
        assert on_the_wall(policy, name, zone, then + jump)


@given(rules, zones, moments)
def test_the_next_opening_is_open_and_the_first(
    rule: tuple[Pack, Purpose, Way], zone: str, at: datetime
) -> None:
    policy, purpose, way = rule
    name = policy.rule(purpose, way).hours
    if name is None:
        return
    hours, place = policy.hours[name], ZoneInfo(zone)
    found = next_open(policy, hours, place, at)
    assert found >= at
    assert open_now(policy, hours, place, found)
    span = found - at
    steps = [at + span * n / 40 for n in range(40)]
    steps += [found - timedelta(minutes=n) for n in range(1, 90)]
    assert not any(open_now(policy, hours, place, step) for step in steps if at <= step < found)


def by_offset(zone: str) -> timedelta:
    """What the owner's clock said in January: as those do who keep an offset for each owner."""
    return YEAR.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)


@pytest.mark.parametrize(
    "kept", ["zone", pytest.param("offset", marks=CONTROL)], ids=["zone", "control"]
)
def test_every_half_hour_of_a_year_in_every_zone(kept: str) -> None:
    """Ordinary weekdays and Sundays of the pack without holidays: 09:00 to 20:00, never Sundays."""
    policy = pack("eu", YEAR)
    hours = policy.hours["calls"]
    wrong = 0
    for zone in ZONES:
        place = ZoneInfo(zone)
        for half in range(0, 366 * 48, 7):
            at = YEAR + timedelta(minutes=30 * half)
            shown = at
            if kept == "offset":
                shown += by_offset(zone) - (at.astimezone(place).utcoffset() or timedelta(0))
            allowed = open_now(policy, hours, place, shown)
            local = at.astimezone(place)
            right = local.weekday() != 6 and 9 <= local.hour < (16 if local.weekday() == 5 else 20)
            wrong += allowed and not right
    assert wrong == 0


def test_a_holiday_and_the_sunday_that_makes_up_for_it() -> None:
    """National Day 2026, and a make-up Sunday of that year's notice."""
    policy = pack("cn", YEAR)
    care = policy.hours["care_calls"]
    holiday = datetime(2026, 10, 2, 10, 30, tzinfo=CHINA)
    assert not open_now(policy, care, CHINA, holiday)
    assert next_open(policy, care, CHINA, holiday).astimezone(CHINA).date().isoformat() > (
        "2026-10-06"
    )
    assert open_now(policy, policy.hours["texts"], CHINA, holiday)


def test_hours_begin_once_the_clock_has_jumped_over_their_beginning() -> None:
    """02:30 was not there that night in New York: it opens at 03:00, and not at 03:30."""
    policy = pack("us", YEAR)
    night = policy.hours["calls"].model_copy(update={"sun": ((150, 300),), "holiday": ()})
    place = ZoneInfo("America/New_York")
    at = datetime(2026, 3, 8, 1, 0, tzinfo=place)
    assert next_open(policy, night, place, at) == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


contacts = st.lists(
    st.builds(
        Contact,
        at=moments,
        purpose=st.sampled_from(["marketing", "greeting", "satisfaction", "safety"]),
        way=st.sampled_from(list(Way)),
    ),
    max_size=12,
)


@given(st.sampled_from(list(shelf())), contacts, moments)
def test_what_is_let_through_never_goes_over_a_cap(
    policy: Pack, before: list[Contact], at: datetime
) -> None:
    """Contacts one behind the other, each as soon as it may be: any window holds at most n."""
    said = [one for one in before if one.at <= at]
    begun = len(said)
    for _ in range(5):
        found = verdict(policy, asked(Purpose.MARKETING, Way.EMAIL, "UTC", contacts=said), at)
        at = found.until or at
        if found.may is May.NOW:
            said.append(Contact(at, "marketing", Way.EMAIL))
    for one in said[begun:]:
        for cap in policy.caps:
            counted = [
                other
                for other in said
                if other.purpose in cap.purposes and one.at - cap.window <= other.at <= one.at
            ]
            assert Purpose.MARKETING not in cap.purposes or len(counted) <= cap.contacts


def test_each_pack_says_that_a_lawyer_has_to_look_at_it() -> None:
    assert {one.code for one in shelf()} == {"cn", "eu", "uk", "us"}
    assert all(one.needs_legal_review and one.sources for one in shelf())
    assert all(one.abandoned.ceiling <= 0.03 and one.abandoned.no_redial_h >= 72 for one in shelf())


def test_a_pack_counts_from_its_day_on() -> None:
    assert pack("cn", datetime(2026, 1, 1, tzinfo=CHINA)).code == "cn"
    with pytest.raises(PolicyUnknown):
        pack("cn", datetime(2025, 12, 31, 23, 59, tzinfo=CHINA))
    with pytest.raises(PolicyUnknown):
        pack("zz", YEAR)


@pytest.mark.parametrize(
    "window", ["12:00-09:00", "09:00-24:01", "09:00", "x-y"], ids=["back", "late", "half", "words"]
)
def test_a_window_that_cannot_be_is_refused(window: str) -> None:
    whole = pack("cn", YEAR).model_dump(mode="json")
    whole["hours"]["calls"]["mon"] = [window]
    with pytest.raises(ValueError, match=r"window|base 10"):
        Pack.model_validate(whole)
