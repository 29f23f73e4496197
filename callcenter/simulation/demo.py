"""The demo's process: all stations but the printed one are answered here, drills left alone."""

import asyncio
import contextlib
import random
import signal
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from callcenter.settings import Settings
from callcenter.simulation.api import HELLO, RESET, Api, Refused, Unreachable
from callcenter.simulation.behaviour import FRIENDLY, Behaviour, Tempo, drawn
from callcenter.simulation.station import Nobody, Player, simulated_places

Work = Callable[[], Awaitable[None]]

log = structlog.get_logger()

TOKEN_FILE = "simulation.token"
LOOK_AGAIN_S = 20.0
LEISURELY = Tempo(think_s=(4.0, 12.0), compression=60)


async def serve(settings: Settings) -> None:
    """Play until SIGTERM or SIGINT, or until the token is refused: the next start has a new one."""
    token = (settings.data_dir / TOKEN_FILE).read_text()
    async with Api(settings.local_url, token) as api:
        playing = asyncio.create_task(Demo(api).play())
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, playing.cancel)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await playing
        except Refused as refusal:
            log.error("simulation_refused", reason=str(refusal))


class Demo:
    """Plays what is open, whoever left it, and what comes; one play for each offer at a time.

    What it was told is only the occasion to look: news that was missed, a service that was away
    and a step that was refused cost time, never a rescue.
    """

    def __init__(self, api: Api, tempo: Tempo = LEISURELY, look_again_s: float = LOOK_AGAIN_S):
        self.api = api
        self.player = Player(api, tempo, random.Random(), Nobody(), {})
        self.look_again_s = look_again_s
        self._occasion = asyncio.Event()
        self._in_hand: dict[str, asyncio.Task[None]] = {}

    async def play(self) -> None:
        """Until cancelled; raises Refused when it may not listen."""
        looking = asyncio.create_task(self._keep_looking())
        try:
            await self._listen()
        finally:
            left = [looking, *self._in_hand.values()]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _listen(self) -> None:
        async for heard in self.api.feed():
            if heard.kind in (HELLO, RESET):
                self._occasion.set()
            elif (
                heard.kind in ("offer.made", "offer.accepted")
                and heard.station_id in self.player.places
            ):
                self._begin(
                    f"ticket {heard.ticket_id}", partial(self._look_at, str(heard.ticket_id))
                )

    async def _keep_looking(self) -> None:
        while True:
            self._occasion.clear()
            await _quietly(self._look_around)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._occasion.wait(), self.look_again_s)

    async def _look_around(self) -> None:
        self.player.places.update(await simulated_places(self.api))
        async for ticket in self.api.pages("/api/v1/tickets", kind="rescue", live="true"):
            if not ticket["drill"]:
                await _quietly(partial(self._take_up, ticket["id"]))

    async def _look_at(self, ticket_id: str) -> None:
        ticket = await self.api.get(f"/api/v1/tickets/{ticket_id}")
        if not ticket["drill"]:
            await self._take_up(ticket_id)

    async def _take_up(self, ticket_id: str) -> None:
        """Every open offer and every journey of this rescue that no one plays yet."""
        rescue = await self.api.get(f"/api/v1/rescues/{ticket_id}")
        for offer in rescue["offers"]:
            if offer["state"] == "offered" and offer["station_id"] in self.player.places:
                behaviour = drawn(FRIENDLY, offer["id"])
                self._begin(offer["id"], partial(self.player.play, offer["id"], behaviour))
        for dispatch in rescue["dispatches"]:
            if dispatch["ended_at"] is None and dispatch["station_id"] in self.player.places:
                travels = partial(self.player.travel, dispatch, Behaviour.ACCEPT)
                self._begin(dispatch["offer_id"], travels)

    def _begin(self, what: str, work: Work) -> None:
        if what in self._in_hand:
            return
        task = self._in_hand[what] = asyncio.create_task(_quietly(work))
        task.add_done_callback(lambda _: self._in_hand.pop(what))


async def _quietly(work: Work) -> None:
    """What could not be done now is found again at the next look around."""
    try:
        await work()
    except (Refused, Unreachable) as failure:
        log.info("simulated_station_gave_up", reason=str(failure))
