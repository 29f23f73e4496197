"""`callcenter run` with a telephone: a softphone rings the hotline, an agent talks at his desk
phone; the hotline's process is killed, then the switch."""

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from callcenter.telephony.asterisk.installation import Installation
from tests.cli.conftest import Program, start
from tests.service import eventually
from tests.telephony.conftest import data_dir, free_ports
from tests.telephony.exchange import HOTLINE
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.sound import tone

__all__ = ["start"]


class AtTheDesk:
    """An agent who has signed in, his browser beating."""

    def __init__(self, program: Program, client: aiohttp.ClientSession) -> None:
        self.program, self.client = program, client

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        url = f"{self.program.url}/api/v1{path}"
        async with self.client.request(method, url, json=body, headers=headers) as answer:
            told = await answer.json() if answer.content_length != 0 else None
            assert answer.status < 300, told
            return told

    async def beats(self) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, AssertionError):
                await self.ask("PUT", "/me/seat/beat")
            await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def signed_in(program: Program) -> AsyncIterator[AtTheDesk]:
    headers = {"Origin": program.url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(headers=headers, cookie_jar=jar) as client:
        desk = AtTheDesk(program, client)
        own = {"login": "agent", "password": program.password("agent")}
        client.headers["X-CSRF-Token"] = (await desk.ask("POST", "/session", own))["csrf_token"]
        await desk.ask("PUT", "/me/phone", {"kind": "desk", "desk": "101"})
        beating = asyncio.create_task(desk.beats())
        yield desk
        beating.cancel()


def killed(program: Program, name: str) -> None:
    """-9, whoever was started by this word."""
    (process,) = (p for p in program.family() if name in (Path(w).name for w in p.cmdline()))
    process.kill()


@pytest.fixture
def program(
    start: type[Program], tmp_path: Path, tables: Path, installation: Installation
) -> tuple[Program, int]:
    """Served, with its SIP port; the switch is the one that set-up has unpacked."""
    folder = tmp_path / "data"
    (folder / "asterisk").mkdir(parents=True)
    for table in tables.glob("*.gz"):
        shutil.copy(table, folder)
    for unpacked in (data_dir() / "asterisk").iterdir():
        if (unpacked / "usr").is_dir():
            (folder / "asterisk" / unpacked.name).symlink_to(unpacked)
    sip, http, https = free_ports(3)
    switch = {
        "RUN": "on",
        "SIP_PORT": str(sip),
        "HTTP_PORT": str(http),
        "HTTPS_PORT": str(https),
        "LOOPBACK_MEDIA": "true",
        "DESK_PHONES": '["101", "102"]',
        "RTP_FIRST": "29000",
        "RTP_LAST": "29499",
    }
    given = {f"CALLCENTER_ASTERISK__{name}": value for name, value in switch.items()}
    return start(folder, **given).wait_until_served(), sip


async def desk_phone(
    program: Program, sip: int, extension: str, phones: contextlib.AsyncExitStack
) -> UserAgent:
    passwords = json.loads((program.data_dir / "asterisk/run/passwords.json").read_text())
    phone = await UserAgent(extension, sip, passwords[extension]).open()
    phones.callback(phone.close)

    async def registers() -> bool:
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(phone.register(), 5) == 200
        return False

    await eventually(registers)
    return phone


async def test_a_softphone_rings_an_agent_answers_and_both_processes_are_killed(
    program: tuple[Program, int],
):
    running, sip = program
    async with signed_in(running) as desk, contextlib.AsyncExitStack() as phones:
        softphone = await desk_phone(running, sip, "102", phones)
        phone = await desk_phone(running, sip, "101", phones)
        await desk.ask("PUT", "/me/seat", {"availability": "ready"})
        caller = await softphone.call(HOTLINE)
        await caller.until("up")
        await hearing({caller: {MUSIC}})
        caller.press("3")
        caller.say(tone(CALLER_HZ))
        agent = await picked_up(phone, AGENT_HZ)
        await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
        seat = await desk.ask("GET", "/me/seat")
        call = f"/calls/{seat['call_id']}"

        killed(running, "hotline")
        await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
        order = await desk.ask("POST", f"{call}/orders", {"verb": "hold"})
        await eventually(_is(desk, f"{call}/orders/{order['id']}", "state", "done"))
        await hearing({caller: {MUSIC}})

        killed(running, "asterisk")
        await eventually(_ended(desk, call))
        ended = (await desk.ask("GET", call))["call"]
        assert ended["end_reason"] == "line_lost"
        await eventually(_is(desk, "/me/seat", "contact", "wrap_up"))


def _is(desk: AtTheDesk, path: str, name: str, wanted: str) -> Callable[[], Awaitable[bool]]:
    async def is_so() -> bool:
        return bool((await desk.ask("GET", path))[name] == wanted)

    return is_so


def _ended(desk: AtTheDesk, call: str) -> Callable[[], Awaitable[bool]]:
    async def is_over() -> bool:
        return bool((await desk.ask("GET", call))["call"]["state"] == "ended")

    return is_over
