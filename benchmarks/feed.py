"""The live feed under load: 500 readers, 100 events a second, each heard by all of them.

    .venv/bin/python -m benchmarks.feed [--seconds 30] [--readers 500] [--rate 100] [--json]

An event is a note written over HTTP. Its time runs from the request being sent, so that the
intake of the note counts too, to the moment a reader has its bytes.
"""

import argparse
import asyncio
import re
import sys
import time
from array import array
from typing import Any

import uvloop

from benchmarks.figures import Row, beats, machine, progress, show, spread_ms, words_of
from benchmarks.installation import installed
from benchmarks.listeners import Audience, Beside, Reader, beside, open_readers
from benchmarks.wire import Lines, lines
from callcenter.web.permission import Permission

NOTE = re.compile(
    rb"id: (\d+)-(\d+)\nevent: ticket\.note_written\ndata: [^\n]*\"note_id\": \"([0-9a-f-]{36})\""
)
SETTLED_S = 2.0
WARM_UP = 20
P99_MS = 100


class Ear:
    """All that one reader heard, in order."""

    def __init__(self, numbers: dict[bytes, int]) -> None:
        self._numbers = numbers
        self.heard, self.at = array("l"), array("d")
        self.backwards = 0
        self._cursor = (0, 0)

    def hear(self, found: re.Match[bytes], now: float) -> None:
        """One note's event."""
        cursor = int(found[1]), int(found[2])
        self.backwards += cursor <= self._cursor
        self._cursor = cursor
        self.heard.append(self._numbers.setdefault(found[3], len(self._numbers)))
        self.at.append(now)


async def listen(parent: Beside, audience: Audience) -> None:
    """The other process: listens until it is told which notes there were, then compares."""
    numbers: dict[bytes, int] = {}
    ears: list[Ear] = []

    def reader(token: str) -> Reader:
        ears.append(Ear(numbers))
        return Reader(token, NOTE, ears[-1].hear)

    opened = await open_readers(audience, reader)
    await parent.tell("ready")
    sent: dict[str, float] = await parent.hear()
    await parent.tell(compared(ears, {_number(numbers, note): at for note, at in sent.items()}))
    for one in opened:
        one.close()


def compared(ears: list[Ear], sent: dict[int, float]) -> dict[str, Any]:
    """Ids against ids: what was missed, came twice or in a wrong order, and how long it took."""
    told = {"lost": 0, "doubled": 0, "backwards": 0}
    took: list[float] = []
    for ear in ears:
        ours = [
            (number, at) for number, at in zip(ear.heard, ear.at, strict=True) if number in sent
        ]
        different = {number for number, _ in ours}
        told["lost"] += len(sent) - len(different)
        told["doubled"] += len(ours) - len(different)
        told["backwards"] += ear.backwards
        took += [at - sent[number] for number, at in ours]
    return told | {"heard": len(took), "ms": spread_ms(took)}


def _number(numbers: dict[bytes, int], note: str) -> int:
    return numbers.setdefault(note.encode(), len(numbers))


async def write_notes(desk: Lines, rate: float, count: int, step: Any) -> dict[str, float]:
    """When each note was sent, by its id."""
    ticket = await desk.call("POST", "/api/v1/tickets", {"kind": "enquiry"})
    path = f"/api/v1/tickets/{ticket['id']}/notes"
    sent: dict[str, float] = {}
    for _ in range(WARM_UP):
        await desk.call("POST", path, {"words": "warm"})

    async def one(number: int) -> None:
        began = time.perf_counter()
        note = await desk.call("POST", path, {"words": f"note {number}"})
        sent[note["id"]] = began
        step()

    async with asyncio.TaskGroup() as writing:
        async for number, _ in beats(rate, count):
            writing.create_task(one(number))
    return sent


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """The whole measurement on one installation."""
    told: dict[str, Any] = {"machine": machine(), "readers": given.readers, "rate": given.rate}
    async with installed(web_processes=given.web_processes) as it:
        tokens = await it.tokens([Permission.FEED_READ], [None] * given.readers)
        token = await it.token(Permission.TICKETS_WRITE)
        audience = Audience(it.host, it.port, tokens)
        async with beside(listen, audience) as readers, lines(it.host, it.port, token) as desk:
            assert await readers.hear() == "ready"
            count = round(given.rate * given.seconds)
            with progress() as bar:
                task = bar.add_task("事件 events", total=count)
                sent = await write_notes(desk, given.rate, count, lambda: bar.advance(task))
            await asyncio.sleep(SETTLED_S)
            await readers.tell(sent)
            found: dict[str, Any] = await readers.hear()
            return told | {"events": len(sent)} | found


def rows(told: dict[str, Any]) -> list[Row]:
    """The table."""
    broken = (told["lost"], told["doubled"], told["backwards"])
    return [
        ("听众 readers", str(told["readers"]), ""),
        ("事件 events", f"{told['events']} · {told['rate']:g}/s", ""),
        ("听到 heard", str(told["heard"]), str(told["readers"] * told["events"])),
        ("  p50 / p90 / p99 / max", words_of(told["ms"]), f"p99 ≤ {P99_MS} ms"),
        ("丢失 lost, 重复 doubled, 乱序 out of order", ", ".join(map(str, broken)), "0, 0, 0"),
    ]


def main() -> int:
    """Exit status 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--rate", type=float, default=100, help="events a second")
    parser.add_argument("--web-processes", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = uvloop.run(run(given))
    show("实时消息 live feed", rows(told), told, as_json=given.json)
    broken = told["lost"] or told["doubled"] or told["backwards"]
    return int(bool(broken) or told["ms"]["p99"] > P99_MS)


if __name__ == "__main__":
    sys.exit(main())
