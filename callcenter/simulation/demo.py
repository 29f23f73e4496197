"""The demo's process: all stations but the printed one are answered here, drills left alone."""

import asyncio
import contextlib
import random
import signal
from collections.abc import Coroutine
from typing import Any

import structlog

from callcenter.settings import Settings
from callcenter.simulation.api import Api, Heard, Refused, Unreachable
from callcenter.simulation.behaviour import FRIENDLY, Behaviour, Tempo, dealt
from callcenter.simulation.station import Nobody, Player, simulated_places

log = structlog.get_logger()

TOKEN_FILE = "simulation.token"


async def serve(settings: Settings) -> None:
    """Play until SIGTERM or SIGINT."""
    token = (settings.data_dir / TOKEN_FILE).read_text()
    async with Api(settings.local_url, token) as api:
        playing = asyncio.create_task(_Demo(api).play())
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, playing.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await playing


class _Demo:
    def __init__(self, api: Api) -> None:
        self.api = api
        self.chance = random.Random()
        self.cards = dealt(FRIENDLY, self.chance)
        self.player = Player(
            api, Tempo(think_s=(4.0, 12.0), compression=60), self.chance, Nobody(), {}
        )
        self.tasks: set[asyncio.Task[None]] = set()

    async def play(self) -> None:
        """What is open already, then everything new."""
        self.player.places = await simulated_places(self.api)
        await self._take_up()
        async for heard in self.api.feed():
            if heard.kind == "offer.made" and heard.station_id in self.player.places:
                self._begin(self._answer(heard))

    async def _take_up(self) -> None:
        """Journeys and offers that an earlier run of this process left."""
        async for ticket in self.api.pages("/api/v1/tickets", kind="rescue", live="true"):
            if ticket["drill"]:
                continue
            rescue = await self.api.get(f"/api/v1/rescues/{ticket['id']}")
            for offer in rescue["offers"]:
                if offer["state"] == "offered" and offer["station_id"] in self.player.places:
                    self._begin(self.player.play(offer["id"], Behaviour.ACCEPT))
            for dispatch in rescue["dispatches"]:
                if dispatch["ended_at"] is None and dispatch["station_id"] in self.player.places:
                    self._begin(self.player.travel(dispatch, Behaviour.ACCEPT))

    async def _answer(self, heard: Heard) -> None:
        ticket = await self.api.get(f"/api/v1/tickets/{heard.ticket_id}")
        if not ticket["drill"]:
            await self.player.play(heard.facts["offer_id"], next(self.cards))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._quietly(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (Refused, Unreachable) as failure:
            log.info("simulated_station_gave_up", reason=str(failure))
