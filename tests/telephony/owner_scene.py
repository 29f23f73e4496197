"""Owners who are called: behind the carrier's line, and a voice of tones for what they are told."""

import asyncio
import contextlib
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.keys import Asked, KeyAct, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.settings import QueueSettings
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.flow.model import Language
from callcenter.telephony.owners.key_calls import KeyCalls
from callcenter.telephony.owners.means import Means
from callcenter.telephony.owners.words import TEXTS
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.voice import Voice
from callcenter.telephony.switch import LiveCall
from tests.outbound.dialling.kept_touches import KeptTouches, states
from tests.telephony.exchange import Exchange
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

HEARD_S, WINDOW_S = 20, 0.15
BEGINNINGS = {name: text[:4] for name, text in TEXTS["zh"].items()} | {
    "words": "您的车该",
    "menu": "预约请按",
    "question": "打几分呢",
}
TONES = {name: 500.0 + 125.0 * number for number, name in enumerate(BEGINNINGS)}


class ToneVoice(Voice):
    """Says a text in half a second, so that it is told by its tone."""

    def speak(self, text: str, language: Language) -> bytes | None:
        names = [name for name, begins in BEGINNINGS.items() if text.startswith(begins)]
        out = BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            samples = tone(TONES[names[0]], seconds=0.5) if names else np.zeros(800)
            file.writeframes(samples.astype("<i2").tobytes())
        return out.getvalue()


@dataclass
class Answers:
    """What keys do, kept; the survey has three questions."""

    menu_is: KeyMenu = field(
        default_factory=lambda: KeyMenu(
            {"1": KeyAct.BOOK, "2": KeyAct.CALL_BACK, "3": KeyAct.SURVEY}, Machine.NOT_ASKED
        )
    )
    done: list[str] = field(default_factory=list)
    questions: Sequence[Question] = (
        Question("q1", [Asked("打几分呢", "12345")]),
        Question("q2", [Asked("打几分呢", "0123456789", most=2), Asked("打几分呢", "12")]),
        Question("q3", [Asked("打几分呢", "12345", may_pass=True)]),
    )

    async def menu(self, tx: Tx, one: OwnerCall) -> KeyMenu:
        return self.menu_is

    async def book(self, tx: Tx, one: OwnerCall) -> None:
        self.done.append("book")

    async def call_back(self, tx: Tx, one: OwnerCall) -> None:
        self.done.append("call_back")

    async def opt_out(self, tx: Tx, one: OwnerCall) -> None:
        self.done.append("opt_out")

    async def question(self, tx: Tx, one: OwnerCall) -> Question | None:
        return next(iter(self.questions[len(self.done) :]), None)

    async def is_done(self, tx: Tx, one: OwnerCall) -> bool:
        return len(self.done) >= len(self.questions)

    async def answer(
        self, tx: Tx, one: OwnerCall, question: Question, typed: Sequence[str]
    ) -> bool:
        """11 is over the top of a scale that ends with 10."""
        if "11" in typed:
            return False
        self.done.append(f"{question.code}={','.join(typed)}")
        return True


@dataclass
class OwnerScene:
    """One database, one switch; automated calls go out once `serve` was called."""

    database: Database
    exchange: Exchange
    folder: Path
    carrier: UserAgent
    touches: KeptTouches
    answers: Answers = field(default_factory=Answers)
    serving: list["asyncio.Task[None]"] = field(default_factory=list)

    @property
    def means(self) -> Means:
        prompts = Prompts(self.folder, ToneVoice("tones"))
        rules = QueueSettings(ring_s=20)
        house: dict[Language, str] = {"zh": "测试汽车", "en": "Test Cars"}
        given = ("4000000000", house, self.touches, self.answers)
        return Means(self.database, prompts, rules, *given)

    async def serve(self) -> AsteriskSwitch:
        switch = await self.exchange.serve(nobody_rings)
        calls = KeyCalls(self.means, switch)
        self.serving.append(asyncio.create_task(calls.serve()))
        return switch

    async def die(self) -> None:
        """Without a word to anybody."""
        for task in self.serving:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.serving.clear()
        await self.exchange.die()

    async def picks_up(self) -> SipCall:
        """The next owner who is rung answers."""
        call = await self.carrier.next_call()
        call.answer()
        return await call.until("up")

    async def until_touches(self, *expected: tuple[str, str | None]) -> None:
        """Raises TimeoutError when their states and outcomes do not come so far."""
        found: list[Any] = []
        async with asyncio.timeout(HEARD_S):
            while found != list(expected):
                await asyncio.sleep(0.05)
                found = [(state, outcome) for state, outcome, _ in await states(self.database)]

    async def rows(self, question: str) -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.connection.fetch(question)]


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
    return heard.seconds > WINDOW_S / 2 and TONES[name] in heard.tones(*TONES.values())
