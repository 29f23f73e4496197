"""Every page and every form, with links and sessions that are good: nothing sent is a fault."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
from hypothesis import given

from callcenter.app import all_routes
from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template as plan_of
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.ready_made import NAMES, ready_made
from callcenter.places.intake import Intake
from callcenter.settings import PlacesSettings
from callcenter.staff.model import Role
from callcenter.tickets.location_link import make_link
from callcenter.web import console, frame, installation
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Route
from tests.contract.browser import PASSWORD, browser
from tests.contract.forms import Known, Sent, requests_to
from tests.contract.fuzzing import FEW, WHILE_THE_SERVICE_RUNS, leaves, searching
from tests.contract.world import World, world_on
from tests.outbound.surveys.cast import published

pytestmark = pytest.mark.filterwarnings(WHILE_THE_SERVICE_RUNS)
PAGES = {
    f"{route.method} {route.path}": route
    for route in frame.all_routes(all_routes())
    if not route.is_api
    and route.path not in ("/healthz", "/readyz", "/metrics", "/sign-out")
    # Carriers sign what they send: tests/telephony/test_any_webhook.py.
    and not route.path.startswith("/carriers/")
}
HASHES = {"POST /sign-in", "POST /password"}
"""Each try costs a tenth of a second of computing, as it shall."""


KINDS = ("", "o", "s", "l", "survey", "q", "b", "u")
"""First pieces of the addresses whose link is a token; "" are those without."""


@dataclass
class Visited:
    """The world with a browser per role, and what fits into its pages."""

    world: World
    headers: dict[Role | None, dict[str, str]]
    known: dict[str, Known]


@pytest.fixture(autouse=True)
def built_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some console, whether or not the real one was built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "console.js").write_text("")
    (tmp_path / "index.html").write_text("")
    monkeypatch.setattr(console, "BUILT", tmp_path)


@pytest.fixture
def template(demo_template: str) -> str:
    return demo_template


@pytest.fixture
async def visited(database: Database, intake: Intake) -> AsyncIterator[Visited]:
    async with world_on(database, intake) as world, AsyncExitStack() as stack:
        known, station_id = await things(world)
        headers: dict[Role | None, dict[str, str]] = {None: {}}
        for role in (Role.SUPERVISOR, Role.STATION, Role.ADMIN, Role.EXPERT):
            session = await stack.enter_async_context(browser(world.service, role, station_id))
            jar = session.cookie_jar.filter_cookies(world.service.server.make_url("/"))
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
            headers[role] = {**session.headers, "Cookie": cookie}
        yield Visited(world, headers, known)


async def things(world: World) -> tuple[dict[str, Known], UUID]:
    """Rescues at each stage of their life with their links; the station that has their offers."""
    placed, asked = await world.place(), await world.asked()
    (first, *_) = await world.offers_of(asked)
    tickets = [(await world.rescue())["ticket_id"], placed["ticket_id"], asked["ticket_id"]]
    offers = [first["id"]]
    for steps in ((), ("departure",), ("departure", "arrival")):
        made = await world.dispatch(*steps)
        dispatch = await world.api.get(f"/api/v1/dispatches/{made['dispatch_id']}")
        offers.append(dispatch["offer_id"])
        tickets.append(dispatch["ticket_id"])
    tow = await world.api.post(f"/api/v1/dispatches/{dispatch['id']}/tow")
    links = await links_of(world, tickets, offers)
    # Of these no link is known: however the links are used, the station has something to answer.
    offers += [await open_offer_of(world, first["station_id"]) for _ in range(4)]
    fits = {
        "ticket_id": tickets,
        "other_id": ["", *tickets],
        "offer_id": offers,
        "place_id": [placed["place_id"]],
        "call_id": [(await world.call(answered=True))["call_id"] for _ in range(12)],
        "booking_id": await bookings_at(world, first["station_id"]),
        "import_id": [(await world.planned())["import_id"] for _ in range(3)],
        "alarm_id": [(await world.alarm())["alarm_id"] for _ in range(3)],
        "station_id": [str(world.last), first["station_id"]],
        "station": ["", first["station_id"]],
        "starts_at": [tomorrow_at_ten()],
        **{name: ["", "13800138000"] for name in ("caller", "phone", "caller_phone")},
        **{name: ["", "4"] for name in ("passengers", "weight_kg", "accuracy_m", "age_ms")},
        **{name: ["", "it rains"] for name in ("reason", "words", "summary", "caller_name")},
        "place": ["41.80, 123.43", "116.4,39.9"],
        "lat": ["41.8"],
        "lon": ["123.4"],
        "eta_minutes": ["20"],
        "destination_id": ["", tow["destination_id"]],
        "persons": ["2"],
        "name": ["console.js"],
        "endpoint": ["https://web.push.apple.com/1", "https://10.0.0.1/1"],
        "p256dh": ["A" * 87],
        "auth": ["A" * 22],
        "language": ["zh", "en"],
        "view": ["", "tickets", "tickets/1"],
        "height_limit_cm": ["", "200"],
        "brand": ["", "Yunchi"],
        "login": ["expert"],
        "question": ["overall", "energy"],
        "choice": ["electric", "plug_in"],
        "score": ["1", "5"],
        **{name: [PASSWORD] for name in ("password", "current", "new")},
    }
    known = {kind: fits | {"token": links.get(kind, [])} for kind in KINDS}
    return known, UUID(first["station_id"])


def tomorrow_at_ten() -> str:
    day = datetime.now(CHINA).date() + timedelta(days=1)
    return datetime.combine(day, time(10), CHINA).isoformat()


async def bookings_at(world: World, station_id: str) -> list[str]:
    """Cars that this workshop expects today."""
    async with world.service.database.transaction() as tx:
        rows = await tx.connection.fetch(
            "with cars as (insert into vehicles (id) select gen_random_uuid()"
            " from generate_series(1, 12) returning id)"
            " insert into service_bookings (id, station_id, vehicle_id, starts_at, wanted, source,"
            " booked_by) select gen_random_uuid(), $1, id, now() - interval '1 minute',"
            " 'maintenance', 'desk', 'x' from cars returning id",
            UUID(station_id),
        )
    return [str(row["id"]) for row in rows]


async def open_offer_of(world: World, station_id: str) -> str:
    """An offer that this station has to answer; another's where it was not asked."""
    offers = await world.offers_of(await world.asked())
    its = next((offer for offer in offers if offer["station_id"] == station_id), offers[0])
    return str(its["id"])


