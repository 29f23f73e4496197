"""A refusal on a page speaks words, not codes."""

from tests.portal.conftest import Office
from tests.portal.test_stories import link_in_inbox, opens_rescue, sets_place


async def test_an_offer_that_is_over_says_so_in_words(office: Office):
    agent = await office.colleague("agent")
    await office.station()
    await opens_rescue(agent)
    await sets_place(agent)
    link = await link_in_inbox(office, "s")
    first, second = await office.person(phone=True), await office.person(phone=True)
    await first.goes_to(link)
    await second.goes_to(link)
    await first.page.select_option("[name=reason]", "trucks_busy")
    await first.presses("拒单")
    await second.page.select_option("[name=reason]", "too_far")
    await second.presses("拒单")
    await second.sees("这张派单已结束(已拒单)")
