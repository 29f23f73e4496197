"""Automated calls: claimed, spoken, dialled, as many at once as there are lines for."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Protocol

import structlog

from callcenter.db.recurring import recurring
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.touches import Unsaid
from callcenter.outbound.model import Way
from callcenter.telephony.owners.by_keys import TEXTS_KEPT, KeyTalk, Script, script_of
from callcenter.telephony.owners.left_behind import not_begun
from callcenter.telephony.owners.means import ACTOR, Means
from callcenter.telephony.owners.sounds import OwnerSounds, language_of
from callcenter.telephony.switch import Conversation, LiveCall

log = structlog.get_logger()

LOOK_EVERY_S = 1.0


class Line(Protocol):
    """A switch on which calls can be begun."""

    is_listening: asyncio.Event

    @property
    def calls(self) -> Mapping[str, LiveCall]:
        """Those that go on, by the switch's names."""

    def place(self, conversation: Conversation) -> LiveCall:
        """A call that begins with us."""


class KeyCalls:
    """Of one process. `most`: lines that they may take at once."""

    def __init__(self, means: Means, line: Line, *, most: int = 10) -> None:
        self.means, self.line, self.most = means, line, most
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Until it is cancelled. Without a voice nobody is called."""
        if not await self._has_voice():
            log.error("owner_calls_have_no_voice")
            await asyncio.Event().wait()
        try:
            await recurring("key_calls", self._look, pause_s=LOOK_EVERY_S)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _has_voice(self) -> bool:
        spoken = []
        for language, texts in TEXTS_KEPT.items():
            owners = OwnerSounds.of(self.means.prompts, language)
            spoken.append(await owners.kept(texts))
            owners.forget()
        return None not in spoken

    async def _look(self) -> None:
        if not self.line.is_listening.is_set():
            return
        for one in await self.means.database.run(self._take):
            task = asyncio.create_task(self._begin(one))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _take(self, tx: Tx) -> list[OwnerCall]:
        touches, free = self.means.touches, self.most - len(self._tasks)
        if free <= 0:
            return []
        taken = []
        for touch in await touches.claim(tx, Way.AUTOMATED_CALL, ACTOR, free):
            said = await touches.said(tx, touch)
            if isinstance(said, Unsaid):
                await touches.skip(tx, touch.id, said.reason)
            elif one := await repository.take(tx, touch, said, Begun.KEYS, None):
                taken.append(one)
            else:
                await touches.unknown(tx, touch.id, "called_before")
        return taken

    async def _unsaid(self, tx: Tx, taken: OwnerCall) -> None:
        await self.means.touches.skip(tx, taken.touch_id, "no_voice")
        await service.end(tx, ACTOR, taken, None, "no_voice")

    async def _begin(self, taken: OwnerCall) -> None:
        books = partial(not_begun, means=self.means, taken=taken)
        async with self.means.broken.closes(self.means.database, taken.id, books):
            begun = await self._begun(taken)
        if begun is None:
            return
        over = asyncio.Event()

        async def converse(call: LiveCall) -> None:
            try:
                await KeyTalk(self.means, call, *begun).hold()
            finally:
                over.set()

        self.line.place(converse)
        await over.wait()

    async def _begun(self, taken: OwnerCall) -> tuple[OwnerCall, Script] | None:
        """What is said is spoken; None: he is not called."""
        owners = OwnerSounds.of(self.means.prompts, language_of(taken.language))
        one: OwnerCall | None = None
        try:
            script = await script_of(self.means, taken, owners)
            if script is not None:
                one = await self.means.begin(taken)
                return (one, script) if one else None
            log.error("owner_call_without_words", owner_call=str(taken.id))
            await self.means.database.run(lambda tx: self._unsaid(tx, taken))
            return None
        finally:
            if one is None:
                owners.forget()
