"""A caller on a real Asterisk walks the menu, waits, and speaks with the agent whose turn it is."""

from callcenter.calls.agents.model import AwayReason, Contact
from tests.service import eventually
from tests.telephony.desks import NUMBER, Desks
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up


async def test_from_the_menu_to_the_agent_and_written_up(desks: Desks, exchange: Exchange):
    me, phone = await desks.agent("101")
    caller = await desks.rings_for_a_rescue()
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert (await desks.floor.seat(me)).contact is Contact.TALKING
    caller.hang_up()
    await agent.until("over")

    async def is_over() -> bool:
        return (await desks.call())["state"] == "ended"

    await eventually(is_over)
    call = await desks.call()
    assert (call["end_reason"], call["answered_by"]) == ("caller_hung_up", me)
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP
    (place,) = await desks.floor.places()
    assert (place["group_name"], place["urgency"], place["state"]) == (
        "rescue",
        "rescue",
        "answered",
    )


async def test_who_waits_hears_music_and_the_first_who_is_ready_is_rung(
    desks: Desks, exchange: Exchange
):
    caller = await desks.rings_for_a_rescue()

    async def waits() -> bool:
        return [p["state"] for p in await desks.floor.places()] == ["waiting"]

    await eventually(waits)
    await hearing({caller: {MUSIC}})
    _, phone = await desks.agent("101")
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    agent.hang_up()
    await caller.until("over")


async def test_what_one_presses_away_rings_at_another(desks: Desks, exchange: Exchange):
    me, mine = await desks.agent("101")
    await desks.rings_for_a_rescue()
    declined = await mine.next_call()
    _, other = await desks.agent("102")
    declined.refuse()
    await picked_up(other, AGENT_HZ)
    seat = await desks.floor.seat(me)
    assert (seat.contact, seat.offer.reason) == (Contact.NONE, AwayReason.MISSED)


async def test_who_hangs_up_while_it_rings_is_to_be_called_back(desks: Desks, exchange: Exchange):
    me, phone = await desks.agent("101")
    caller = await desks.rings_for_a_rescue()
    rung = await phone.next_call()
    caller.hang_up()
    await rung.until("over")

    async def kept() -> bool:
        return [p["kind"] for p in await desks.floor.places()] == ["call", "call_back"]

    await eventually(kept)
    (call, back) = await desks.floor.places()
    assert (call["state"], back["why"]) == ("abandoned", "dropped_out")
    # It is his turn at once, and the same agent's.
    assert (await desks.floor.seat(me)).contact is Contact.OFFERED
    await desks.floor.is_sound()


async def test_what_the_desk_ends_is_off_the_line(desks: Desks, exchange: Exchange):
    _, phone = await desks.agent("101")
    caller = await desks.rings_for_a_rescue()
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}})
    await desks.floor.ends((await desks.call())["id"])
    await caller.until("over")
    await agent.until("over")


async def test_who_hangs_up_in_the_menu_has_given_up(desks: Desks, exchange: Exchange):
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    caller.hang_up()

    async def is_over() -> bool:
        found = await desks.floor.rows("select end_reason from calls")
        return found == [{"end_reason": "abandoned"}]

    await eventually(is_over)
    assert await desks.floor.rows("select 1 from flow_positions") == []


async def test_keys_faster_than_any_prompt_are_all_understood(desks: Desks, exchange: Exchange):
    """English, then a rescue, before the first word is over."""
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    caller.press("93")
    await eventually(desks.floor.places)
    (place,) = await desks.floor.places()
    assert (place["group_name"], place["language"]) == ("rescue", "en")
