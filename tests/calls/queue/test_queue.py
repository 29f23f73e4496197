"""Stories of the queue on a real database: turns, offers, call-backs that keep the place."""

from datetime import timedelta

import pytest

from callcenter.calls import contacts
from callcenter.calls.agents.errors import NoCallsForRole
from callcenter.calls.agents.model import (
    SIGNED_OUT,
    Availability,
    AwayReason,
    Contact,
    Offer,
    Profile,
)
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import CallState, EndReason
from callcenter.calls.queue.errors import PlaceNotYours
from callcenter.calls.queue.model import Urgency
from callcenter.calls.queue.service import LOOK_AGAIN, UNANSWERED
from callcenter.db.database import Database
from tests.calls.floor import RULES, Floor

BREAK = Offer(Availability.AWAY, AwayReason.BREAK)


@pytest.fixture
def floor(database: Database) -> Floor:
    return Floor(database)


async def test_a_call_rings_at_the_agent_who_is_ready_and_is_written_up_in_the_end(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    assert (await floor.seat(me)).contact is Contact.OFFERED
    assert (await floor.picks_up(me)).state is CallState.ANSWERED
    assert (await floor.ends(call.id)).end_reason == EndReason.CALLER_HUNG_UP
    assert (await floor.seat(me)).contact is Contact.WRAP_UP
    await floor.wraps_up(me)
    assert (await floor.seat(me)).may_be_rung
    (place,) = await floor.places()
    assert (place["state"], place["offered_to"]) == ("answered", me)
    strands = await floor.rows("select what from seat_moments where strand = 'contact' order by id")
    assert [row["what"] for row in strands] == ["none", "offered", "talking", "wrap_up", "none"]
    await floor.is_sound()


async def test_who_becomes_ready_gets_the_most_urgent_of_those_who_wait_and_the_reason_is_kept(
    floor: Floor,
):
    rest = await floor.waits(urgency=Urgency.REST)
    danger = await floor.waits(urgency=Urgency.DANGER)
    me = await floor.agent()
    await floor.ready(me)
    assert (await floor.seat(me)).call_id == danger.id
    reasons = {p["call_id"]: p["pick"] for p in await floor.places()}
    assert '"overtook": 1' in reasons[danger.id]
    assert reasons[rest.id] is None


async def test_the_caller_is_told_how_many_are_before_him_and_about_how_long(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    await floor.waits()
    first = await floor.enters(await floor.rings())
    assert (first.ahead, first.estimate) == (1, timedelta(seconds=2 * RULES.handling_s))
    nobody = await floor.enters(await floor.rings(), group="expert")
    assert nobody.estimate is None


async def test_told_twice_it_is_one_place(floor: Floor):
    call = await floor.rings()
    assert (await floor.enters(call)).place_id == (await floor.enters(call)).place_id
    assert len(await floor.places()) == 1


async def test_what_is_not_taken_goes_to_another_and_who_missed_it_is_away(floor: Floor):
    me, other = await floor.agent(), await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    (place,) = await floor.places()
    await floor.ready(other)
    await floor.timer(UNANSWERED, place["id"], offers=1)
    missed = await floor.seat(me)
    assert (missed.offer.reason, missed.contact) == (AwayReason.MISSED, Contact.NONE)
    assert (await floor.seat(other)).contact is Contact.OFFERED
    await floor.timer(UNANSWERED, place["id"], offers=1)
    assert (await floor.seat(other)).contact is Contact.OFFERED, "an old clock means nothing"
    assert isinstance(await floor.picks_up(me, call.id), PlaceNotYours)
    await floor.is_sound()


async def test_what_is_passed_on_goes_to_another(floor: Floor):
    me, other = await floor.agent(), await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    await floor.ready(other)
    seat = await floor.do(contacts.pass_on, "me", call.id, me, AwayReason.DESK_WORK, RULES)
    assert (seat.offer.reason, seat.contact) == (AwayReason.DESK_WORK, Contact.NONE)
    assert (await floor.seat(other)).call_id == call.id


async def test_a_place_keeps_its_turn_while_it_is_offered_in_vain(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    first = await floor.waits()
    second = await floor.waits()
    (place, _) = await floor.places()
    await floor.timer(UNANSWERED, place["id"], offers=1)
    await floor.ready(me)
    assert (await floor.seat(me)).call_id == first.id
    await floor.ends(first.id, EndReason.WENT_OUTSIDE)
    assert (await floor.seat(me)).call_id == second.id


async def test_a_silent_browser_is_out_of_the_queue_and_back_with_its_state(floor: Floor):
    me, resting = await floor.agent(), await floor.agent()
    await floor.ready(me)
    await floor.ready(resting, BREAK)
    call = await floor.waits()
    await floor.nobody_is_heard(me, resting)
    seat = await floor.seat(me)
    assert (seat.lost, seat.contact) == (True, Contact.NONE)
    (place,) = await floor.places()
    assert place["state"] == "waiting"
    for one in (me, resting):
        await floor.do(contacts.beat, f"staff:{one}", one, RULES)
    assert (await floor.seat(me)).call_id == call.id, "back, and ready as he was"
    assert (await floor.seat(resting)).offer == BREAK
    await floor.is_sound()


async def test_a_browser_killed_while_talking_ends_no_talk(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    await floor.picks_up(me)
    await floor.nobody_is_heard(me)
    assert (await floor.seat(me)).contact is Contact.TALKING
    await floor.ends(call.id)
    assert (await floor.seat(me)).contact is Contact.WRAP_UP
    await floor.waits()
    await floor.wraps_up(me)
    assert (await floor.seat(me)).contact is Contact.NONE, "he is not there"
    await floor.is_sound()


async def test_a_wish_to_go_home_is_kept_until_the_call_is_written_up(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    await floor.picks_up(me)
    await floor.ready(me, SIGNED_OUT)
    await floor.waits()
    await floor.ends(call.id)
    await floor.wraps_up(me)
    seat = await floor.seat(me)
    assert (seat.offer, seat.contact) == (SIGNED_OUT, Contact.NONE)


async def test_who_hangs_up_in_the_queue_is_called_back_in_his_place(floor: Floor):
    early = await floor.waits(caller="+8613800138000")
    await floor.waits()
    await floor.ends(early.id, EndReason.ABANDONED)
    me = await floor.agent()
    await floor.ready(me)
    dialled = await floor.do(contacts.calls.get, (await floor.seat(me)).call_id)
    assert (dialled.direction, dialled.caller) == ("outbound", "+8613800138000")
    assert (await floor.picks_up(me)).state is CallState.RINGING, "it is dialled now"
    connected = await floor.do(contacts.connected, "carrier", dialled.id)
    assert (connected.state, connected.answered_by) == (CallState.ANSWERED, me)
    states = [(p["kind"], p["state"]) for p in await floor.places()]
    assert states == [("call", "abandoned"), ("call", "waiting"), ("call_back", "answered")]
    await floor.is_sound()


async def test_who_asks_to_be_called_back_and_rings_again_has_his_old_place(floor: Floor):
    number = "+8613800138000"
    first = await floor.waits(caller=number)
    await floor.do(contacts.ask_call_back, "carrier", first.id, RULES)
    await floor.waits()
    again = await floor.waits(caller=number)
    me = await floor.agent()
    await floor.ready(me)
    assert (await floor.seat(me)).call_id == again.id
    states = [(p["kind"], p["state"]) for p in await floor.places()]
    assert ("call_back", "claimed") in states
    assert ("call_back", "abandoned") not in states


async def test_a_call_back_that_is_being_dialled_is_not_dialled_a_second_time(floor: Floor):
    number = "+8613800138000"
    await floor.ends((await floor.waits(caller=number)).id, EndReason.ABANDONED)
    me = await floor.agent()
    await floor.ready(me)
    await floor.picks_up(me)
    again = await floor.waits(caller=number)
    await floor.ends(again.id, EndReason.ABANDONED)
    open_ones = [p for p in await floor.places() if p["left_at"] is None]
    assert [p["kind"] for p in open_ones] == ["call_back"]
    other = await floor.agent()
    await floor.ready(other)
    assert (await floor.seat(other)).contact is Contact.NONE


async def test_a_call_back_nobody_takes_is_tried_again_and_given_up_in_the_end(floor: Floor):
    await floor.ends((await floor.waits()).id, EndReason.ABANDONED)
    me = await floor.agent()
    await floor.ready(me)
    for _ in range(RULES.call_back_attempts):
        assert (await floor.seat(me)).contact is Contact.OFFERED
        dialled = await floor.picks_up(me)
        await floor.ends(dialled.id, EndReason.NO_ANSWER)
    assert (await floor.seat(me)).may_be_rung, "nothing to write up"
    assert (await floor.places())[-1]["state"] == "given_up"
    await floor.is_sound()


async def test_who_is_cut_off_in_the_middle_of_a_talk_is_called_back(floor: Floor):
    me = await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    await floor.picks_up(me)
    await floor.ends(call.id, EndReason.LINE_LOST)
    back = (await floor.places())[-1]
    assert (back["kind"], back["why"], back["state"]) == ("call_back", "line_lost", "waiting")


async def test_a_place_opens_to_the_experts_by_its_timer(floor: Floor, owner: object):
    expert = await floor.agent("expert")
    await floor.ready(expert)
    call = await floor.waits()
    assert (await floor.seat(expert)).contact is Contact.NONE
    (place,) = await floor.places()
    timers = await floor.rows("select entrypoint from pgqueuer where entrypoint = $1", LOOK_AGAIN)
    assert len(timers) == 1
    await owner.execute(  # type: ignore[attr-defined]
        "update queue_entries set entered_at = entered_at - interval '31 seconds'"
    )
    await floor.timer(LOOK_AGAIN, place["id"])
    assert (await floor.seat(expert)).call_id == call.id
    assert '"opened": ["group"]' in (await floor.places())[0]["pick"]


async def test_nobody_but_the_one_it_rings_at_takes_it_and_only_once(floor: Floor):
    me, other = await floor.agent(), await floor.agent()
    await floor.ready(me)
    call = await floor.waits()
    assert isinstance(await floor.picks_up(other, call.id), PlaceNotYours)
    await floor.picks_up(me)
    assert isinstance(await floor.picks_up(me, call.id), CallMoveRefused)


async def test_english_waits_for_who_speaks_it(floor: Floor):
    plain = await floor.agent()
    speaks = await floor.agent(
        profile=Profile(frozenset({"rescue"}), frozenset({"zh", "en"}), frozenset())
    )
    await floor.ready(plain)
    call = await floor.waits(language="en")
    assert (await floor.seat(plain)).contact is Contact.NONE
    await floor.ready(speaks)
    assert (await floor.seat(speaks)).call_id == call.id


async def test_who_takes_no_calls_has_no_seat(floor: Floor):
    admin = await floor.agent("admin")
    with pytest.raises(NoCallsForRole):
        await floor.ready(admin)
