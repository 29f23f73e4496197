"""Phone and page say yes in the same moment: one holds the rescue, the other is told so."""

import asyncio

from callcenter.errors import CallCenterError
from callcenter.routing.model import Offer
from tests.races.scene import rounds
from tests.telephony.duty_scene import DutyScene, hears
from tests.telephony.sip.call import SipCall

KEY_TAKES_S = 0.15
"""From the pressing to the yes, about."""


async def page_accepts(duty: DutyScene, offer: Offer, after_s: float) -> bool:
    await asyncio.sleep(after_s)
    try:
        await duty.scene.accepted(offer)
    except CallCenterError:
        return False
    return True


async def key_accepts(call: SipCall, after_s: float) -> None:
    await asyncio.sleep(after_s)
    call.press("1")


async def test_one_wins_and_both_orders_come_up(duty: DutyScene):
    await duty.station("A", 1)
    await duty.station("B", 2, duty_phone=None)
    await duty.serve()
    seen: set[bool] = set()
    expected: list[str] = []
    for number in rounds(4, seen):
        mine, other = await duty.scene.ask(await duty.scene.rescue(danger=True))
        call = await duty.picks_up()
        await hears(call, "opening")
        dice = duty.scene.dice
        by_page, _ = await asyncio.gather(
            page_accepts(duty, other, KEY_TAKES_S * 2 * dice.random()),
            key_accepts(call, KEY_TAKES_S * dice.random()),
        )
        await hears(call, "taken" if by_page else "accepted")
        await call.until("over")
        states = sorted([(await duty.state_of(mine))[0], (await duty.state_of(other))[0]])
        assert states == ["accepted", "withdrawn"], f"round {number}"
        dispatches = await duty.rows(
            "select offer_id from dispatches where ticket_id = $1", mine.ticket_id
        )
        assert dispatches == [{"offer_id": (other if by_page else mine).id}]
        seen.add(by_page)
        expected.append("accepted" if not by_page else "")
        await duty.scene.cancel(mine.ticket_id)
    assert seen == {True, False}
    outcomes = await duty.outcomes()
    assert [one == "accepted" for one in outcomes] == [bool(one) for one in expected]
    assert {*outcomes} <= {"accepted", "too_late", "offer_over"}
