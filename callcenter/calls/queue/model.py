"""The order of the queue and the pick. Pure: no database, no clock.

Each place has a turn: the moment of entry less a head start for urgency and tier. The smallest turn
is first. All turns age alike, so the order of two places never changes while they wait, and nobody
is overtaken for longer than the greatest head start: nobody starves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Urgency(StrEnum):
    """Danger to life before an expressway, before any rescue, before the rest."""

    DANGER = "danger"
    EXPRESSWAY = "expressway"
    RESCUE = "rescue"
    REST = "rest"


class PlaceKind(StrEnum):
    """Somebody on the line, or somebody who is to be called back."""

    CALL = "call"
    CALL_BACK = "call_back"


class PlaceState(StrEnum):
    """waiting -> offered -> answered; an offer not taken waits again; what else ends it."""

    WAITING = "waiting"
    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    CALLED_BACK = "called_back"
    CLAIMED = "claimed"
    OUTSIDE = "outside"
    GIVEN_UP = "given_up"


class CallBackReason(StrEnum):
    """The caller asked for it, hung up in the queue, or we lost him."""

    ASKED = "asked"
    DROPPED_OUT = "dropped_out"
    LINE_LOST = "line_lost"


HEAD_START: Mapping[Urgency, timedelta] = {
    Urgency.DANGER: timedelta(minutes=60),
    Urgency.EXPRESSWAY: timedelta(minutes=40),
    Urgency.RESCUE: timedelta(minutes=20),
    Urgency.REST: timedelta(0),
}
TIER_HEAD_START = timedelta(minutes=2)
"""For each step of the tier; less than a step of urgency, which comes first."""
HIGHEST_TIER = 5

OPENS_LANGUAGE_AFTER = timedelta(seconds=30)
"""From then on who speaks another language is better than nobody."""
OPENS_SKILLS_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Place:
    """Somebody waits: what he needs, since when, and when it is his turn."""

    id: UUID
    kind: PlaceKind
    call_id: UUID | None
    caller: str | None
    group: str
    urgency: Urgency
    tier: int
    language: str
    skills: frozenset[str]
    entered_at: datetime
    turn_at: datetime
    last_agent_id: UUID | None


@dataclass(frozen=True)
class Ready:
    """An agent who may be rung now, and since when he has been free."""

    staff_id: UUID
    groups: frozenset[str]
    languages: frozenset[str]
    skills: frozenset[str]
    since: datetime


@dataclass(frozen=True)
class Group:
    """Where a place opens to others when it waits too long. `outside_number`: leaves the house."""

    name: str
    second_group: str | None = None
    second_after: timedelta | None = None
    expert_group: str | None = None
    expert_after: timedelta | None = None
    outside_number: str | None = None
    outside_after: timedelta | None = None


@dataclass(frozen=True)
class Pick:
    """This place goes to this agent; why it was its turn, and why his.

    `overtook`: who had entered before and waits on. `opened`: what was wanted and he has not
    (group, language, skills), since it had waited so long.
    """

    place: Place
    staff_id: UUID
    waited: timedelta
    head_start: timedelta
    overtook: int
    is_last_agent: bool
    opened: tuple[str, ...]

    def reason(self) -> dict[str, Any]:
        """As it is kept beside the place; seconds."""
        return {
            "waited_s": round(self.waited.total_seconds(), 1),
            "head_start_s": round(self.head_start.total_seconds()),
            "overtook": self.overtook,
            "last_agent": self.is_last_agent,
            "opened": list(self.opened),
        }


def turn(entered_at: datetime, urgency: Urgency, tier: int) -> datetime:
    """When it would have had to enter to be as far without a head start."""
    return entered_at - HEAD_START[urgency] - TIER_HEAD_START * min(max(tier, 0), HIGHEST_TIER)


def groups_open(place: Place, groups: Mapping[str, Group], now: datetime) -> list[str]:
    """The groups whose agents may be rung for it by now, its own first."""
    group, waited = groups[place.group], now - place.entered_at
    more = ((group.second_group, group.second_after), (group.expert_group, group.expert_after))
    opened = [name for name, after in more if name and after is not None and waited >= after]
    return [place.group, *(name for name in opened if name != place.group)]


def opens_next(place: Place, groups: Mapping[str, Group], now: datetime) -> datetime | None:
    """When more agents may be rung for it, or it goes outside; None: never more than now."""
    group = groups[place.group]
    steps = [group.second_after, group.expert_after, group.outside_after]
    if place.skills:
        steps.append(OPENS_SKILLS_AFTER)
    times = [place.entered_at + step for step in (*steps, OPENS_LANGUAGE_AFTER) if step is not None]
    return min((time for time in times if time > now), default=None)


def goes_outside(place: Place, groups: Mapping[str, Group], now: datetime) -> bool:
    """Nobody here took it in time, and there is a number elsewhere."""
    after = groups[place.group].outside_after
    return place.kind is PlaceKind.CALL and after is not None and now - place.entered_at >= after


def pick(
    places: Sequence[Place], ready: Iterable[Ready], groups: Mapping[str, Group], now: datetime
) -> list[Pick]:
    """Who gets whom: by turn, ties by id; each to his last agent, else to the one free longest."""
    free = sorted(ready, key=lambda agent: (agent.since, agent.staff_id))
    waiting = sorted(places, key=lambda one: (one.turn_at, one.id))
    picks: list[Pick] = []
    for place in waiting:
        if not free:
            break
        found = _agent_for(place, free, groups_open(place, groups, now), now)
        if found is not None:
            free.remove(found)
            gone = {one.place.id for one in picks}
            left = [one for one in waiting if one.id not in gone]
            picks.append(_picked(place, found, left, now))
    return picks


def estimated_wait(ahead: int, agents: int, handling: timedelta) -> timedelta | None:
    """Until it is his turn: each agent of `agents` takes the next after his `handling` time.

    None when nobody is there to take any.
    """
    return handling * (ahead + 1) / agents if agents else None


def _agent_for(
    place: Place, free: Sequence[Ready], open_groups: Sequence[str], now: datetime
) -> Ready | None:
    """`free` longest first; the last agent before others, the own group before opened ones."""

    def rank(agent: Ready) -> tuple[bool, int]:
        group = next(at for at, name in enumerate(open_groups) if name in agent.groups)
        return agent.staff_id != place.last_agent_id, group

    able = (
        agent
        for agent in free
        if agent.groups.intersection(open_groups)
        and _speaks(place, agent, now)
        and _can(place, agent, now)
    )
    return min(able, key=rank, default=None)


def _speaks(place: Place, agent: Ready, now: datetime) -> bool:
    return place.language in agent.languages or now - place.entered_at >= OPENS_LANGUAGE_AFTER


def _can(place: Place, agent: Ready, now: datetime) -> bool:
    return place.skills <= agent.skills or now - place.entered_at >= OPENS_SKILLS_AFTER


def _picked(place: Place, agent: Ready, waiting: Sequence[Place], now: datetime) -> Pick:
    opened = {
        "group": place.group not in agent.groups,
        "language": place.language not in agent.languages,
        "skills": not place.skills <= agent.skills,
    }
    return Pick(
        place=place,
        staff_id=agent.staff_id,
        waited=now - place.entered_at,
        head_start=place.entered_at - place.turn_at,
        overtook=sum(one.entered_at < place.entered_at for one in waiting),
        is_last_agent=agent.staff_id == place.last_agent_id,
        opened=tuple(name for name, is_so in opened.items() if is_so),
    )
