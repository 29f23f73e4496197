"""One call on Asterisk: the verbs of the port as requests, the events of ARI as signals."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from callcenter.telephony.asterisk.addresses import TRANSFERS_ARE_OURS, caller_id, endpoint
from callcenter.telephony.asterisk.ari import Ari, SwitchRefused
from callcenter.telephony.asterisk.legs import Legs
from callcenter.telephony.asterisk.naming import BRIDGE, LEG, RECORDING, SNOOP, new_name
from callcenter.telephony.asterisk.playing import Playing
from callcenter.telephony.inbox import Inbox
from callcenter.telephony.signals import NORMAL, Cause, Left, Signal
from callcenter.telephony.switch import Ear, Outside, Phone

SNOOP_ARRIVES_S = 2.0
NO_ROUTE = Cause(20)
"""The phone is not registered, or there is no trunk."""
BAD_REQUEST = 400
NOT_REGISTERED = 500
"""ARI's answer for a phone that cannot be rung."""


class AsteriskCall:
    """See `telephony.switch.LiveCall`."""

    def __init__(self, call: str, ari: Ari, application: str) -> None:
        self.id = call
        self.ari = ari
        self.application = application
        self.known = Legs()
        self.bridges: list[str] = []
        self.snoops: dict[str, str] = {}
        self.playing = Playing(call)
        self.inbox = Inbox(is_over=lambda: not self.known.alive)
        self.arrived: dict[str, asyncio.Event] = {}

    @property
    def legs(self) -> Sequence[str]:
        return tuple(self.known.alive)

    async def next(
        self, *kinds: type[Any], leg: str | None = None, within_s: float | None = None
    ) -> Any:
        def wanted(signal: Signal) -> bool:
            return (not kinds or isinstance(signal, kinds)) and (
                leg is None or getattr(signal, "leg", leg) == leg
            )

        return await self.inbox.take(wanted, within_s)

    async def ring_back(self, leg: str) -> bool:
        return await self._of(leg, "/ring")

    async def answer(self, leg: str) -> bool:
        return await self._of(leg, "/answer")

    async def hang_up(self, leg: str, *, busy: bool = False) -> bool:
        self.known.hung_up_by_us(leg)
        reason = "busy" if busy else "normal"
        return await self.ari.delete(f"/channels/{leg}", reason=reason) is not None

    async def play(self, where: str, media: Sequence[Path]) -> str:
        playback = self.playing.begin(where)
        sounds = ",".join(f"sound:{file}" for file in media)
        path = f"/{self._kind(where)}/{where}/play/{playback}"
        if await self.ari.post(path, media=sounds) is None:
            self.playing.pop(playback, None)
            return ""
        return playback

    async def stop_playing(self, playback: str) -> bool:
        return await self.ari.delete(f"/playbacks/{playback}") is not None

    async def music(self, leg: str, *, on: bool) -> bool:
        path = f"/channels/{leg}/moh"
        return await (self.ari.post(path) if on else self.ari.delete(path)) is not None

    async def mute(self, leg: str, *, on: bool) -> bool:
        path = f"/channels/{leg}/mute"
        asked = self.ari.post if on else self.ari.delete
        return await asked(path, direction="in") is not None

    async def press(self, leg: str, keys: str) -> bool:
        return await self._of(leg, "/dtmf", dtmf=keys)

    async def dial(
        self, whom: Phone | Outside, *, shown: str, ring_s: float, name: str = ""
    ) -> str:
        leg = new_name(self.id, LEG)
        # Before the request: its answer may come after the first events.
        self.known.add(leg)
        try:
            made = await self.ari.post(
                f"/channels/{leg}",
                {"variables": TRANSFERS_ARE_OURS} if isinstance(whom, Phone) else None,
                endpoint=endpoint(whom),
                app=self.application,
                appArgs=LEG,
                callerId=caller_id(shown, name),
                timeout=max(1, round(ring_s)),
            )
        except SwitchRefused as refusal:
            if refusal.status != NOT_REGISTERED:
                raise
            made = None
        if made is None:
            self.left(leg, NO_ROUTE)
        return leg

    async def recognise(self, leg: str) -> bool:
        return await self._through(leg, "recognise")

    async def outlast(self, leg: str) -> bool:
        return await self._through(leg, "outlast")

    async def bridge(self, *legs: str) -> str:
        bridge = new_name(self.id, BRIDGE)
        # Before the request: one that is not answered in time may have been done all the same.
        self.bridges.append(bridge)
        # Without dtmf_events two phones may exchange their packets past Asterisk: no keys for us.
        if await self.ari.post(f"/bridges/{bridge}", type="mixing,dtmf_events") is None:
            self.bridges.remove(bridge)
            return ""
        for leg in legs:
            if not await self.join(bridge, leg):
                await self.close(bridge)
                return ""
        return bridge

    async def join(self, bridge: str, leg: str) -> bool:
        # Both outlive the joining: the caller would go on hearing the music instead of the agent.
        await self.music(leg, on=False)
        for playback in self.playing.of(leg):
            await self.stop_playing(playback)
        return await self._add(bridge, leg)

    async def leave(self, bridge: str, leg: str) -> bool:
        try:
            gone = await self.ari.post(f"/bridges/{bridge}/removeChannel", channel=leg) is None
        except SwitchRefused as refusal:
            gone = _is_bad_request(refusal)
        return not gone

    async def close(self, bridge: str) -> bool:
        if snoop := self.snoops.get(bridge):
            await self.ari.delete(f"/channels/{snoop}")
            self.snoops.pop(bridge, None)
        closed = await self.ari.delete(f"/bridges/{bridge}") is not None
        with suppress(ValueError):
            self.bridges.remove(bridge)
        return closed

    async def record(self, where: str) -> str:
        recording = new_name(self.id, RECORDING)
        path = f"/{self._kind(where)}/{where}/record"
        made = await self.ari.post(path, name=recording, format="wav", ifExists="fail")
        return recording if made is not None else ""

    async def stop_recording(self, recording: str) -> bool:
        return await self.ari.post(f"/recordings/live/{recording}/stop") is not None

    async def mute_recording(self, recording: str, *, on: bool) -> bool:
        asked = self.ari.post if on else self.ari.delete
        return await asked(f"/recordings/live/{recording}/mute") is not None

    async def listen(self, supervisor: str, agent: str, ear: Ear) -> str:
        snoop = new_name(self.id, SNOOP)
        here = self.arrived[snoop] = asyncio.Event()
        made = await self.ari.post(
            f"/channels/{agent}/snoop/{snoop}",
            spy="both",
            whisper="out" if ear is Ear.WHISPER else "none",
            app=self.application,
            appArgs=SNOOP,
        )
        if made is None:
            return ""
        with suppress(TimeoutError):
            async with asyncio.timeout(SNOOP_ARRIVES_S):
                await here.wait()
        bridge = await self.bridge(supervisor)
        self.snoops[bridge] = snoop
        if not bridge or not await self._add(bridge, snoop):
            await self.close(bridge)
            return ""
        return bridge

    async def tell_transfer(self, leg: str, *, done: bool) -> bool:
        state = "channel_answered" if done else "channel_declined"
        return await self._of(leg, "/transfer_progress", states=state)

    async def give_back(self, leg: str) -> bool:
        # A running prompt would hold the caller here until its end.
        for playback in self.playing.of(leg):
            await self.stop_playing(playback)
        await self.music(leg, on=False)
        given = await self._of(leg, "/continue", context="fallback", extension="s", priority=1)
        # At once: a conversation that ends now would hang up whatever is still its own.
        self.left(leg, NORMAL)
        return given

    def expects(self, name: str) -> bool:
        """Whether this channel is waited for: dialled and not given up, or a snoop channel."""
        return name in self.known.alive or name in self.arrived

    def tell(self, signal: Any) -> None:
        """For the conversation."""
        self.inbox.put(signal)

    def left(self, leg: str, cause: Cause) -> None:
        """The leg is over; told once, however often it is heard."""
        was = self.known.end(leg, cause)
        if was is not None:
            self.tell(Left(leg, was.cause, was.by_us))

    def _kind(self, where: str) -> str:
        return "bridges" if where in self.bridges else "channels"

    async def _through(self, leg: str, context: str) -> bool:
        """Out of our hands and back by the dial plan. Its end is told in between, too."""
        path = f"/applications/{self.application}/subscription"
        if await self.ari.post(path, eventSource=f"channel:{leg}") is None:
            return False
        return await self._of(leg, "/continue", context=context, extension="s", priority=1)

    async def _of(self, leg: str, verb: str, **params: Any) -> bool:
        return await self.ari.post(f"/channels/{leg}{verb}", **params) is not None

    async def _add(self, bridge: str, leg: str) -> bool:
        try:
            return await self.ari.post(f"/bridges/{bridge}/addChannel", channel=leg) is not None
        except SwitchRefused as refusal:
            # This request alone says 400 for a channel that has gone.
            if _is_bad_request(refusal):
                return False
            raise


def _is_bad_request(refusal: SwitchRefused) -> bool:
    if refusal.status != BAD_REQUEST:
        raise refusal
    return True
