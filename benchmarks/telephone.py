"""Calls on a real Asterisk: menu, key, queue, an agent's desk phone, a talk, hang-up, wrap-up.

    .venv/bin/python -m benchmarks.telephone [--rate 10] [--seconds 60] [--agents 110] [--json]

The whole installation, as `callcenter run` starts it, and its Asterisk; callers and desk phones are
SIP user agents in this process, on the same machine. Callers send keys, no voice. Measured: from a
caller's INVITE to the fact that a desk hears of him; from his key to the next prompt's beginning,
as Asterisk tells both; from his key to the offer that pops up, and to the ringing of the phone.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

from benchmarks.figures import Row, beats, machine, progress, show, spread_ms, words_of
from benchmarks.installation import Installation, installed
from benchmarks.telephone_load import SIP, Floor, Heard, Keys, calls
from callcenter.db.follow import follow
from callcenter.settings import Settings
from callcenter.telephony.asterisk import package
from callcenter.telephony.asterisk.ari import Ari
from callcenter.telephony.asterisk.config import ARI_PASSWORD, ARI_USER
from callcenter.telephony.asterisk.passwords import Passwords
from tests.telephony.sip import call as sip_call
from tests.telephony.sip.agent import UserAgent

HTTP = 28088
POP_P95_MS, PROMPT_P95_MS = 300.0, 200.0


async def listen(it: Installation, heard: Heard, floor: Floor) -> None:
    """What a desk hears."""

    async def begin(*_: Any) -> None:
        pass

    async def hear(_: Any, events: Any, __: str) -> None:
        now = time.perf_counter()
        for event in events:
            facts = event.facts
            if event.kind == "call.greeted":
                heard.greeted.setdefault(UUID(facts["call_id"]), now)
            elif event.kind == "queue.offered":
                heard.offered.setdefault(UUID(facts["call_id"]), now)
            elif event.kind == "seat.changed" and facts["contact"] == "wrap_up":
                floor.later(floor.writes_up(UUID(facts["staff_id"])))

    await follow(it.database, begin, hear)


async def watch(it: Installation, heard: Heard) -> None:
    """What Asterisk tells: a key, and the prompt that follows it."""
    password = Passwords(it.data_dir / "asterisk/run/passwords.json").of(ARI_PASSWORD)
    pressed: dict[str, float] = {}
    asked = {"app": "watcher", "subscribeAll": "true"}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            f"ws://127.0.0.1:{HTTP}/ari/events",
            params=asked,
            headers=Ari(session, "", ARI_USER, password).headers,
        ) as socket,
    ):
        async for message in socket:
            event, now = message.json(), time.perf_counter()
            if event["type"] == "ChannelDtmfReceived":
                pressed[event["channel"]["id"]] = now
            elif event["type"] == "PlaybackStarted":
                channel = event["playback"]["target_uri"].removeprefix("channel:")
                if channel in pressed:
                    heard.key_to_prompt.append(now - pressed.pop(channel))


async def measure(rate: float, seconds: float, agents: int) -> dict[str, Any]:
    """Figures of one run."""
    sip_call.Rtp = Keys
    heard = Heard()
    with tempfile.TemporaryDirectory(prefix="cc-bench-") as made:
        folder = prepared(Path(made), agents)
        async with installed(data_dir=folder) as it:
            floor = Floor(it, heard)
            passwords = Passwords(folder / "asterisk/run/passwords.json")
            with progress() as bar:
                task = bar.add_task("agents", total=agents)
                for number in range(agents):
                    await floor.opens(number, passwords.of(str(1000 + number)))
                    bar.advance(task)
                beside = [
                    asyncio.create_task(listen(it, heard, floor)),
                    asyncio.create_task(watch(it, heard)),
                ]
                await asyncio.sleep(1)
                count = round(rate * seconds)
                task = bar.add_task("calls", total=count)
                carrier = await UserAgent("carrier", SIP).open()
                under_way = []
                async for number, _ in beats(rate, count):
                    caller = f"139{number:08d}"
                    under_way.append(asyncio.create_task(calls(caller, carrier, heard)))
                    bar.advance(task)
                await asyncio.gather(*under_way)
                await asyncio.sleep(2)
                for one in beside:
                    one.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
            return await figures(it, heard, count)


async def figures(it: Installation, heard: Heard, count: int) -> dict[str, Any]:
    """What became of the calls, and how long each step took."""
    async with it.database.reading() as tx:
        rows = await tx.connection.fetch("select id, caller, state, end_reason from calls")
    by_call = {row["id"]: row["caller"].removeprefix("+86") for row in rows}
    ends = Counter(f"{row['state']}/{row['end_reason']}" for row in rows)
    pops = [at - heard.rang[by_call[one]] for one, at in heard.greeted.items() if one in by_call]
    offers = [
        at - heard.pressed[by_call[one]] for one, at in heard.offered.items() if one in by_call
    ]
    return {
        "calls": count,
        "talks": heard.talks,
        "ends": dict(ends),
        "failures": dict(heard.failures),
        "ring_to_pop": spread_ms(pops),
        "key_to_prompt": spread_ms(heard.key_to_prompt),
        "key_to_offer": spread_ms(offers),
    }


def prepared(folder: Path, agents: int) -> Path:
    """A data directory with the Asterisk of this machine, and the settings of the run."""
    (folder / "asterisk").mkdir()
    settings = Settings()
    home = settings.data_dir.absolute() / "asterisk"
    package.find(home, settings.asterisk_debs)
    for unpacked in home.iterdir():
        if (unpacked / "usr").is_dir():
            (folder / "asterisk" / unpacked.name).symlink_to(unpacked)
    phones = ", ".join(f'"{1000 + number}"' for number in range(agents))
    trunk = '{"address": "127.0.0.1:25061", "calls_from": ["127.0.0.1"], "asked_each_s": 0}'
    switch = {"RUN": "on", "SIP_PORT": SIP, "HTTP_PORT": HTTP, "LOOPBACK_MEDIA": "true"}
    switch |= {"DESK_PHONES": f"[{phones}]", "TRUNK": trunk}
    for name, value in switch.items():
        os.environ[f"CALLCENTER_ASTERISK__{name}"] = str(value)
    os.environ["CALLCENTER_QUEUE__SILENCE_S"] = "3600"
    return folder


def main() -> None:
    """Measures and prints; 1 when a call failed or an aim is missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rate", type=float, default=10)
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--agents", type=int, default=110)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    on = machine()
    found = asyncio.run(measure(asked.rate, asked.seconds, asked.agents))
    failed = found["calls"] - found["talks"]
    rows: list[Row] = [
        ("calls that came to no talk", str(failed), "0"),
        ("", str(found["ends"] | found["failures"]), ""),
        ("ring to pop", words_of(found["ring_to_pop"]), f"p95 at most {POP_P95_MS:g} ms"),
        ("key to prompt", words_of(found["key_to_prompt"]), f"p95 at most {PROMPT_P95_MS:g} ms"),
        ("key to offer", words_of(found["key_to_offer"]), ""),
    ]
    title = f"{asked.rate:g} calls a second for {asked.seconds:g} s; load {on['load_before']}"
    show(title, rows, {"machine": on, **found}, as_json=asked.json)
    is_slow = found["ring_to_pop"].get("p95", 9e9) > POP_P95_MS
    sys.exit(int(failed > 0 or is_slow or found["key_to_prompt"].get("p95", 9e9) > PROMPT_P95_MS))


if __name__ == "__main__":
    main()
