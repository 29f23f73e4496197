"""Duty phones: offers that nobody opens, the phone at the carrier's end, and a voice of tones."""

import asyncio
import contextlib
import wave
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from callcenter.routing import answers
from callcenter.routing.duty.model import DutyCall
from callcenter.routing.model import Offer
from callcenter.settings import QueueSettings, RoutingSettings
from callcenter.stations.model import Station
from callcenter.telephony.duty.means import Means
from callcenter.telephony.duty.offer_news import OfferNews
from callcenter.telephony.duty.service import DutyPhones
from callcenter.telephony.duty.to_desk import QueueForDesk
from callcenter.telephony.duty.words import TEXTS
from callcenter.telephony.flow.model import Language
from callcenter.telephony.flow.ports import House
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.voice import Voice
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.recordings.store import Store
from callcenter.telephony.switch import LiveCall
from tests.races.scene import Scene
from tests.service import add_station
from tests.telephony.exchange import Exchange, until
from tests.telephony.house import Linked
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

PHONE, SECOND_PHONE = "+8613900000001", "+8613900000002"
SHOWN = "4000000000"
HEARD_S, WINDOW_S = 20, 0.15
TOLD_BY_TONE = (
    *(
        "opening",
        "at_page",
        "menu",
        "reasons",
        "wrong",
        "accepted",
        "declined",
        "no_truck",
        "taken",
    ),
    *("expired", "withdrawn", "answered", "desk", "no_key", "next", "bye"),
)
TONES = {name: 500.0 + 125.0 * number for number, name in enumerate(TOLD_BY_TONE)}
"""The tone in which each text is said; the others are silence."""


class ToneVoice(Voice):
    """Says a text in half a second, so that it is told by its tone."""

    def speak(self, text: str, language: Language) -> bytes | None:
        out = BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(_sound(text).astype("<i2").tobytes())
        return out.getvalue()


def _sound(text: str) -> "np.ndarray[Any, Any]":
    for name, hertz in TONES.items():
        begin, _, end = TEXTS["zh"][name].partition("{")
        _, _, end = end.rpartition("}")
        if text.startswith(begin) and text.endswith(end):
            return tone(hertz, seconds=0.5)
    return np.zeros(800)


@dataclass
class NoPhones:
    """Nobody at the desk has one, unless it is put there."""

    extensions: dict[UUID, str] = field(default_factory=dict)

    async def of(self, staff_id: UUID) -> str | None:
        return self.extensions.get(staff_id)

    async def whose(self, extension: str) -> UUID | None:
        return next((who for who, has in self.extensions.items() if has == extension), None)


class NoDesk:
    """For who never presses 3."""

    async def put_through(
        self, call: LiveCall, leg: str, about: DutyCall, language: Language
    ) -> None:
        raise AssertionError("nobody wants the desk")


@dataclass
class DutyScene:
    """One database, one switch; each process of ours is begun by `serve`."""

    scene: Scene
    exchange: Exchange
    folder: Path
    carrier: UserAgent
    queue: QueueSettings = field(default_factory=lambda: QueueSettings(ring_s=20))
    at_desk: NoPhones = field(default_factory=NoPhones)
    settings: RoutingSettings = field(
        default_factory=lambda: RoutingSettings(
            offer_lifetime_s=180, duty_phone_after_s=0.5, duty_phone_ring_s=10
        )
    )
    serving: list["asyncio.Task[None]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scene.routing = self.settings

    def means(self, voice: Voice | None = None) -> Means:
        database = self.scene.database
        self.news = News(database)
        prompts = Prompts(self.folder, voice or ToneVoice("tones"))
        store = Store(self.exchange.recordings, self.folder)
        self.recorder = Recorder(database, prompts, store)
        return Means(
            database=database,
            prompts=prompts,
            settings=self.settings,
            shown=SHOWN,
            news=OfferNews(database),
            desk=QueueForDesk(database, self.queue, self.news, self.at_desk, self.recorder),
        )

    async def serve(self, voice: Voice | None = None) -> DutyPhones:
        """Our process is there, with its hotline."""
        means = self.means(voice)
        phones = DutyPhones(means)
        house = House(queue=OurQueue(self.queue), links=Linked())
        hotline = Hotline(
            *(means.database, means.prompts, house, self.queue, self.news, self.at_desk),
            self.recorder,
        )
        switch = await self.exchange.serve(phones.beside(hotline.converse))
        self.serving += [
            asyncio.create_task(phones.serve(switch)),
            asyncio.create_task(self.news.serve()),
        ]
        await until(means.news.is_listening)
        await until(self.news.is_listening)
        return phones

    async def die(self) -> None:
        """It is gone, without a word to anybody."""
        for task in self.serving:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.serving.clear()
        await self.exchange.die()

    async def station(self, code: str = "A", km_north: float = 1, **changes: Any) -> Station:
        fields = {"duty_phone": PHONE, "trucks": [["flatbed"]] * 3} | changes
        return await self.scene.database.run(lambda tx: add_station(tx, code, km_north, **fields))

    async def offer(self, **told: Any) -> Offer:
        """To the nearest station that is not asked yet."""
        return (await self.scene.ask(await self.scene.rescue(**told)))[0]

    async def opens(self, offer: Offer) -> None:
        """The station has the page before its eyes."""
        await self.scene.do(answers.see_offer, f"link:offer:{offer.id}", offer.id)

    async def picks_up(self) -> SipCall:
        """The next call at the carrier is answered."""
        call = await self.carrier.next_call()
        call.answer()
        return await call.until("up")

    async def rows(self, sql: str, *given: Any) -> list[dict[str, Any]]:
        async with self.scene.database.reading() as tx:
            return [dict(row) for row in await tx.connection.fetch(sql, *given)]

    async def outcomes(self) -> list[str | None]:
        """Of all calls so far, in their order."""
        rows = await self.rows("select outcome from duty_calls order by claimed_at, id")
        return [row["outcome"] for row in rows]

    async def until_outcomes(self, *expected: str) -> None:
        """Raises TimeoutError when it does not come so far."""
        found: list[str | None] = []
        async with asyncio.timeout(HEARD_S):
            while found != list(expected):
                await asyncio.sleep(0.05)
                found = await self.outcomes()

    async def state_of(self, offer: Offer) -> tuple[str, str | None, str | None]:
        """State, reason and actor of its end."""
        (row,) = await self.rows(
            "select state, end_reason, ended_by from offers where id = $1", offer.id
        )
        return row["state"], row["end_reason"], row["ended_by"]


async def nobody_rings(call: LiveCall) -> None:
    raise AssertionError("no call comes in here")


async def hears(call: SipCall, *names: str) -> None:
    """These texts one after another, whatever is heard between them."""
    loop = asyncio.get_running_loop()
    for name in names:
        until_s = loop.time() + HEARD_S
        while not await _hears(call, name):
            assert loop.time() < until_s, f"{name} was not heard"
            assert call.state == "up", f"hung up before {name}"


async def _hears(call: SipCall, name: str) -> bool:
    heard = await call.hear(WINDOW_S)
    # A scrap of a tone sounds like its neighbours.
    return heard.seconds > WINDOW_S / 2 and TONES[name] in heard.tones(*TONES.values())
