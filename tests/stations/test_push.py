"""An offer reaches the phones on duty by web push: sealed for each, signed, and for no longer than
the offer lives."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from callcenter.composition import all_work
from callcenter.db.database import Database
from callcenter.db.jobs import run_job
from callcenter.places.intake import Intake
from callcenter.routing.push_offer import PUSH_OFFER
from callcenter.settings import PushSettings
from callcenter.staff.model import Role
from callcenter.stations.push import devices
from callcenter.stations.push.endpoint import may_be_asked
from callcenter.stations.push.key import FILE, PushKey, ensure_key
from callcenter.stations.push.sending import Outcome, PushSender
from callcenter.web.links import SignedLinks
from tests.contract.browser import browser
from tests.push_service import Phone, PushService, push_service
from tests.service import (
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
    running,
)


@dataclass
class Duty:
    """A service with a station, whose technician is signed in; and where its phone is pushed to."""

    service: Service
    pushes: PushService
    home: Client
    technician: Any
    key: PushKey

    async def asks(self, phone: Phone, action: str = "on", endpoint: str | None = None) -> int:
        """The page's button: this phone from now on, or no more; the answer's status."""
        fields = {
            "action": action,
            "endpoint": endpoint or f"{self.pushes.origin}/phone",
            "p256dh": phone.p256dh,
            "auth": phone.auth,
            "idempotency_key": str(uuid4()),
        }
        async with self.technician.post(
            "/station/push", data=fields, allow_redirects=False
        ) as answer:
            return int(answer.status)

    async def offered(self, **ticket: Any) -> Any:
        """An offer, once the station has been told of it by text: what is pushed is queued then."""
        agent = await self.service.agent()
        opened = await open_rescue(agent, **ticket)
        await confirm_place(agent, opened["id"])
        offer = await offer_for(self.home, opened["id"])
        await eventually(self._nothing_waits)
        return offer

    async def _nothing_waits(self) -> bool:
        waits = "select not exists (select from pgqueuer where execute_after <= now())"
        async with self.service.database.reading() as tx:
            return bool(await tx.connection.fetchval(waits))

    async def kept(self) -> list[Any]:
        async with self.service.database.reading() as tx:
            return list(await tx.connection.fetch("select * from push_devices"))

    async def writes(self, statement: str) -> None:
        async with self.service.database.transaction() as tx:
            await tx.connection.execute(statement)


@pytest.fixture
async def duty(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Duty]:
    ensure_key(tmp_path)
    push = PushSettings(allow_loopback=True)
    async with (
        push_service() as pushes,
        running(database, intake, data_dir=tmp_path, push=push) as service,
    ):
        home = await service.station("HOME", 2)
        async with browser(service, Role.STATION, home.station_id) as technician:
            yield Duty(service, pushes, home, technician, PushKey.load(tmp_path))


async def test_a_phone_on_duty_is_told_and_only_it_can_read_it(duty: Duty):
    phone = Phone()
    assert await duty.asks(phone) == 303
    duty.pushes.answers = {"/phone": [503]}
    offer = await duty.offered()
    first, push = duty.pushes.taken
    assert first.body == push.body, "a busy service is asked again, with the same"
    told = phone.read(push.body)
    assert (told["title"], told["tag"]) == ("新派单", UUID(offer["id"]).hex)
    assert told["path"].startswith("/s/")
    assert "王先生" not in str(told)
    assert "东望街口" not in str(told)
    claims = push.claims(duty.key.public, audience=duty.pushes.origin)
    assert claims["sub"] == "https://127.0.0.1"
    assert 0 < int(push.headers["TTL"]) <= 45
    assert push.headers["Urgency"] == "high"
    assert len(push.headers["Topic"]) == 32
    async with duty.technician.get(told["path"]) as page:
        assert page.status == 200
    ((row),) = await duty.kept()
    assert (row["last_offer_id"], row["last_outcome"]) == (UUID(offer["id"]), "sent")
    # The control: another phone's keys open nothing, another key has not signed it.
    with pytest.raises(InvalidTag):
        Phone().read(push.body)
    with pytest.raises(AssertionError):
        push.claims(Phone().p256dh, audience=duty.pushes.origin)


NO_DUTY = {
    "/over": "update push_devices set ends_at = now() - interval '1 s'",
    "/signed-out": "update push_devices set session_id = (select id from sessions"
    " where ended_at is not null)",
    "/dismissed": "update push_devices set staff_id = (select id from staff_users"
    " where login = 'dismissed')",
}


async def test_nobody_is_told_who_has_no_duty_and_what_the_service_says_counts(duty: Duty):
    """A phone that it no longer knows is forgotten; nobody follows where it points."""
    duty.pushes.answers = {"/410": [410], "/404": [404], "/403": [403], "/302": [302]}
    for path in (*NO_DUTY, "/off", *duty.pushes.answers):
        assert await duty.asks(Phone(), endpoint=duty.pushes.origin + path) == 303
    await duty.asks(Phone(), "off", endpoint=f"{duty.pushes.origin}/off")
    await duty.writes(
        "insert into staff_users (id, login, name, role, station_id, active)"
        " select gen_random_uuid(), 'dismissed', 'x', 'station', id, false from stations"
    )
    await duty.writes(
        "insert into sessions (id, token_hash, staff_id, csrf_token, began_at, ended_at)"
        " select gen_random_uuid(), '', id, '', now() - interval '1 h', now() from staff_users"
        " where login = 'dismissed'"
    )
    for path, statement in NO_DUTY.items():
        await duty.writes(f"{statement} where endpoint like '%{path}'")
    await duty.offered()
    assert duty.pushes.told() == set(duty.pushes.answers)
    rows = {row["endpoint"].rsplit("/", 1)[1]: row["last_outcome"] for row in await duty.kept()}
    assert rows == {
        **{path[1:]: None for path in NO_DUTY},
        "403": "failed",
        "302": "failed",
    }


async def test_a_drill_is_pushed_to_nobody(duty: Duty):
    await duty.asks(Phone())
    await duty.writes("update stations set simulated = true")
    await duty.offered(drill=True)
    assert duty.pushes.taken == []


@pytest.mark.parametrize(
    "forgets",
    [
        pytest.param(False, id="noted"),
        pytest.param(
            True, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)
        ),
    ],
)
async def test_run_again_it_tells_nobody_twice(
    duty: Duty, monkeypatch: pytest.MonkeyPatch, forgets: bool
):
    if forgets:
        monkeypatch.setattr(devices, "note", _forgets)
    await duty.asks(Phone())
    offer = await duty.offered()
    ((row),) = await duty.kept()
    told = {"key": "x", "payload": {"offer_id": offer["id"], "device_id": str(row["id"])}}
    work = all_work(duty.service.settings, SignedLinks(b"k" * 32))
    await run_job(duty.service.database, work, PUSH_OFFER, told)
    assert len(duty.pushes.taken) == 1


async def _forgets(*_: object) -> None:
    """Nothing is written down."""


REFUSED = [
    "http://fcm.googleapis.com/1",
    "https://10.0.0.1/1",
    "https://169.254.169.254/latest",
    "https://evil.example/fcm.googleapis.com",
    "https://fcm.googleapis.com.evil.example/1",
    "https://notfcm.googleapis.com/1",
    "https://fcm.googleapis.com:22/1",
    "https://someone@fcm.googleapis.com/1",
    "https://[::1/1",
    "http://127.0.0.1:5432/1",
    "https://localhost/1",
]


def test_only_push_services_are_asked_and_only_by_https():
    settings = PushSettings()
    assert [one for one in REFUSED if may_be_asked(one, settings)] == []
    good = ["https://fcm.googleapis.com/fcm/send/1", "https://web.push.apple.com/1"]
    assert all(may_be_asked(one, settings) for one in good)
    assert not any(may_be_asked(one, PushSettings(services=())) for one in good)


async def test_an_address_of_the_inside_is_refused_and_a_station_keeps_its_newest_phones(
    duty: Duty,
):
    for inside in ("https://10.0.0.1/1", "http://localhost/1"):
        assert await duty.asks(Phone(), endpoint=inside) == 422
    assert await duty.kept() == []
    for number in range(devices.MOST_PER_STATION + 2):
        await duty.asks(Phone(), endpoint=f"{duty.pushes.origin}/{number}")
    kept = {row["endpoint"].rsplit("/", 1)[1] for row in await duty.kept()}
    assert kept == {str(n) for n in range(2, devices.MOST_PER_STATION + 2)}
    # The settings may have changed since: they are asked again before anything is sent.
    sender = PushSender(duty.key, PushSettings(), "https://127.0.0.1")
    told = devices.Browser(f"{duty.pushes.origin}/1", Phone().p256dh, Phone().auth)
    assert await sender.send(told, {}, ttl_s=9, topic="x") is Outcome.FAILED
    assert duty.pushes.taken == []


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path):
    assert PushKey.load(tmp_path).public == ""
    ensure_key(tmp_path)
    first = PushKey.load(tmp_path).public
    ensure_key(tmp_path)
    assert PushKey.load(tmp_path).public == first
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
