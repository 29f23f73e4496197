"""The order of the queue, for any queue: urgency, tier, time; nobody starves, nobody is left."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from callcenter.calls.queue.model import (
    HEAD_START,
    HIGHEST_TIER,
    OPENS_LANGUAGE_AFTER,
    OPENS_SKILLS_AFTER,
    TIER_HEAD_START,
    Group,
    Place,
    PlaceKind,
    Ready,
    Urgency,
    estimated_wait,
    goes_outside,
    groups_open,
    opens_next,
    pick,
    turn,
)

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
GROUPS = {
    "rescue": Group(
        "rescue",
        "desk",
        timedelta(seconds=10),
        "expert",
        timedelta(seconds=30),
        "95000",
        timedelta(seconds=120),
    ),
    "desk": Group("desk", expert_group="expert", expert_after=timedelta(seconds=90)),
    "expert": Group("expert"),
}
BOTH = frozenset({"zh", "en"})


def place(number: int, *, waited_s: float = 0.0, **changes: object) -> Place:
    entered_at = NOW - timedelta(seconds=waited_s)
    facts: dict[str, object] = {
        "kind": PlaceKind.CALL,
        "call_id": UUID(int=number + 1000),
        "caller": "+8613800138000",
        "group": "rescue",
        "urgency": Urgency.REST,
        "tier": 0,
        "language": "zh",
        "skills": frozenset(),
        "last_agent_id": None,
    }
    facts |= changes
    at = turn(entered_at, facts["urgency"], facts["tier"])  # type: ignore[arg-type]
    return Place(id=UUID(int=number), entered_at=entered_at, turn_at=at, **facts)  # type: ignore[arg-type]


def agent(number: int, *, free_s: float = 0.0, **changes: object) -> Ready:
    facts: dict[str, object] = {
        "groups": frozenset({"rescue"}),
        "languages": frozenset({"zh"}),
        "skills": frozenset(),
    }
    since = NOW - timedelta(seconds=free_s)
    return Ready(UUID(int=number), since=since, **(facts | changes))  # type: ignore[arg-type]


def order(*places: Place) -> list[int]:
    """The numbers in the order in which one agent after the other would get them."""
    return [one.place.id.int for one in pick(places, map(agent, range(100, 120)), GROUPS, NOW)]


def test_danger_before_expressway_before_rescue_before_the_rest_and_then_the_tier():
    classes = [place(n, urgency=u) for n, u in enumerate(reversed(Urgency))]
    assert order(*classes) == [3, 2, 1, 0]
    tiers = [place(1, tier=0), place(2, tier=2), place(3, tier=1)]
    assert order(*tiers, place(4, urgency=Urgency.RESCUE)) == [4, 2, 3, 1]


def test_even_danger_does_not_let_anybody_starve():
    longest = HEAD_START[Urgency.DANGER] + HIGHEST_TIER * TIER_HEAD_START
    old = place(1, waited_s=longest.total_seconds() + 1)
    assert order(place(2, urgency=Urgency.DANGER, tier=HIGHEST_TIER), old) == [1, 2]


def test_to_the_last_agent_when_he_is_ready_else_to_the_one_free_longest():
    ready = [agent(7, free_s=60), agent(8, free_s=5), agent(9, free_s=90)]
    (sticky,) = pick([place(1, last_agent_id=UUID(int=8))], ready, GROUPS, NOW)
    assert (sticky.staff_id.int, sticky.is_last_agent) == (8, True)
    (other,) = pick([place(1, last_agent_id=UUID(int=6))], ready, GROUPS, NOW)
    assert (other.staff_id.int, other.is_last_agent) == (9, False)


@pytest.mark.parametrize(
    ("waited_s", "opened"), [(9, ["rescue"]), (10, ["rescue", "desk"]), (30, [*GROUPS][:3])]
)
def test_a_rescue_that_waits_opens_to_the_second_group_and_to_the_experts(
    waited_s: float, opened: list[str]
):
    assert groups_open(place(1, waited_s=waited_s), GROUPS, NOW) == opened
    expert = agent(9, groups=frozenset({"expert"}))
    found = pick([place(1, waited_s=waited_s)], [expert], GROUPS, NOW)
    assert [one.opened for one in found] == ([("group",)] if waited_s == 30 else [])


def test_after_two_minutes_a_call_goes_outside_and_a_call_back_never():
    waits = place(1, waited_s=120)
    assert goes_outside(waits, GROUPS, NOW)
    assert not goes_outside(place(1, waited_s=119), GROUPS, NOW)
    assert not goes_outside(place(1, waited_s=500, kind=PlaceKind.CALL_BACK), GROUPS, NOW)


def test_a_language_is_waited_for_but_not_for_ever():
    english, only_chinese = place(1, language="en"), [agent(9)]
    assert pick([english], only_chinese, GROUPS, NOW) == []
    at = opens_next(english, GROUPS, NOW)
    assert at is not None
    while pick([english], only_chinese, GROUPS, at) == []:
        at = opens_next(english, GROUPS, at)
        assert at is not None, "nobody would look again"
    assert at - NOW == OPENS_LANGUAGE_AFTER


def test_the_estimate_is_told_in_turns_of_all_agents_and_not_at_all_without_any():
    assert estimated_wait(5, 3, timedelta(minutes=4)) == timedelta(minutes=8)
    assert estimated_wait(0, 0, timedelta(minutes=4)) is None


ORDERS = 2000
TALENTS = [frozenset(), frozenset({"ev"}), frozenset({"hv"}), frozenset({"ev", "hv"})]


def some_places(chance: random.Random) -> list[Place]:
    return [
        place(
            number,
            waited_s=chance.choice([0, 9, 10, 31, 61, 3000, 8000]) + chance.random(),
            urgency=chance.choice(list(Urgency)),
            tier=chance.randrange(6),
            group=chance.choice(sorted(GROUPS)),
            language=chance.choice(["zh", "zh", "en"]),
            skills=chance.choice(TALENTS),
            last_agent_id=chance.choice([None, UUID(int=101), UUID(int=102)]),
        )
        for number in chance.sample(range(40), chance.randrange(12))
    ]


def some_agents(chance: random.Random) -> list[Ready]:
    return [
        agent(
            number,
            free_s=chance.randrange(600),
            groups=frozenset(chance.sample(sorted(GROUPS), chance.randint(1, 3))),
            languages=chance.choice([frozenset({"zh"}), BOTH]),
            skills=chance.choice(TALENTS),
        )
        for number in chance.sample(range(100, 110), chance.randrange(6))
    ]


def fits(one: Place, able: Ready) -> bool:
    waited = NOW - one.entered_at
    return (
        bool(able.groups.intersection(groups_open(one, GROUPS, NOW)))
        and (one.language in able.languages or waited >= OPENS_LANGUAGE_AFTER)
        and (one.skills <= able.skills or waited >= OPENS_SKILLS_AFTER)
    )


@pytest.mark.parametrize("seed", range(4))
def test_in_any_queue_each_pick_is_just_and_no_match_is_left(seed: int):
    chance = random.Random(seed)
    for _ in range(ORDERS // 4):
        places, agents = some_places(chance), some_agents(chance)
        picks = pick(places, agents, GROUPS, NOW)
        by_place = {one.place.id: one for one in picks}
        assert len(by_place) == len({one.staff_id for one in picks}) == len(picks)
        able = {one.staff_id: one for one in agents}
        left = [one for one in agents if one.staff_id not in {p.staff_id for p in picks}]
        for one in places:
            got = by_place.get(one.id)
            if got is None:
                assert not any(fits(one, free) for free in left), "a match was left"
                continue
            assert fits(one, able[got.staff_id])
            later = [able[p.staff_id] for p in picks if p.place.turn_at > one.turn_at]
            free = {a.staff_id for a in (*left, *later) if fits(one, a)}
            assert one.last_agent_id not in free, "his last agent was free"


def test_in_any_queue_nobody_is_overtaken_but_within_the_head_start():
    longest = HEAD_START[Urgency.DANGER] + HIGHEST_TIER * TIER_HEAD_START
    chance, everybody = random.Random(7), frozenset(GROUPS)
    agents = [
        agent(n, groups=everybody, languages=BOTH, skills=TALENTS[-1]) for n in range(100, 120)
    ]
    for _ in range(ORDERS):
        places = some_places(chance)
        picks = [one.place for one in pick(places, agents, GROUPS, NOW)]
        assert len(picks) == len(places)
        for at, one in enumerate(picks):
            for later in picks[at + 1 :]:
                assert later.entered_at > one.entered_at - longest
                if (later.urgency, later.tier) == (one.urgency, one.tier):
                    assert later.entered_at >= one.entered_at, "same kind, out of turn"
