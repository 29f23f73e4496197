"""Every page that a person sees, in the light and in the dark: what axe-core finds, and whether it
must be pushed sideways. They are held against the routes: a new page without its place here fails.
"""

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, Route

from callcenter.outbound.surveys import ready_made, responses
from callcenter.portal.http import ROUTES
from callcenter.web.permission import Permission
from tests.console.conftest import DESK_AT_125_PERCENT, SOURCES, pale_words, wcag_faults
from tests.outbound.surveys.cast import published, says
from tests.portal.conftest import PASSWORD, Office, Person
from tests.portal.test_station_page import running_job, signed
from tests.service import open_rescue
from tests.stations.test_by_file_http import HEADINGS, ROWS, upload, xlsx

AGENT = [
    *("/desk", "/tickets", "/tickets/:id", "/rescues/new", "/rescues/:id", "/search", "/calls"),
    *("/messages", "/owners", "/owners/:id", "/handover", "/simulator"),
    *(
        "/audiences",
        "/outbound/due",
        "/outbound/texts",
        "/outbound/policies",
        "/surveys",
        "/surveys/:id",
        "/surveys/:id/responses/:response",
    ),
]
SUPERVISOR = [
    *("/board", "/hotline", "/prompts", "/stations/:station?", "/station-imports/:import?"),
    *("/outbound/campaigns", "/outbound/campaigns/:id", "/audiences/:audience"),
]
ADMIN = ["/staff", "/audit", "/call-flow", "/tiers"]
BESIDE = {"/inbox", "/station", "/docs"}
"""In the console's menu, but addresses of their own: see SERVED."""

SERVED = {
    *("/sign-in", "/password", "/inbox", "/work-orders/{ticket_id}", "/o/{token}", "/l/{token}"),
    *("/s/{token}", "/station", "/station/day", "/station/offers/{offer_id}"),
    "/station/shell/{language}",
    *("/survey/{token}", "/q/{token}", "/b/{token}", "/station/bookings"),
    "/u/{token}",
}
NO_PAGE = {"/", "/station/worker.js"}
"""They lead on, or are read by a program; addresses under /desk lead on, too."""


def addresses() -> set[str]:
    """Those of the console's views."""
    written = (SOURCES / "src" / "shell" / "views.ts").read_text()
    found = set(re.findall(r"(?:path|href): '(/[^']+)'", written))
    return found - {"/:rest(.*)*"}


def test_no_page_is_left_out():
    assert addresses() == {*AGENT, *SUPERVISOR, *ADMIN} | BESIDE
    served = {route.path for route in ROUTES if route.method == "GET"}
    assert {one for one in served if not one.startswith("/desk")} == SERVED | NO_PAGE


@dataclass
class Looks:
    """Gathers what is wrong, page by page, so that one run tells all of it."""

    wrong: list[str]

    async def at(self, person: Person, path: str, ready: str = "h1") -> None:
        """Opens the page and looks at it twice."""
        page = person.page
        await person.goes_to(path)
        await page.locator(ready).first.wait_for()
        await page.locator("[aria-busy=true]").first.wait_for(state="detached")
        await self.here(person, path)

    async def here(self, person: Person, name: str) -> None:
        """Looks at the page as it stands: everything in the light, what is too pale in the dark."""
        found = await wcag_faults(person.page)
        await is_dark(person.page, True)
        found += [f"dark: {one}" for one in await pale_words(person.page)]
        await is_dark(person.page, False)
        if await person.is_too_wide():
            found.append("must be pushed sideways")
        self.wrong += [f"{name}: {one}" for one in found]


async def is_dark(page: Page, dark: bool) -> None:
    """As the system has it, for the portal's pages; as its button does, for the console."""
    await page.emulate_media(color_scheme="dark" if dark else "light")
    await page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)