async def links_of(world: World, tickets: list[str], offers: list[str]) -> dict[str, list[str]]:
    installed = await world.service.database.run(installation.ensure)
    signed = SignedLinks(installed.link_key)
    many = PlacesSettings(link_max_submissions=10_000)
    async with world.service.database.transaction() as tx:
        located = [await make_link(tx, "test", UUID(ticket), many) for ticket in tickets]
    return {
        "o": [signed.make("owner", UUID(ticket)) for ticket in tickets],
        "s": [signed.make("offer", UUID(offer)) for offer in offers],
        "l": [link.token for link in located],
        **await survey_links(world, signed),
        "b": [signed.make("booking", await invited(world)) for _ in range(6)],
        "u": [signed.make("unsubscribe", await invited(world)) for _ in range(2)],
    }


async def invited(world: World) -> UUID:
    """A touch that has sent its owner a link, about a car of his."""
    run, campaign, owner, car, touch = (uuid4() for _ in range(5))
    async with world.service.database.transaction() as tx:
        for statement, *values in (
            ("insert into owners (id, name) values ($1, '王')", owner),
            ("insert into owner_reach (owner_id) values ($1)", owner),
            ("insert into vehicles (id) values ($1)", car),
            ("insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)", owner, car),
            (
                "insert into campaigns (id, name, kind, purpose, policy, plan, state, priority,"
                " made_by)"
                " values ($1, 'x', 'maintenance', 'contract', 'cn', $2, 'running', 1, 'x')",
                campaign,
                plan_of(CampaignKind.MAINTENANCE).plan.model_dump_json(),
            ),
            (
                "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)"
                " select $1, id, 1, plan, 'cn', 'x' from campaigns where id = $2",
                run,
                campaign,
            ),
            (
                "insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, step, channel,"
                " purpose, priority, bucket, state, due_at, expires_at) values ($1, $2, $3, $4, $5,"
                " 0, 'text', 'contract', 1, 0, 'sent', now(), now())",
                *(touch, run, campaign, owner, car),
            ),
        ):
            await tx.connection.execute(statement, *values)
    return touch


