"""An offer that nobody opens rings the station's duty phone, which answers it by key."""

import asyncio

import pytest

from callcenter.calls.agents.model import Contact
from callcenter.db.transaction import Tx
from callcenter.routing import answers
from callcenter.routing.model import DeclineReason
from callcenter.stations.model import Station
from callcenter.telephony.duty import telling
from callcenter.telephony.duty.means import Means
from callcenter.telephony.prompts.voice import Voice
from tests.calls.floor import Floor
from tests.service import eventually
from tests.telephony.duty_scene import PHONE, TONES, DutyScene, hears
from tests.telephony.failing import fails_once
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, hearing, picked_up
from tests.telephony.sip.sound import tone


async def test_it_rings_says_what_and_where_and_one_key_accepts(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening", "at_page", "menu")
    call.press("1")
    await hears(call, "accepted", "bye")
    await call.until("over")
    await duty.until_outcomes("accepted")
    assert await duty.state_of(offer) == ("accepted", None, f"phone:offer:{offer.id}")
    (dispatch,) = await duty.rows("select * from dispatches")
    assert dispatch["by_phone"]
    await duty.scene.react()
    (link,) = await duty.rows("select body from messages where purpose = 'station_by_phone'")
    assert "/s/" in link["body"]


async def test_two_and_a_reason_decline_and_the_next_station_is_asked(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    other = await duty.station("B", 2, duty_phone=None)
    call = await duty.picks_up()
    call.press("2")
    await hears(call, "reasons")
    call.press("2")
    await hears(call, "declined")
    await call.until("over")
    await duty.until_outcomes("declined")
    assert (await duty.state_of(offer))[:2] == ("declined", DeclineReason.TOO_FAR.value)
    (following,) = await duty.scene.offers(offer.ticket_id)
    assert following.station_id == other.id


async def test_what_the_page_has_shown_does_not_ring(duty: DutyScene):
    """The control is the other offer: opened by nobody, it rings."""
    seen_at = await duty.station("A", 1, duty_phone="+8613900000009")
    await duty.serve()
    seen = await duty.offer()
    assert seen.station_id == seen_at.id
    await duty.opens(seen)
    await duty.station("B", -1)
    await duty.offer(km_north=-1)
    call = await duty.picks_up()
    assert call.invitation is not None
    await asyncio.sleep(1.5)
    assert len(duty.carrier.calls) == 1
    assert "13900000001" in call.invitation.first


async def test_what_the_page_accepts_meanwhile_is_told(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening")
    await duty.scene.accepted(offer)
    await hears(call, "answered")
    await call.until("over")
    await duty.until_outcomes("offer_over")


async def test_another_station_is_quicker_while_it_is_told(duty: DutyScene):
    await duty.station("A", 1)
    await duty.station("B", 2, duty_phone=None)
    await duty.serve()
    ticket = await duty.scene.rescue(danger=True)
    mine, other = await duty.scene.ask(ticket)
    call = await duty.picks_up()
    await hears(call, "opening")
    await duty.scene.accepted(other)
    await hears(call, "taken")
    await call.until("over")
    assert (await duty.state_of(mine))[0] == "withdrawn"
    await duty.until_outcomes("offer_over")


async def test_what_ends_while_it_rings_hangs_up(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.carrier.next_call()
    await duty.scene.do(answers.decline_offer, "link", offer.id, DeclineReason.OTHER, duty.settings)
    await call.until("over")
    await duty.until_outcomes("offer_over")


async def test_whoever_or_whatever_presses_no_key_accepts_nothing(
    duty: DutyScene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(telling, "KEY_S", 1.0)
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening", "menu", "opening", "menu", "opening", "menu", "no_key")
    await call.until("over")
    await duty.until_outcomes("no_key")
    assert (await duty.state_of(offer))[0] == "offered"
    await asyncio.sleep(4)
    assert len(duty.carrier.calls) == 1


async def test_other_keys_choose_nothing_and_nine_says_it_again(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening")
    call.press("7")
    await hears(call, "wrong", "menu")
    call.press("9")
    await hears(call, "opening")
    call.press("2")
    await hears(call, "reasons")
    call.press("9")
    await hears(call, "at_page", "menu")
    assert (await duty.state_of(offer))[0] == "offered"
    call.hang_up()
    await duty.until_outcomes("hung_up")
    assert (await duty.state_of(offer))[0] == "offered"


async def test_who_hangs_up_at_the_reasons_has_declined(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    call.press("2")
    await hears(call, "reasons")
    call.hang_up()
    await duty.until_outcomes("declined")
    assert (await duty.state_of(offer))[:2] == ("declined", "other")


async def test_two_offers_for_one_phone_are_told_in_one_call(duty: DutyScene):
    await duty.station()
    await duty.serve()
    first, second = await duty.offer(), await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening", "menu")
    call.press("1")
    await hears(call, "accepted", "next", "opening", "menu")
    call.press("2")
    await hears(call, "reasons")
    call.press("1")
    await hears(call, "declined", "bye")
    await call.until("over")
    await duty.until_outcomes("accepted", "declined")
    assert len(duty.carrier.calls) == 1
    assert (await duty.state_of(first))[0] == "accepted"
    assert (await duty.state_of(second))[:2] == ("declined", "trucks_busy")


async def test_a_busy_phone_is_rung_once_more_and_no_more(duty: DutyScene):
    await duty.station()
    await duty.serve()
    offer = await duty.offer()
    for _ in range(2):
        (await duty.carrier.next_call()).refuse(486)
    await duty.until_outcomes("busy", "busy")
    await asyncio.sleep(4)
    assert len(duty.carrier.calls) == 2
    assert (await duty.state_of(offer))[0] == "offered"


async def test_without_a_free_truck_it_cannot_be_accepted(duty: DutyScene):
    station = await duty.station(trucks=[["flatbed"]])
    await duty.serve()
    offer = await duty.offer()
    call = await duty.picks_up()
    await duty.scene.do(_out_of_service, station)
    call.press("1")
    await hears(call, "no_truck", "menu")
    call.press("2")
    await hears(call, "reasons")
    call.press("1")
    await duty.until_outcomes("declined")
    assert (await duty.state_of(offer))[:2] == ("declined", "trucks_busy")


async def _out_of_service(tx: Tx, station: Station) -> None:
    await tx.connection.execute(
        "update trucks set in_service = false where station_id = $1", station.id
    )


async def test_three_leads_to_an_agent_who_has_the_rescue_before_him(duty: DutyScene):
    await duty.station()
    await duty.serve()
    floor = Floor(duty.scene.database, duty.queue)
    agent = await floor.agent()
    duty.at_desk.extensions[agent] = "101"
    desk = await duty.exchange.desk("101")
    await floor.ready(agent)
    offer = await duty.offer(danger=True)
    call = await duty.picks_up()
    await hears(call, "opening")
    call.press("3")
    await hears(call, "desk")
    call.say(tone(CALLER_HZ))
    spoken_with = await picked_up(desk, AGENT_HZ)
    await hearing({call: {AGENT_HZ}, spoken_with: {CALLER_HZ}})
    (row,) = await duty.rows("select * from calls")
    assert (row["ticket_id"], row["caller"]) == (offer.ticket_id, PHONE)
    (place,) = await floor.places()
    assert (place["group_name"], place["urgency"]) == ("desk", "danger")
    spoken_with.hang_up()
    await call.until("over")
    await duty.until_outcomes("desk")
    assert (await duty.state_of(offer))[0] == "offered"


async def test_an_agent_whose_talk_with_a_station_breaks_writes_up(
    duty: DutyScene, monkeypatch: pytest.MonkeyPatch
):
    """The switch does not answer in time when the two are connected."""
    await duty.station()
    await duty.serve()
    floor = Floor(duty.scene.database, duty.queue)
    agent = await floor.agent()
    duty.at_desk.extensions[agent] = "101"
    desk = await duty.exchange.desk("101")
    await floor.ready(agent)
    await duty.offer()
    call = await duty.picks_up()
    await hears(call, "opening")
    fails_once(monkeypatch, "/bridges/", type="mixing")
    call.press("3")
    await (await picked_up(desk, AGENT_HZ)).until("over")

    async def how_it_ended() -> str | None:
        (row,) = await duty.rows("select end_reason from calls")
        return row["end_reason"]

    assert await eventually(how_it_ended, within_s=8.0) == "line_lost"
    assert (await floor.seat(agent)).contact is Contact.WRAP_UP


async def test_without_a_voice_nobody_is_rung_and_it_is_written(duty: DutyScene):
    await duty.station()
    await duty.serve(Voice(None))
    await duty.offer()
    await duty.until_outcomes("no_voice")
    assert duty.carrier.calls == {}


async def test_the_machines_own_voice_is_heard(duty: DutyScene):
    voice = Voice.of_this_machine()
    if voice.program is None:
        pytest.skip("no espeak-ng: nothing is spoken here")
    await duty.station()
    await duty.serve(voice)
    await duty.offer()
    call = await duty.picks_up()
    heard = await call.hear(4)
    assert not heard.is_silent
    assert heard.tones(*TONES.values()) != set(TONES.values())


async def test_what_cannot_be_prepared_is_given_up(
    duty: DutyScene, monkeypatch: pytest.MonkeyPatch
):
    async def fails(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(Means, "prepare", fails)
    await duty.station()
    await duty.serve()
    await duty.offer()
    await duty.until_outcomes("lost", "lost")
    assert duty.carrier.calls == {}
