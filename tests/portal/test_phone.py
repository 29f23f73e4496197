"""The station's phone as a phone: told by push, open without a line, and new by itself."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Error, expect

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.portal import station_phone
from callcenter.settings import PushSettings, RoutingSettings
from callcenter.stations.push.key import PushKey, ensure_key
from tests.console.conftest import AXE, grave_faults
from tests.portal.conftest import Office, Person
from tests.push_service import Phone, PushService, push_service
from tests.service import Service, confirm_place, eventually, open_rescue, running

# A browser of the tests reaches no push service: what it would be given is put in its place.
SUBSCRIBES = """([endpoint, p256dh, auth]) => {
  const it = { toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => { window.subscribed = null; return true; } };
  PushManager.prototype.subscribe = async (how) => {
    window.key = btoa(String.fromCharCode(...how.applicationServerKey));
    return (window.subscribed = it);
  };
  PushManager.prototype.getSubscription = async () => window.subscribed ?? null;
}"""
SHOWN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.map(({ title, body, data: { path }, tag }) => ({ title, body, path, tag })))"""
TAPPED = """async () => {
  const opened = [];
  clients.openWindow = async (path) => { opened.push(path); };
  const [notification] = await registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  const ended = new Promise((done) => { event.waitUntil = done; });
  dispatchEvent(event);
  await (await ended);
  return [opened, (await registration.getNotifications()).length];
}"""


AN_OLD_SHELL = """async () => {
  const [name] = await caches.keys();
  const kept = await caches.open(name);
  const shell = await (await kept.match("/station/shell/zh")).text();
  const old = shell.replace(/data-now="\\d+"/, 'data-now="0"');
  const headers = { "Content-Type": "text/html" };
  await kept.put("/station/shell/zh", new Response(old, { headers }));
}"""


@pytest.fixture
async def pushes() -> AsyncIterator[PushService]:
    async with push_service() as it:
        yield it


@pytest.fixture
async def service(
    database: Database, intake: Intake, routing: RoutingSettings, tmp_path: Path
) -> AsyncIterator[Service]:
    ensure_key(tmp_path)
    push = PushSettings(allow_loopback=True)
    async with running(database, intake, routing=routing, data_dir=tmp_path, push=push) as it:
        yield it


async def delivers(person: Person, words: Any) -> None:
    """What the browser's own push service would do."""
    devtools = await person.context.new_cdp_session(person.page)
    registrations: list[Any] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(told["registrations"]),
    )
    await devtools.send("ServiceWorker.enable")

    async def known() -> bool:
        return bool(registrations)

    await eventually(known)
    origin = str(person.service.server.make_url("")).rstrip("/")
    await devtools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": origin,
            "registrationId": registrations[0]["registrationId"],
            "data": json.dumps(words),
        },
    )