async def test_the_desk_s_pages(office: Office):
    home = await office.service.station("HOME", 2)
    client, ticket_id, _ = await running_job(office, home)
    other = await client.post("/api/v1/tickets", {"kind": "complaint", "caller_name": "陈先生"})
    owner = await client.post("/api/v1/owners", {"name": "王", "phones": ["13900139001"]})
    car = await client.post("/api/v1/vehicles", {"plate": "辽A12345", "model": "昀驰 S7"})
    await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": "13900139001"})
    sheet = await upload(client, xlsx(HEADINGS, ROWS))
    ids = {"/tickets/:id": other["id"], "/owners/:id": owner["id"], "/rescues/:id": ticket_id}
    ids |= {"/stations/:station?": home.station_id, "/station-imports/:import?": sheet["id"]}
    ids |= await _a_survey(office)
    outbound = await office.service.client([Permission.OUTBOUND_WRITE])
    draft = {"name": "回访", "kind": "complaint_call_back"}
    ids["/outbound/campaigns/:id"] = (await outbound.post("/api/v1/campaigns", draft))["id"]
    looks = Looks([])

    agent = await office.colleague("agent")
    supervisor = await office.colleague("supervisor", english=True)
    admin = await office.colleague("admin", english=True)
    for person, paths in ((agent, AGENT), (supervisor, SUPERVISOR), (admin, ADMIN)):
        await person.page.set_viewport_size(DESK_AT_125_PERCENT)
        for path in paths:
            where = ids.get(path, "") if path.startswith("/surveys/") else path
            where = re.sub(r":\w+\??$", str(ids.get(path, "")), where)
            await looks.at(person, f"/console{where}{'?q=王' if path == '/search' else ''}")
    for path in ("/stations/", "/station-imports/"):
        await looks.at(supervisor, f"/console{path}")
    await looks.at(agent, "/console/nowhere")
    await looks.at(agent, f"/work-orders/{ticket_id}")
    await looks.at(agent, "/password")
    await looks.at(supervisor, "/inbox")
    await looks.at(admin, "/docs")
    assert looks.wrong == []


async def test_the_desk_from_the_ring_to_the_ticket(office: Office):
    client = await office.service.agent()
    agent = await office.colleague("agent")
    page, looks = agent.page, Looks([])
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await looks.at(agent, "/console/desk")
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": "13900139001"})
    await page.locator("[data-test=work]").get_by_text("振铃").first.wait_for()
    await looks.here(agent, "rings")
    await page.keyboard.press("F2")
    await page.locator("[data-test=work]").get_by_text("通话中").first.wait_for()
    await looks.here(agent, "answered")
    await page.keyboard.press("?")
    await looks.here(agent, "keys")
    assert looks.wrong == []


async def test_pages_of_stations_and_owners(office: Office):
    service = office.service
    home = await service.station("HOME", 2)
    client, ticket_id, offer_id = await running_job(office, home)
    station = await office.colleague("station", station_id=home.station_id, phone=True)
    owner = await office.person(phone=True, english=True)
    looks = Looks([])
    # The day last: a page of a job loads itself anew when its stage changes.
    for path in ("/station", f"/station/offers/{offer_id}", "/station/day"):
        await looks.at(station, path)
    await owner.page.route("**/static/no_line.js", _never_looks_for_a_line)
    await looks.at(owner, "/station/shell/en")
    await looks.at(owner, await signed(service, "offer", offer_id))
    await looks.at(owner, await signed(service, "owner", ticket_id))
    for closed in await owner.page.locator("summary").all():
        await closed.click()
    await looks.here(owner, "an owner's page, unfolded")
    link = await client.post(f"/api/v1/tickets/{(await open_rescue(client))['id']}/location-links")
    await looks.at(owner, link["url"])
    await looks.at(owner, "/l/gone")
    await home.post(f"{await _dispatch(client, ticket_id)}/arrival")
    await looks.at(station, f"/station/offers/{offer_id}")
    await looks.at(station, "/station/day")
    await home.post(f"{await _dispatch(client, ticket_id)}/completion", {"outcome": "repaired"})
    await looks.at(owner, await signed(service, "owner", ticket_id))
    assert await owner.page.locator("[name=score]").count() == 5
    await looks.at(await _newcomer(office), "/password")
    await looks.at(owner, "/sign-in")
    assert looks.wrong == []


async def _a_survey(office: Office) -> dict[str, str]:
    """One that was begun: the addresses of its pages."""
    async with office.service.database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("charging"))
        found = await responses.open_response(tx, survey_id)
        await says(tx, found.id, "energy", choice="electric")
    return {
        "/surveys/:id": f"/surveys/{survey_id}",
        "/surveys/:id/responses/:response": f"/surveys/{survey_id}/responses/{found.id}",
    }


async def _never_looks_for_a_line(route: Route) -> None:
    await route.fulfill(content_type="text/javascript", body="")


async def _dispatch(client: Any, ticket_id: str) -> str:
    (held,) = (await client.get(f"/api/v1/rescues/{ticket_id}"))["dispatches"]
    return f"/api/v1/dispatches/{held['id']}"


async def _newcomer(office: Office) -> Person:
    """A colleague with a first password."""
    admin = await office.service.client([Permission.STAFF_ADMIN])
    made = await admin.post("/api/v1/staff", {"login": "wei", "name": "魏", "role": "agent"})
    await admin.put(f"/api/v1/staff/{made['id']}/password", {"password": PASSWORD})
    newcomer = await office.person(phone=True)
    await newcomer.signs_in("wei", "/")
    await newcomer.sees("这是初始密码")
    return newcomer
