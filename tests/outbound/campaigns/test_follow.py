"""What follows which outcome."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.follow import DAY_PARTS, after_end, after_outcome, ends_all
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome, Touch, TouchState, Way

PLAN = template(CampaignKind.MAINTENANCE).plan
NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"


def touch(step: int = 0, attempt: int = 1) -> Touch:
    return Touch(
        id=uuid4(),
        run_id=UUID(int=1),
        campaign_id=UUID(int=2),
        owner_id=UUID(int=3),
        vehicle_id=None,
        ticket_id=None,
        step=step,
        attempt=attempt,
        channel=PLAN.steps[step].way,
        purpose=Purpose.CONTRACT,
        variant="",
        priority=50,
        state=TouchState.SENT,
        due_at=NOON,
        expires_at=NOON + timedelta(days=2),
        reason="",
        outcome=None,
        promised_to=None,
    )


def test_a_text_is_followed_by_the_voice_and_then_by_a_person():
    assert [step.way for step in PLAN.steps] == [Way.TEXT, Way.AUTOMATED_CALL, Way.AGENT_CALL]
    after_text = after_end(PLAN, touch(0), TouchState.SENT, NOON)
    assert after_text is not None
    assert (after_text.step, after_text.due_at) == (1, NOON + timedelta(hours=72))
    # The voice that nobody hears goes on to a person, once it has been tried often enough.
    assert after_end(PLAN, touch(1), TouchState.SENT, NOON) is None
    after_voice = after_outcome(PLAN, touch(1, attempt=3), Outcome.NO_ANSWER, NOON, SHANGHAI)
    assert after_voice is not None
    assert (after_voice.step, after_voice.attempt) == (2, 1)
    assert after_outcome(PLAN, touch(2, attempt=3), Outcome.NO_ANSWER, NOON, SHANGHAI) is None


def test_what_surely_did_not_reach_him_goes_on_at_once_and_what_may_have_waits():
    # What a provider refuses is undelivered: told twice, as a state and as an outcome, it goes on
    # once, by the rule of the outcome.
    assert after_end(PLAN, touch(0), TouchState.FAILED, NOON) is None
    failed = after_outcome(PLAN, touch(0), Outcome.UNDELIVERED, NOON, SHANGHAI)
    unknown = after_end(PLAN, touch(0), TouchState.UNKNOWN, NOON)
    assert failed is not None
    assert unknown is not None
    assert failed.due_at == NOON
    assert unknown.due_at == NOON + timedelta(hours=72)


@pytest.mark.parametrize(
    "outcome", [Outcome.BOOKED, Outcome.OPTED_OUT, Outcome.REFUSED, Outcome.CALL_BACK]
)
def test_who_has_decided_is_left_alone(outcome: Outcome):
    assert ends_all(PLAN, outcome)
    assert after_outcome(PLAN, touch(1), outcome, NOON, SHANGHAI) is None


@given(
    st.sampled_from(list(Outcome)),
    st.integers(1, 10),
    st.integers(0, len(PLAN.steps) - 1),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([SHANGHAI, "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_it_never_goes_back_and_always_ends(outcome, attempt, step, now, zone):
    """Each touch that follows stands further on, so that any run of outcomes comes to its end."""
    following = after_outcome(PLAN, touch(step, attempt), outcome, now, zone)
    if following is None:
        return
    assert (following.step, following.attempt) > (step, attempt)
    assert following.step < len(PLAN.steps)
    assert following.attempt <= 3
    assert now <= following.due_at < following.expires_at
    assert following.due_at - now <= timedelta(days=4)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([SHANGHAI, "Europe/Berlin", "America/New_York"]),
)
def test_who_did_not_answer_is_called_in_another_part_of_his_day(now: datetime, zone: str):
    following = after_outcome(PLAN, touch(1), Outcome.NO_ANSWER, now, zone)
    assert following is not None

    def part(at: datetime) -> int:
        clock = at.astimezone(ZoneInfo(zone)).time()
        return sum(clock >= begins for begins in DAY_PARTS) or len(DAY_PARTS)

    assert part(following.due_at) != part(now)