async def test_a_phone_is_told_by_push_and_opens_without_a_line(
    desktop_office: Office,
    desktop_browser: Browser,
    pushes: PushService,
    monkeypatch: pytest.MonkeyPatch,
):
    office, phone = desktop_office, Phone()
    station_id = await office.station()
    person = await office.colleague(
        "station", station_id=station_id, phone=True, permissions=["notifications"]
    )
    browser_gives = [f"{pushes.origin}/phone", phone.p256dh, phone.auth]
    await person.page.add_init_script(f"({SUBSCRIBES})({json.dumps(browser_gives)})")
    await person.goes_to("/station")
    await expect(person.page.get_by_role("button", name="推送")).to_be_hidden()
    await person.page.get_by_role("button", name="开始值班").click()
    await person.page.get_by_role("button", name="关闭本页也要提醒").click()
    await person.sees("推送已开启")

    # Told, by what its own keys open; the tap leads to the offer.
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    await eventually(lambda: _said(pushes))
    push = pushes.taken[0]
    key = PushKey.load(office.service.settings.data_dir).public
    push.claims(key, audience=pushes.origin)
    told = phone.read(push.body)
    await delivers(person, told)

    async def notified() -> Any:
        return await person.page.evaluate(SHOWN)

    assert await eventually(notified) == [told]
    (worker,) = person.context.service_workers
    assert await worker.evaluate(TAPPED) == [[told["path"]], 0]

    # Without a line: what is pressed is kept, and a page that is opened says so and no more.
    await person.page.locator(".job.urgent").click()
    await person.presses("接单")
    await person.sees("约30分钟后")
    await person.page.evaluate("navigator.serviceWorker.ready")
    await person.context.set_offline(True)
    await person.page.get_by_role("button", name="已出发", exact=True).click()
    await expect(person.page.locator("#outbox")).to_contain_text("等待发送")
    await person.page.reload()
    await person.sees("没有网络")
    await expect(person.page.locator("#outbox")).to_contain_text("已出发")
    assert ticket["number"] not in await person.page.inner_text("body")
    assert not await person.is_too_wide()

    # However old the shell is, the job goes on by what this phone knew: its stage, and nothing of
    # anybody.
    await person.page.evaluate(AN_OLD_SHELL)
    await person.page.reload()
    await expect(person.page.get_by_role("button", name="已出发", exact=True)).to_be_hidden()
    await expect(person.page.locator("#steps")).to_contain_text("按这部手机最后看到的阶段继续")
    await person.page.get_by_role("button", name="已到达", exact=True).click()
    await expect(person.page.locator("#outbox")).to_contain_text("已到达")
    await person.page.reload()
    await expect(person.page.get_by_role("button", name="完成", exact=True)).to_be_visible()
    await expect(person.page.get_by_role("button", name="已到达", exact=True)).to_be_hidden()
    assert await person.page.locator("canvas.signature").is_visible()
    assert not await person.is_too_wide()
    if AXE.exists():
        assert await grave_faults(person.page) == []
    unhelped = await desktop_browser.new_context(offline=True, service_workers="block")
    with pytest.raises(Error):
        await (await unhelped.new_page()).goto(person.page.url)
    await unhelped.close()
    await person.context.set_offline(False)
    await person.page.locator("#steps[data-stage=arrived]").wait_for()
    await expect(person.page.locator("#head .stage")).to_contain_text("已到达")
    await expect(person.page.locator("#outbox")).to_be_hidden()
    assert await _told_in_order(office)
    person.complaints.clear()

    # A new version takes the place of the old one by itself.
    monkeypatch.setattr(station_phone, "version", lambda: "brand-new")
    await person.goes_to("/station")

    async def kept() -> bool:
        names: list[str] = await person.page.evaluate("caches.keys()")
        return names == ["station-brand-new"]

    await eventually(kept)

    # Duty ends, and with it the push.
    await person.page.evaluate(f"({SUBSCRIBES})({json.dumps(browser_gives)})")
    await person.page.evaluate("PushManager.prototype.subscribe({ applicationServerKey: [] })")
    await person.page.get_by_role("button", name="恢复铃声").click()
    await person.sees("推送已开启")
    await person.page.get_by_role("button", name="结束值班").click()

    async def nobody() -> bool:
        async with office.service.database.reading() as tx:
            return not await tx.connection.fetchval("select count(*) from push_devices")

    await eventually(nobody)


async def _told_in_order(office: Office) -> bool:
    """The arrival was told with the moment of its press, not with that of the shell."""
    async with office.service.database.reading() as tx:
        row = await tx.connection.fetchrow("select departed_at, arrived_at from dispatches")
    return bool(row["departed_at"] < row["arrived_at"])


async def test_the_station_s_pages_go_onto_the_home_screen(office: Office):
    station_id = await office.station()
    person = await office.colleague("station", station_id=station_id, phone=True)
    devtools = await person.context.new_cdp_session(person.page)
    for path in ("/station", "/station/day"):
        await person.goes_to(path)
        found = await devtools.send("Page.getAppManifest")
        manifest = json.loads(found["data"])
        assert (manifest["name"], manifest["start_url"]) == ("客户关怀中心 · 服务站", "/station")
        assert found["errors"] == []
        assert (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"] == []
    for icon in manifest["icons"]:
        answer = await person.context.request.get(str(office.service.server.make_url(icon["src"])))
        assert answer.headers["content-type"] == icon["type"]
    await person.goes_to("/password")
    assert (await devtools.send("Page.getAppManifest")).get("data", "") == "", "and nothing else"


async def _said(pushes: PushService) -> bool:
    return bool(pushes.taken)
