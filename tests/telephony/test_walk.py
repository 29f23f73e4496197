"""Every call that walks a checked flow is let go in the end, whatever is heard, in any order."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.calls.queue.model import Urgency
from callcenter.clock import CHINA
from callcenter.telephony.flow.acts import LETS_GO, WAITS, Ask, EnterQueue, Speak, TextLink
from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.flow.walk import MOST_WAITS, Heard, Position, Walked, What, walk
from tests.telephony.flows import MENU, WORDS, flow_of, flows

DAY = datetime(2026, 11, 26, 10, 0, tzinfo=CHINA)
NIGHT = datetime(2026, 11, 26, 3, 0, tzinfo=CHINA)
NOON = st.sampled_from([DAY, NIGHT])
KEYS = st.sampled_from("0123456789*#")
WHATS = st.sampled_from(What)


@st.composite
def heard(draw: st.DrawFn) -> Heard:
    """Anything, to any wait."""
    return Heard(draw(WHATS), draw(st.integers(-1, MOST_WAITS + 2)), draw(KEYS))


def began(flow: Flow, now: datetime = DAY) -> Walked:
    return walk(flow, Position(), Heard(What.BEGAN), now)


def hear(flow: Flow, at: Walked, what: What, key: str = "", now: datetime = DAY) -> Walked:
    return walk(flow, at.position, Heard(what, at.position.sequence, key), now)


def waits_or_is_over(walked: Walked) -> None:
    """A call that is not let go waits for something; what is said before the end is only said."""
    *before, last = walked.acts
    assert all(isinstance(act, Speak) for act in before)
    assert isinstance(last, LETS_GO if walked.position.is_over else WAITS)


@given(flow=flows(), keys=st.lists(KEYS | st.just(""), min_size=2 * MOST_WAITS), now=NOON)
@settings(max_examples=150, deadline=None)
def test_every_call_is_let_go_within_the_most_waits(flow: Flow, keys: list[str], now: datetime):
    at = began(flow, now)
    waits_or_is_over(at)
    for moves, key in enumerate(keys):
        if at.position.is_over:
            return
        assert moves <= MOST_WAITS
        asked = at.acts[-1]
        if isinstance(asked, Ask):
            at = hear(flow, at, What.KEY if key else What.SILENCE, key, now)
        else:
            link = What.LINK_SENT if key else What.LINK_NOT_SENT
            at = hear(flow, at, link if isinstance(asked, TextLink) else What.RECORDED, now=now)
        waits_or_is_over(at)
    raise AssertionError("never let go")


def untimely(flow: Flow, all_heard: list[Heard], *, numbered: bool) -> None:
    """Whatever is heard to another wait than the present one leaves the call where it stands."""
    at = began(flow)
    for one in all_heard:
        known = one if numbered else replace(one, sequence=at.position.sequence)
        after = walk(flow, at.position, known, DAY)
        if one.what is not What.LEFT and one.sequence != at.position.sequence:
            assert after == Walked((), at.position, moved=False)
        if after.moved and after.acts:
            waits_or_is_over(after)
            at = after


@given(flow=flows(), all_heard=st.lists(heard(), max_size=40))
@settings(max_examples=80, deadline=None)
def test_what_comes_twice_or_too_late_changes_nothing(flow: Flow, all_heard: list[Heard]):
    untimely(flow, all_heard, numbered=True)


@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_without_the_number_of_the_wait_a_late_key_would_choose_in_another_menu():
    late = [Heard(What.KEY, 1, "1"), Heard(What.KEY, 1, "1")]
    menus = [MENU | {"keys": {"1": "next", "3": "rescue"}}, MENU | {"id": "next"}]
    untimely(flow_of(*menus), late, numbered=False)


@given(flow=flows(), all_heard=st.lists(heard(), max_size=20))
@settings(max_examples=30, deadline=None)
def test_who_has_left_is_gone_whatever_comes_after(flow: Flow, all_heard: list[Heard]):
    gone = hear(flow, began(flow), What.LEFT)
    assert gone.position.is_over
    for one in all_heard:
        assert walk(flow, gone.position, one, DAY) == Walked((), gone.position, moved=False)


def test_key_3_sends_the_link_and_waits_among_the_rescues_day_and_night():
    for now in (DAY, NIGHT):
        menu = began(default_flow(), now)
        link = hear(default_flow(), menu, What.KEY, "3", now)
        assert isinstance(link.acts[-1], TextLink)
        for outcome in (What.LINK_SENT, What.LINK_NOT_SENT):
            *_, queue = hear(default_flow(), link, outcome, now=now).acts
            assert isinstance(queue, EnterQueue)
            assert (queue.group, queue.urgency) == ("rescue", Urgency.RESCUE)


def test_who_presses_nothing_or_nonsense_comes_to_a_person():
    flow = default_flow()
    for what, key in ((What.SILENCE, ""), (What.KEY, "7")):
        first = began(flow)
        again = hear(flow, first, what, key)
        assert isinstance(again.acts[-1], Ask)
        assert (again.position.tries, again.position.sequence) == (1, 2)
        *_, queue = hear(flow, again, what, key).acts
        assert isinstance(queue, EnterQueue)
        assert queue.group == "desk"


def test_english_is_spoken_after_9_and_the_queue_knows():
    flow = default_flow()
    menu = hear(flow, began(flow), What.KEY, "9")
    ask = menu.acts[-1]
    assert isinstance(ask, Ask)
    assert {spoken.language for spoken in ask.prompts} == {"en"}
    *_, queue = hear(flow, menu, What.KEY, "2").acts
    assert isinstance(queue, EnterQueue)
    assert (queue.group, queue.language) == ("technical", "en")


def test_at_night_a_complaint_may_be_left_as_a_message():
    flow = default_flow()
    closed = hear(flow, began(flow, NIGHT), What.KEY, "1", NIGHT)
    take = hear(flow, closed, What.KEY, "1", NIGHT)
    assert take.acts[-1].kind == "take_message"
    assert [act.kind for act in hear(flow, take, What.RECORDED).acts] == ["speak", "close"]
    by_day = hear(flow, began(flow), What.KEY, "1")
    assert by_day.acts[-1].kind == "enter_queue"


def test_a_key_may_cut_short_the_greeting_and_what_is_whole_is_said_by_itself():
    *before, ask = began(default_flow()).acts
    # That the call is recorded is said by itself: whether it was heard to its end is known.
    assert [act.notice for act in before if isinstance(act, Speak)] == [False, True]
    assert not any(act.whole for act in before if isinstance(act, Speak))
    assert isinstance(ask, Ask)
    assert len(ask.prompts) == 2
    deaf = flow_of({"kind": "say", "id": "hi", "words": WORDS, "next": "menu"}, start="hi")
    assert [act.kind for act in began(deaf).acts] == ["ask"]
    whole = flow_of(
        {"kind": "say", "id": "hi", "words": WORDS, "next": "menu", "whole": True}, start="hi"
    )
    assert [act.kind for act in began(whole).acts] == ["speak", "ask"]


def test_who_goes_round_in_the_menus_comes_to_a_person():
    flow = flow_of(MENU | {"keys": {"3": "rescue", "1": "menu"}})
    at = began(flow)
    for _ in range(MOST_WAITS - 1):
        at = hear(flow, at, What.KEY, "1")
        assert not at.position.is_over
    at = hear(flow, at, What.KEY, "1")
    assert at.acts[-1] == EnterQueue(
        group="desk", urgency=Urgency.REST, language="zh", skills=[], step="person"
    )
