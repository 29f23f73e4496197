"""What a call on a switch is recorded with: its caller is told before a word of his is kept."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings import repository, service
from callcenter.telephony.recordings.model import RecordingKind, Stored
from callcenter.telephony.recordings.notice import notice
from callcenter.telephony.recordings.part import Part
from callcenter.telephony.recordings.store import Store
from callcenter.telephony.signals import Played
from callcenter.telephony.switch import LiveCall

ACTOR = "hotline"
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
        """The recordings of one call."""
        return CallRecording(self, call, call_id)


class CallRecording:
    """The recordings of one call, a part for each bridge; and in which languages its caller was
    told. `telling`: the announcement that is played to him at this moment, and its language."""

    def __init__(self, recorder: Recorder, call: LiveCall, call_id: UUID) -> None:
        self.database = recorder.database
        self.prompts = recorder.prompts
        self.store = recorder.store
        self.call = call
        self.call_id = call_id
        self.told: set[str] = set()
        self.telling = NOTHING
        self._heard_by = ""
        self._part: Part | None = None
        self._parts_before: list[Part] = []

    async def announcement(self) -> Spoken | None:
        """What he is still to be told, in the language he has chosen by now; None when nothing is
        recorded, or he knows."""

        async def work(tx: Tx) -> Spoken | None:
            words = notice((await calls.get(tx, self.call_id)).language)
            wanted = words.language not in self.told and await service.is_wanted(tx, self.call_id)
            return words if wanted else None

        return await self.database.run(work, readonly=True)

    async def is_wanted(self) -> bool:
        """Whether the rule wants the talk recorded."""
        return await self.database.run(
            lambda tx: service.is_wanted(tx, self.call_id), readonly=True
        )

    def hear(self, signal: Played | PauseChanged) -> None:
        """What concerns a recording: perhaps he was told, perhaps it is to be paused."""
        if isinstance(signal, PauseChanged):
            if self._part is not None:
                self._part.look_at_pause()
            return
        playback, language = self.telling
        if playback and signal.playback == playback:
            self.telling = NOTHING
            if signal.whole:
                self.told.add(language)
        if self._part is not None:
            self._part.hear(signal)

    def follow(self, bridge: str, stranger: str = "") -> None:
        """What is said in this bridge is recorded from now on, if the rule says so, and nothing
        elsewhere; "" for nothing. `stranger`: who has joined from outside, and must be told. Nobody
        who talks waits for it, and no fault of it ends a talk."""
        if self._part is not None and self._part.bridge == bridge:
            return
        if self._part is not None:
            self._part.stop()
            self._parts_before.append(self._part)
            self._part = None
        if not bridge:
            return
        # Who talks hears no prompt of the queue any more: it was cut short.
        self.telling = NOTHING
        if stranger not in ("", self._heard_by):
            self.told.clear()
            self._heard_by = stranger
        self._part = Part(self, bridge)

    async def end(self) -> None:
        """Nothing more is recorded; what was is kept soon after."""
        self.follow("")
        while self._parts_before:
            await self._parts_before.pop().kept()

    async def began(self, name: str, kind: RecordingKind) -> UUID:
        """The switch records under this name."""
        given = (ACTOR, self.call_id, name, kind)
        return await self.database.run(lambda tx: service.began(tx, *given))

    async def stored(self, name: str, recording_id: UUID) -> Stored | None:
        """The file, once the switch has written it, safely in the data directory."""
        found = await self.database.run(lambda tx: repository.get(tx, recording_id), readonly=True)
        return await asyncio.to_thread(self.store.take_in, name, recording_id, found.begun_at)