async def survey_links(world: World, signed: SignedLinks) -> dict[str, list[str]]:
    """Of surveys that take answers, and of responses at their first question."""
    async with world.service.database.transaction() as tx:
        surveys = [await published(tx, ready_made(name)) for name in NAMES]
        begun = [await responses.open_response(tx, one) for one in surveys for _ in range(3)]
    return {
        "survey": [signed.make("survey", one) for one in surveys],
        "q": [signed.make("response", one.id) for one in begun],
    }


def reader_of(route: Route) -> Role | None:
    """Whose page it is."""
    if route.permission is Permission.PUBLIC:
        return None
    if route.permission in (Permission.DISPATCH_ANSWER, Permission.STATION_OWN):
        return Role.STATION
    # Whose password is changed is not the one who signs in with his.
    return Role.ADMIN if route.path == "/password" else Role.SUPERVISOR


def sends(line: requests.Session, method: str, address: str, sent: Sent) -> requests.Response:
    how: dict[str, object] = {"data": sent.fields}
    headers = {**sent.headers, "Idempotency-Key": str(uuid4())}
    if sent.raw:
        headers["Content-Type"], how = sent.raw[0], {"data": sent.raw[1]}
    elif sent.upload is not None:
        name, data = sent.upload
        how["files"] = {name: ("站.png", data, "image/png")}
    return line.request(
        method,
        address + sent.path,
        params=sent.query,
        headers=headers,
        allow_redirects=False,
        timeout=60,
        **(how if method == "POST" else {}),
    )


def fuzz(visited: Visited, name: str, many: int) -> set[int]:
    """So many requests to one page; the statuses they were answered with."""
    route, statuses = PAGES[name], set()
    address = str(visited.world.service.server.make_url("")).rstrip("/")
    kind = route.path.split("/")[1] if "{token}" in route.path else ""

    @given(sent=requests_to(route, visited.known[kind]))
    @searching(many)
    def no_fault(sent: Sent) -> None:
        answer = sends(line, route.method, address, sent)
        assert answer.status_code < 500, (sent, answer.text[:500])
        statuses.add(answer.status_code)

    with requests.Session() as line:
        line.headers.update(visited.headers[reader_of(route)])
        no_fault()
    return statuses


@pytest.mark.parametrize("part", range(2))
async def test_nothing_that_is_sent_to_a_page_is_a_fault(visited: Visited, part: int):
    faults, never_well = {}, []
    for name in sorted(PAGES)[part::2]:
        try:
            statuses = await asyncio.to_thread(fuzz, visited, name, 12 if name in HASHES else FEW)
        except (Exception, BaseExceptionGroup) as fault:
            faults[name] = leaves(fault)
            continue
        if not statuses & {200, 303}:
            never_well.append((name, statuses))
    assert faults == {}
    assert never_well == []


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", sorted(PAGES))
async def test_nothing_that_is_sent_to_a_page_is_a_fault_searched_anew(visited: Visited, name: str):
    await asyncio.to_thread(fuzz, visited, name, 500)
