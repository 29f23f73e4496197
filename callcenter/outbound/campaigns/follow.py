"""What follows an outcome: the same step again, the next one, or nothing. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from callcenter.outbound.campaigns.plan import USUAL, Plan, PlanStep, Rule, Then
from callcenter.outbound.model import ENDS_ALL, Outcome, Touch, TouchState

DAY_PARTS = (time(9), time(13), time(18))
"""Morning, afternoon, evening begin."""


@dataclass(frozen=True)
class Next:
    """The touch to make: which step, for the `attempt`th time, and its time."""

    step: int
    attempt: int
    due_at: datetime
    expires_at: datetime


def after_outcome(
    plan: Plan, touch: Touch, outcome: Outcome, now: datetime, zone: str
) -> Next | None:
    """The touch that follows this outcome; None when nothing does, or not because of it."""
    step = plan.steps[touch.step]
    rule = step.rules.get(outcome) or USUAL.get(outcome)
    if rule is None or rule.then is Then.END:
        return None
    if rule.then is Then.RETRY and touch.attempt < rule.at_most:
        due = _again_at(rule, now, zone)
        return Next(touch.step, touch.attempt + 1, due, due + _lives(step))
    return _step(plan, touch.step + 1, now)


def after_end(plan: Plan, touch: Touch, state: TouchState, now: datetime) -> Next | None:
    """The touch that follows when one was said, or could not be: sent waits for the owner, one
    that expired or may not be on this way goes on to the next way at once.

    Unknown is as good as said: nobody is told twice because we do not know. A writing that failed
    is undelivered, and a call that was made has an outcome: that decides.
    """
    step = plan.steps[touch.step]
    if state is TouchState.SENT and not _is_writing(step):
        return None
    if state in (TouchState.SENT, TouchState.UNKNOWN):
        return _step(plan, touch.step + 1, now + timedelta(hours=step.wait_hours))
    if state in (TouchState.EXPIRED, TouchState.SKIPPED):
        return _step(plan, touch.step + 1, now)
    return None


def is_tried_again(touch: Touch, following: Next | None) -> bool:
    """The same step once more."""
    return following is not None and following.step == touch.step


def ends_steps(plan: Plan, touch: Touch, outcome: Outcome) -> bool:
    """Whether this step says that nothing follows this outcome, not even what was made before it
    was known: by a text's sending, or by a call of which nobody knew how it went."""
    step = plan.steps[touch.step]
    rule = step.rules.get(outcome) or (None if _is_writing(step) else USUAL.get(outcome))
    return rule is not None and rule.then is Then.END


def ends_all(plan: Plan, outcome: Outcome) -> bool:
    """Whether nothing else is said to the owner in this run."""
    return outcome in ENDS_ALL or outcome is plan.goal


def first(plan: Plan, now: datetime) -> Next:
    """The touch with which a run begins."""
    return Next(0, 1, now, now + _lives(plan.steps[0]))


def _step(plan: Plan, number: int, due: datetime) -> Next | None:
    if number >= len(plan.steps):
        return None
    return Next(number, 1, due, due + _lives(plan.steps[number]))


def _again_at(rule: Rule, now: datetime, zone: str) -> datetime:
    """After the pause; in another part of his day when the rule wants that."""
    due = now + timedelta(minutes=rule.after_minutes)
    if not rule.other_day_part or _part(due, zone) != _part(now, zone):
        return due
    there = due.astimezone(ZoneInfo(zone))
    later = [part for part in DAY_PARTS if part > there.time()]
    day = there.date() if later else there.date() + timedelta(days=1)
    begins = later[0] if later else DAY_PARTS[0]
    return datetime.combine(day, begins, tzinfo=ZoneInfo(zone))


def _part(at: datetime, zone: str) -> int:
    clock = at.astimezone(ZoneInfo(zone)).time()
    # The night belongs to the evening before it.
    return sum(clock >= part for part in DAY_PARTS) or len(DAY_PARTS)


def _lives(step: PlanStep) -> timedelta:
    return timedelta(hours=step.expires_hours)


def _is_writing(step: PlanStep) -> bool:
    return step.way.value in ("text", "email")
