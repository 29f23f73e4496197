"""One bridge that is recorded: told, begun, paused, written, kept. No talk waits for it."""

import asyncio
import contextlib
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.recordings import repository, service
from callcenter.telephony.recordings.model import NotRecordedWhy, RecordingKind
from callcenter.telephony.signals import Played

if TYPE_CHECKING:
    from callcenter.telephony.recordings.recorder import CallRecording

log = structlog.get_logger()

ACTOR = "hotline"
WRITTEN_S = 5.0
LOOK_S = 0.05


class Part:
    """Begins by itself; `stop` ends it."""

    def __init__(self, whole: "CallRecording", bridge: str) -> None:
        self.whole = whole
        self.call = whole.call
        self.bridge = bridge
        self.name = ""
        self.is_over = asyncio.Event()
        self._pause_changed = asyncio.Event()
        self._played: asyncio.Queue[Played] = asyncio.Queue()
        self._task = asyncio.create_task(self._run())

    def hear(self, played: Played) -> None:
        """A prompt is over: perhaps the announcement."""
        self._played.put_nowait(played)

    def look_at_pause(self) -> None:
        """The row says whether it is to be paused."""
        self._pause_changed.set()

    def stop(self) -> None:
        """No word more."""
        self.is_over.set()

    async def kept(self) -> None:
        """Once it is kept, or after 5 s: then it is found in the spool later."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WRITTEN_S):
                await self._task

    async def _run(self) -> None:
        # What goes wrong here must not reach those who speak.
        try:
            await self._record()
        except Exception:
            log.exception("talk_not_recorded", call_id=str(self.whole.call_id))

    async def _record(self) -> None:
        words = await self.whole.announcement()
        if words is not None:
            if not await self._announced(words):
                await self._not_made(NotRecordedWhy.NOT_ANNOUNCED)
                return
        elif not await self.whole.is_wanted():
            return
        if self.is_over.is_set():
            return
        self.name = await self.call.record(self.bridge)
        if not self.name:
            await self._not_made(NotRecordedWhy.SWITCH_REFUSED)
            return
        recording_id = await self.whole.began(self.name, RecordingKind.TALK)
        await self._until_over(recording_id)
        await self.call.stop_recording(self.name)
        await self._keep(recording_id)

    async def _announced(self, words: Spoken) -> bool:
        """Said to all in the bridge, who may speak over it."""
        sound = await self.whole.prompts.ready(words)
        if sound is None:
            return False
        playback = await self.call.play(self.bridge, [sound.with_suffix("")])
        while playback:
            heard = await self._next_played()
            if heard is None:
                return False
            if heard.playback == playback:
                if heard.whole:
                    self.whole.told.add(words.language)
                return heard.whole
        return False

    async def _next_played(self) -> Played | None:
        """None: the talk was over before."""
        waits = asyncio.ensure_future(self._played.get())
        over = asyncio.ensure_future(self.is_over.wait())
        done, left = await asyncio.wait([waits, over], return_when=asyncio.FIRST_COMPLETED)
        for one in left:
            one.cancel()
        return None if over in done else waits.result()

    async def _until_over(self, recording_id: UUID) -> None:
        while not self.is_over.is_set():
            changed = asyncio.ensure_future(self._pause_changed.wait())
            over = asyncio.ensure_future(self.is_over.wait())
            _, left = await asyncio.wait([changed, over], return_when=asyncio.FIRST_COMPLETED)
            for one in left:
                one.cancel()
            if self._pause_changed.is_set():
                self._pause_changed.clear()
                await self._pause(recording_id)

    async def _pause(self, recording_id: UUID) -> None:
        """As the row wants it: silence in the place of what is said, so that times stay right."""
        database = self.whole.database
        row = await database.run(lambda tx: repository.get(tx, recording_id), readonly=True)
        wanted = row.pause_wanted
        if wanted != row.paused and await self.call.mute_recording(self.name, on=wanted):
            await database.run(
                lambda tx: service.pause_done(tx, ACTOR, recording_id, paused=wanted)
            )

    async def _keep(self, recording_id: UUID) -> None:
        """Once the switch has closed the file; until then it stays where it is."""
        while not await asyncio.to_thread(self.whole.store.is_closed, self.name):
            await asyncio.sleep(LOOK_S)
        stored = await self.whole.stored(self.name, recording_id)
        if stored is not None:
            await self.whole.database.run(lambda tx: service.keep(tx, ACTOR, recording_id, stored))

    async def _not_made(self, why: NotRecordedWhy) -> None:
        given = (ACTOR, self.whole.call_id, why)
        await self.whole.database.run(lambda tx: service.not_made(tx, *given))
