"""The work order on paper: who goes where with what, a code to scan, one sheet of A4."""

from playwright.async_api import expect

from tests.portal.conftest import Office
from tests.service import confirm_place, open_rescue


async def test_the_sheet_of_a_rescue_fits_on_one_page(office: Office):
    await office.station()
    client = await office.service.agent()
    ticket = await open_rescue(client, summary="左前轮 " * 30)
    agent = await office.colleague("agent")
    page = agent.page
    await agent.goes_to(f"/work-orders/{ticket['id']}")
    await agent.sees("位置尚未确认")
    await confirm_place(client, ticket["id"])
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(ticket["number"])
    await agent.sees("41.80570, 123.43150 (WGS-84)")
    await expect(page.locator("figure svg path")).to_have_count(1)
    # The code is drawn whole, with its quiet border: a cut one cannot be read.
    drawn = await page.evaluate(
        "(() => { const svg = document.querySelector('figure svg');"
        " const dark = svg.getBBox(), all = svg.viewBox.baseVal;"
        " return [dark.x, all.width - dark.x - dark.width, svg.getBoundingClientRect().width]; })()"
    )
    assert (min(drawn[:2]) >= 4, drawn[2] > 100) == (True, True), drawn
    # An agent's sheet has no whole number on it.
    assert "13800138000" not in await page.inner_text("main")
    for link in ("English", "中文"):
        sheet = await page.pdf(prefer_css_page_size=True)
        assert sheet.count(b"/Type /Page\n") == 1
        await page.get_by_role("link", name=link).click()
        await page.wait_for_load_state()
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button", name="打印")).to_be_hidden()
