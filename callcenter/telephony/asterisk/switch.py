"""Asterisk as a switch: each call that rings gets its conversation; what went on without us is
adopted when we come."""

import asyncio
import secrets
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from callcenter.telephony.asterisk.ari import Ari, SwitchUnreachable
from callcenter.telephony.asterisk.ari_events import AriEvent, Channel, StasisStart
from callcenter.telephony.asterisk.ari_socket import AriSocket
from callcenter.telephony.asterisk.call import AsteriskCall
from callcenter.telephony.asterisk.clearing import clear, save_caller, surely
from callcenter.telephony.asterisk.heard import hear, subject_of
from callcenter.telephony.asterisk.naming import (
    BRIDGE,
    LEG,
    PLACED,
    SNOOP,
    call_of,
    kind_of,
    playback_names,
)
from callcenter.telephony.signals import LOST, Adopted, Rang
from callcenter.telephony.switch import CallOver, Conversation, LiveCall

log = structlog.get_logger()

ARRIVALS = ("ring", "phone")
"""The first argument that the dial plan gives to Stasis."""


class AsteriskSwitch:
    """`recordings`: the folder that Asterisk writes them to."""

    def __init__(
        self, ari: Ari, application: str, recordings: Path, conversation: Conversation
    ) -> None:
        self.ari = ari
        self.application = application
        self.recordings = recordings
        self.conversation = conversation
        self.calls: dict[str, AsteriskCall] = {}
        self.is_listening = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Until it is cancelled; calls then go on as they are, for whoever adopts them. Raises
        Replaced when another process has taken our place."""
        try:
            await AriSocket(self.ari, self.application).follow(self._opened, self._act)
        finally:
            self.is_listening.clear()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def place(self, conversation: Conversation) -> LiveCall:
        """A call that begins with us: its conversation dials."""
        return self._begin(
            AsteriskCall(f"{PLACED}{secrets.token_hex(6)}", self.ari, self.application),
            conversation,
        )

    async def _opened(self) -> None:
        """What is told only once was told before: look at all that lives."""
        channels = [Channel.model_validate(one) for one in await self._all("/channels")]
        bridges = [one["id"] for one in await self._all("/bridges")]
        alive = {channel.id for channel in channels}
        for call in list(self.calls.values()):
            for leg in [leg for leg in call.legs if leg not in alive]:
                call.left(leg, LOST)
        strangers = defaultdict(list)
        for channel in channels:
            if call_of(channel.id) not in self.calls and self._is_ours(channel):
                strangers[call_of(channel.id)].append(channel)
        for name, legs in strangers.items():
            legs.sort(key=lambda channel: kind_of(channel.id) == LEG)
            await self._adopt(name, legs, [one for one in bridges if call_of(one) == name])
        for bridge in bridges:
            if kind_of(bridge) == BRIDGE and call_of(bridge) not in self.calls:
                await self.ari.delete(f"/bridges/{bridge}")
        self.is_listening.set()

    async def _all(self, path: str) -> list[Any]:
        found = await self.ari.get(path)
        if found is None:
            # Its ARI is still being loaded: nothing is known of any call.
            raise SwitchUnreachable(path)
        return list(found)

    def _is_ours(self, channel: Channel) -> bool:
        return kind_of(channel.id) in (LEG, SNOOP) or channel.is_in(self.application)

    async def _adopt(self, name: str, channels: list[Channel], bridges: list[str]) -> None:
        call = AsteriskCall(name, self.ari, self.application)
        call.bridges += bridges
        for channel in channels:
            await self.ari.post(
                f"/applications/{self.application}/subscription",
                eventSource=f"channel:{channel.id}",
            )
            if kind_of(channel.id) == SNOOP:
                await self.ari.delete(f"/channels/{channel.id}")
            else:
                call.known.add(channel.id)
        await self._silence(name)
        first = channels[0]
        call.tell(Adopted(tuple(call.legs), tuple(bridges), first.caller_number, first.dialled))
        self._begin(call, self.conversation)

    async def _silence(self, call: str) -> None:
        """What our forerunner was saying is cut short: until its end a leg does nothing else."""
        names = playback_names(call)
        await asyncio.gather(*(self.ari.delete(f"/playbacks/{name}") for name in names))

    def _act(self, event: AriEvent) -> None:
        if isinstance(event, StasisStart) and event.args[:1] and event.args[0] in ARRIVALS:
            self._ring(event)
            return
        name = subject_of(event)
        call = self.calls.get(call_of(name))
        if call is not None and (not isinstance(event, StasisStart) or call.expects(name)):
            hear(call, event, self.recordings)
        elif isinstance(event, StasisStart):
            # It answered after its call was over, or was given up.
            self._later(surely(partial(self.ari.delete, f"/channels/{name}")))

    def _ring(self, event: StasisStart) -> None:
        channel = event.channel
        known = self.calls.get(channel.id)
        if known is not None and channel.id in known.legs:
            return
        # Known and not there: he was given back, and comes again.
        call = known or AsteriskCall(channel.id, self.ari, self.application)
        call.known.add(channel.id)
        kind, dialled = event.args[0], event.args[-1]
        call.tell(Rang(channel.id, channel.caller_number, dialled, kind == "phone"))
        if known is None:
            self._begin(call, self.conversation)

    def _begin(self, call: AsteriskCall, conversation: Conversation) -> AsteriskCall:
        self.calls[call.id] = call
        self._later(self._hold(call, conversation))
        return call

    async def _hold(self, call: AsteriskCall, conversation: Conversation) -> None:
        try:
            await conversation(call)
        except CallOver:
            pass
        except Exception:
            log.exception("conversation_failed", call=call.id)
            await save_caller(call)
        finally:
            self.calls.pop(call.id, None)
        await clear(call)

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
