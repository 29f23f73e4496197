"""The flow on a switch: what is to be said is played, keys are collected, until it lets go."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.acts import (
    Acts,
    Ask,
    EnterQueue,
    HandOver,
    Speak,
    Spoken,
    TakeMessage,
)
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.service import Told
from callcenter.telephony.flow.walk import Heard, What
from callcenter.telephony.keys import collect
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings import service as recordings
from callcenter.telephony.recordings.model import RecordingKind, Stored
from callcenter.telephony.recordings.recorder import NOTHING, CallRecording
from callcenter.telephony.signals import Key, Left, Played, Recorded
from callcenter.telephony.switch import CallOver, LiveCall

ACTOR = "hotline"
WRITTEN_S = 5.0


@dataclass(frozen=True)
class Message:
    """What a caller said to the record of this wait; without a file nothing was kept."""

    sequence: int
    recording_id: UUID | None = None
    stored: Stored | None = None


class Menu:
    """One caller in the flow."""

    def __init__(
        self,
        database: Database,
        prompts: Prompts,
        house: House,
        call: LiveCall,
        leg: str,
        recording: CallRecording,
    ) -> None:
        self.database = database
        self.prompts = prompts
        self.house = house
        self.call = call
        self.leg = leg
        self.recording = recording

    async def walk(self, told: Told) -> EnterQueue | HandOver | None:
        """To the step that lets the caller go; None: it hangs up. Raises CallOver."""
        while True:
            done = await self._perform(told.acts)
            if isinstance(done, Heard):
                told = await self._hear(told.call_id, done)
            elif isinstance(done, Message):
                told = await self._keep(told.call_id, done)
            else:
                return done

    async def _perform(self, acts: Acts) -> Heard | Message | EnterQueue | HandOver | None:
        if acts and isinstance(acts[-1], EnterQueue):
            # His place is taken already: an agent is rung while he still hears about it.
            texts = [act.spoken for act in acts if isinstance(act, Speak) and not act.notice]
            await self._wait_with(texts)
            return acts[-1]
        typed = ""
        for act in acts:
            if isinstance(act, Speak) and act.notice:
                typed = typed or await self._announce(act.spoken)
            elif isinstance(act, Speak) and (act.whole or not typed):
                said = await self._say(act.spoken, whole=act.whole)
                typed = typed or said
            elif isinstance(act, Ask):
                return await self._ask(act, typed)
            elif isinstance(act, TakeMessage):
                return await self._record(act)
            elif isinstance(act, HandOver):
                return act
        return None

    async def _ask(self, ask: Ask, typed: str) -> Heard:
        """`typed`: who knows the menu does not wait for its words."""
        key = typed
        if not key:
            playback = await self._begin_to_say(ask.prompts)
            key = await collect(
                self.call, self.leg, most=1, first_s=ask.timeout_s, ends_with="", prompt=playback
            )
        return Heard(What.KEY if key else What.SILENCE, ask.sequence, key)

    async def _wait_with(self, texts: list[Spoken]) -> None:
        """Says these, at last that the talk is recorded, then music; nobody waits for the end."""
        notice = await self.recording.announcement()
        can_be_told = notice is not None and bool(await self._sounds([notice]))
        playback = await self._begin_to_say([*texts, notice] if notice else texts)
        if notice is not None and can_be_told:
            self.recording.telling = (playback, notice.language)
        if not playback:
            await self.call.music(self.leg, on=True)

    async def _announce(self, spoken: Spoken) -> str:
        """That the call is recorded, when it is; a key cuts it short, and it is said later."""
        if await self.recording.announcement() is None:
            return ""
        playback = await self._begin_to_say([spoken])
        self.recording.telling = (playback, spoken.language)
        return await self._until_said(playback, whole=False)

    async def _say(self, spoken: Spoken, *, whole: bool) -> str:
        """To its end, or to the first key, which is answered; with `whole` keys wait."""
        return await self._until_said(await self._begin_to_say([spoken]), whole=whole)

    async def _until_said(self, playback: str, *, whole: bool) -> str:
        while playback:
            signal: Played | Left | Key
            if whole:
                signal = await self.call.next(Played, Left, leg=self.leg)
            else:
                signal = await self.call.next(Played, Left, Key, leg=self.leg)
            if isinstance(signal, Left):
                raise CallOver
            if isinstance(signal, Key):
                self.recording.telling = NOTHING
                await self.call.stop_playing(playback)
                return str(signal.key)
            if signal.playback == playback:
                self.recording.hear(signal)
                break
        return ""

    async def _begin_to_say(self, texts: list[Spoken]) -> str:
        """The playback; "" when there is nothing to be heard."""
        sounds = await self._sounds(texts)
        return await self.call.play(self.leg, sounds) if sounds else ""

    async def _sounds(self, texts: list[Spoken]) -> list[Path]:
        """A text without a sound is left out: silence is no reason to keep anybody from help."""
        found = [await self.prompts.ready(spoken) for spoken in texts]
        return [file.with_suffix("") for file in found if file is not None]

    async def _record(self, take: TakeMessage) -> Message:
        """Until a key, the longest time, or he hangs up: what he has said is kept in any case."""
        await self._say(take.prompt, whole=True)
        recording = await self.call.record(self.leg)
        if not recording:
            return Message(take.sequence)
        recording_id = await self.recording.began(recording, RecordingKind.MESSAGE)
        with contextlib.suppress(TimeoutError):
            await self.call.next(Key, Left, leg=self.leg, within_s=take.most_s)
        await self.call.stop_recording(recording)
        with contextlib.suppress(TimeoutError, CallOver):
            await self.call.next(Recorded, within_s=WRITTEN_S)
        stored = await self.recording.stored(recording, recording_id)
        return Message(take.sequence, recording_id, stored)

    async def _hear(self, call_id: UUID, heard: Heard) -> Told:
        return await self.database.run(lambda tx: flow.hear(tx, ACTOR, call_id, heard, self.house))

    async def _keep(self, call_id: UUID, message: Message) -> Told:
        stored, recording_id = message.stored, message.recording_id
        if stored is None or recording_id is None:
            return await self._hear(call_id, Heard(What.SILENCE, message.sequence))
        left = LeftMessage(stored.file, round(stored.seconds or 0), recording_id)
        given = (call_id, message.sequence, left, self.house)
        hung_up = self.leg not in self.call.legs

        async def work(tx: Tx) -> Told:
            await recordings.keep(tx, ACTOR, recording_id, stored)
            return await flow.take_message(tx, ACTOR, *given, hung_up=hung_up)

        return await self.database.run(work)
