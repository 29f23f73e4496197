"""What is to be rung is claimed, spoken and dialled; what a process has left behind is taken up."""

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, Protocol
from uuid import UUID

import structlog

from callcenter.db.recurring import recurring
from callcenter.db.retry import RETRYABLE
from callcenter.routing.duty import service as duty
from callcenter.routing.duty.model import DutyCall, DutyCallState, DutyOutcome
from callcenter.telephony.asterisk.naming import PLACED
from callcenter.telephony.duty.conversation import DutyTalk
from callcenter.telephony.duty.means import Means
from callcenter.telephony.duty.script import forget_all, speak_fixed
from callcenter.telephony.switch import Conversation, LiveCall

log = structlog.get_logger()

LOOK_EVERY_S = 0.5


class Line(Protocol):
    """A switch on which calls can be begun."""

    is_listening: asyncio.Event

    @property
    def calls(self) -> Mapping[str, LiveCall]:
        """Those that go on, by the switch's names."""

    def place(self, conversation: Conversation) -> LiveCall:
        """A call that begins with us."""


class DutyPhones:
    """Of one process; `serve` once, `beside` around the switch's own conversation."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.ours: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        forget_all(means.prompts)

    async def serve(self, line: Line) -> None:
        """Until it is cancelled; calls that go on then are taken up by the next process."""
        try:
            await asyncio.gather(
                self._speak_fixed(),
                self.means.news.serve(),
                recurring("duty_phones", lambda: self._look(line), pause_s=LOOK_EVERY_S),
            )
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def beside(self, others: Conversation) -> Conversation:
        """The conversation of a switch that carries our calls too: those that went on without us
        go on here."""

        async def converse(call: LiveCall) -> None:
            if not (call.id.startswith(PLACED) and await self._takes_up(call)):
                await others(call)

        return converse

    async def _speak_fixed(self) -> None:
        if not await speak_fixed(self.means.prompts):
            log.error("duty_phones_have_no_voice")

    async def _look(self, line: Line) -> None:
        if not line.is_listening.is_set():
            return
        database, settings = self.means.database, self.means.settings
        for one in await database.run(duty.live, readonly=True):
            if one.id not in self.ours:
                await self._left_behind(line, one)
        for one in await database.run(lambda tx: duty.claim_due(tx, settings)):
            self._begin(line, one)

    async def _left_behind(self, line: Line, one: DutyCall) -> None:
        """Claimed, it was not dialled: we do it. Dialled, it goes on at the switch and is taken up,
        or it is lost."""
        database = self.means.database
        if one.state is DutyCallState.CLAIMED:
            claimed = await database.run(lambda tx: duty.take_over(tx, one))
            if claimed is not None:
                self._begin(line, claimed)
        elif one.switch_call not in line.calls:
            await self.means.end(one, DutyOutcome.LOST)

    def _begin(self, line: Line, one: DutyCall) -> None:
        self._later(self._ring(line, one), one)

    async def _ring(self, line: Line, one: DutyCall) -> None:
        ready = await self.means.prepare(one)
        if ready is None:
            return
        over = asyncio.Event()

        async def converse(call: LiveCall) -> None:
            try:
                await DutyTalk(self.means, call, one, ready).ring()
            finally:
                over.set()

        line.place(converse)
        await over.wait()

    async def _takes_up(self, call: LiveCall) -> bool:
        """Whether it is a call of ours, which then goes on to its end."""
        one = await self.means.database.run(lambda tx: duty.on_switch(tx, call.id), readonly=True)
        if one is None:
            return False
        self.ours.add(one.id)
        try:
            ready = await self.means.prepare(one)
            if ready is not None:
                await DutyTalk(self.means, call, one, ready).go_on()
        finally:
            self.ours.discard(one.id)
        return True

    def _later(self, work: Coroutine[Any, Any, None], one: DutyCall) -> None:
        self.ours.add(one.id)
        task = asyncio.ensure_future(self._logged(work, one))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _logged(self, work: Awaitable[None], one: DutyCall) -> None:
        try:
            await work
        except Exception:
            log.exception("duty_call_failed", duty_call=str(one.id))
            # Taken over again and again it would fail again and again.
            with suppress(*RETRYABLE):
                await self.means.end(one, DutyOutcome.LOST)
        finally:
            self.ours.discard(one.id)
