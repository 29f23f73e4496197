"""A plan whose text speaks of a survey: its fault leads to where it is chosen, in each language."""

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from callcenter.web.permission import Permission
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console
from tests.outbound.campaigns.asking import ASKED, close_survey, open_survey
from tests.outbound.surveys.cast import published
from tests.portal.conftest import Office

WORDS = {
    "zh": ("用真实车主试一试", "提到问卷"),
    "en": ("Try on real people", "speak of a survey"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_fault_leads_to_the_survey_of_the_step(office: Office, language: str):
    database = office.service.database
    await database.run(lambda tx: published(tx, ASKED, "救援回访问卷"))
    shut = await open_survey(database)
    await close_survey(database, shut)
    supervisor = await at_the_console(office, "supervisor", "outbound/campaigns")
    page = supervisor.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    planner = await office.service.client([Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE])
    body = {"name": "救援回访", "kind": "rescue_follow_up"}
    draft = await planner.post("/api/v1/campaigns", body)
    await supervisor.goes_to(f"/console/outbound/campaigns/{draft['id']}")
    if language == "en":
        await page.get_by_role("button", name="English").click()
    title, missing = WORDS[language]
    trial = page.get_by_role("region", name=title)
    fault = trial.get_by_role("button").filter(has_text=missing)
    await expect(fault).to_have_count(1)
    await fault.click()
    chosen = page.locator("[data-field=survey_id]")
    await expect(chosen).to_be_focused()
    # What takes no answers is not offered.
    await expect(chosen.locator("option")).to_have_count(2)
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"survey-{language}.png", full_page=True)
    await chosen.select_option(label="救援回访问卷")
    await expect(fault).to_have_count(0)
