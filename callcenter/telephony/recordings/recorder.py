"""Records what is said on a switch: after the caller was told, and not a word before."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import structlog

from callcenter.calls import service as calls
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings import repository, service
from callcenter.telephony.recordings.model import NotRecordedWhy, RecordingKind, Stored
from callcenter.telephony.recordings.notice import notice
from callcenter.telephony.recordings.store import Store
from callcenter.telephony.signals import Played, Recorded
from callcenter.telephony.switch import CallOver, LiveCall

log = structlog.get_logger()

ACTOR = "hotline"
WRITTEN_S = 5.0
NOTHING = ("", "")


@dataclass(frozen=True)
class PauseChanged:
    """The house wants the recording paused, or to go on: the row says which."""


@dataclass(frozen=True)
class Recorder:
    """What all calls of this process are recorded with."""

    database: Database
    prompts: Prompts
    store: Store

    def of(self, call: LiveCall, call_id: UUID) -> "CallRecording":
        """The recording of one call."""
        return CallRecording(self, call, call_id)


class CallRecording:
    """What is recorded of one call, and in which languages its caller was told. `telling`: the
    announcement that is played to him at this moment, and its language."""

    def __init__(self, recorder: Recorder, call: LiveCall, call_id: UUID) -> None:
        self.database = recorder.database
        self.prompts = recorder.prompts
        self.store = recorder.store
        self.call = call
        self.call_id = call_id
        self.told: set[str] = set()
        self.telling = NOTHING

    async def announcement(self) -> Spoken | None:
        """What he is still to be told, in the language he has chosen by now; None when nothing is
        recorded, or he knows."""

        async def work(tx: Tx) -> Spoken | None:
            words = notice((await calls.get(tx, self.call_id)).language)
            wanted = words.language not in self.told and await service.is_wanted(tx, self.call_id)
            return words if wanted else None

        return await self.database.run(work, readonly=True)

    def hear(self, played: Played) -> None:
        """A prompt is over: perhaps he was told with it. One that was cut short is no `telling` any
        more."""
        playback, language = self.telling
        if playback and played.playback == playback and played.whole:
            self.told.add(language)

    @contextlib.asynccontextmanager
    async def of_talk(self, bridge: str) -> AsyncIterator[None]:
        """While this goes on, what is said in the bridge is recorded, if the rule says so. Nobody
        who talks waits for it, and no fault of it ends a talk."""
        self.telling = NOTHING
        recording = _Talk(self, bridge)
        task = asyncio.create_task(recording.run())
        try:
            yield
        finally:
            await recording.stop()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WRITTEN_S):
                    await task

    async def began(self, name: str, kind: RecordingKind) -> UUID:
        """The switch records under this name."""
        given = (ACTOR, self.call_id, name, kind)
        return await self.database.run(lambda tx: service.began(tx, *given))

    async def stored(self, name: str, recording_id: UUID) -> Stored | None:
        """The file, once the switch has written it, safely in the data directory."""
        found = await self.database.run(lambda tx: repository.get(tx, recording_id), readonly=True)
        return await asyncio.to_thread(self.store.take_in, name, recording_id, found.begun_at)


class _Talk:
    """One bridge that is recorded."""

    def __init__(self, whole: CallRecording, bridge: str) -> None:
        self.whole = whole
        self.call = whole.call
        self.bridge = bridge
        self.name = ""
        self.is_over = asyncio.Event()

    async def run(self) -> None:
        # What goes wrong here must not reach those who speak.
        try:
            await self._record()
        except CallOver:
            await self._take_in_later()
        except Exception:
            log.exception("talk_not_recorded", call_id=str(self.whole.call_id))

    async def stop(self) -> None:
        """It is on disk soon after."""
        self.is_over.set()
        if self.name:
            with contextlib.suppress(Exception):
                await self.call.stop_recording(self.name)

    async def _record(self) -> None:
        whole = self.whole
        words = await whole.announcement()
        if words is None and not await whole.database.run(
            lambda tx: service.is_wanted(tx, whole.call_id), readonly=True
        ):
            return
        if words is not None and not await self._announced(words):
            await self._not_made(NotRecordedWhy.NOT_ANNOUNCED)
            return
        if self.is_over.is_set():
            return
        self.name = await self.call.record(self.bridge)
        if not self.name:
            await self._not_made(NotRecordedWhy.SWITCH_REFUSED)
            return
        recording_id = await whole.began(self.name, RecordingKind.TALK)
        if self.is_over.is_set():
            await self.call.stop_recording(self.name)
        await self._until_written(recording_id)
        await self._keep(recording_id)

    async def _announced(self, words: Spoken) -> bool:
        """Said to both, who may speak over it."""
        sound = await self.whole.prompts.ready(words)
        if sound is None:
            return False
        playback = await self.call.play(self.bridge, [sound.with_suffix("")])
        while playback:
            played = await self.call.next(Played)
            if played.playback == playback:
                if played.whole and not self.is_over.is_set():
                    self.whole.told.add(words.language)
                    return True
                break
        return False

    async def _until_written(self, recording_id: UUID) -> None:
        while True:
            signal = await self.call.next(Recorded, PauseChanged)
            if isinstance(signal, PauseChanged):
                await self._pause(recording_id)
            elif signal.recording == self.name:
                return

    async def _pause(self, recording_id: UUID) -> None:
        """As the row wants it: silence in the place of what is said, so that times stay right."""
        database = self.whole.database
        row = await database.run(lambda tx: repository.get(tx, recording_id), readonly=True)
        if row.pause_wanted != row.paused and await self.call.mute_recording(
            self.name, on=row.pause_wanted
        ):
            wanted = row.pause_wanted
            await database.run(
                lambda tx: service.pause_done(tx, ACTOR, recording_id, paused=wanted)
            )

    async def _keep(self, recording_id: UUID) -> None:
        stored = await self.whole.stored(self.name, recording_id)
        if stored is not None:
            await self.whole.database.run(lambda tx: service.keep(tx, ACTOR, recording_id, stored))

    async def _take_in_later(self) -> None:
        """All have left before it was told that it is written: the next look into the spool finds
        it."""
        if self.name:
            log.info("recording_waits_in_the_spool", recording=self.name)

    async def _not_made(self, why: NotRecordedWhy) -> None:
        given = (ACTOR, self.whole.call_id, why)
        await self.whole.database.run(lambda tx: service.not_made(tx, *given))
