"""The stage: one feed, the simulated stations, and the rescues that wait for their news."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.tally import Tally
from callcenter.simulation.api import Api, Heard, Refused, Unreachable
from callcenter.simulation.behaviour import REHEARSED, Tempo, dealt
from callcenter.simulation.station import Player, simulated_places

STATION_GONE = {"cancelled", "reassigned"}


class Stage:
    """Hears the feed; plays the stations of our own rescues; passes news on by ticket."""

    def __init__(self, api: Api, tally: Tally, referee: Referee, seed: int, tempo: Tempo) -> None:
        self.api = api
        self.tally = tally
        self.referee = referee
        self.chance = random.Random(seed)
        self.player = Player(api, tempo, self.chance, self, {})
        self.news: dict[str, asyncio.Queue[Heard]] = {}
        self.offered_at: dict[str, float] = {}
        self._cards = dealt(REHEARSED, self.chance)
        self._tasks: set[asyncio.Task[None]] = set()
        self._clock = asyncio.get_running_loop().time

    async def prepare(self) -> None:
        """Find out which stations may be played."""
        self.player.places = await simulated_places(self.api)

    def expect(self, ticket_id: str) -> "asyncio.Queue[Heard]":
        """From now on this rescue is ours: its offers are played, its news kept."""
        return self.news.setdefault(ticket_id, asyncio.Queue())

    async def listen(self) -> None:
        """Until cancelled."""
        async for heard in self.api.feed():
            if heard.ticket_id in self.news:
                self._hear(heard)

    async def keep_time(self) -> None:
        """The stations' clocks: an offer past its deadline is read back. Until cancelled."""
        while True:
            await asyncio.sleep(0.25)
            for offer_id in self.referee.due_for_a_look(self._clock()):
                told = await self.api.get(f"/api/v1/offers/{offer_id}")
                self.referee.found_late(told["offer"]["state"])
                self.tally.counts["expired"] += told["offer"]["state"] == "expired"

    def heard_offer(self, offer: dict[str, Any], seconds_left: float) -> None:
        """A station has read its offer."""
        if offer["state"] == "offered":
            self.referee.offer_open(offer["id"], self._clock() + seconds_left)

    def holds(self, ticket_id: str, station_id: str, dispatch_id: str) -> None:
        """A station was told that it holds the rescue."""
        self.referee.holds(ticket_id, station_id, dispatch_id)
        if ticket_id in self.offered_at:
            waited = self._clock() - self.offered_at.pop(ticket_id)
            self.tally.offer_to_accept_s.append(waited)

    def lets_go(self, ticket_id: str, station_id: str) -> None:
        """A station no longer believes that it holds the rescue."""
        self.referee.lets_go(ticket_id, station_id)

    def did(self, what: str) -> None:
        """A station declined, handed back or lost its line."""
        self.tally.counts[what] += 1

    def _hear(self, heard: Heard) -> None:
        assert heard.ticket_id is not None
        if heard.kind == "offer.made" and heard.station_id in self.player.places:
            self.offered_at.setdefault(heard.ticket_id, self._clock())
            self.begin(self.player.play(heard.facts["offer_id"], next(self._cards)))
        elif heard.kind in ("offer.ended", "offer.accepted"):
            self.referee.offer_ended(heard.facts["offer_id"])
            self.tally.counts["expired"] += heard.facts.get("state") == "expired"
        elif heard.kind == "dispatch.moved" and heard.facts["stage"] in STATION_GONE:
            self.referee.lets_go(heard.ticket_id, str(heard.station_id))
        self.news[heard.ticket_id].put_nowait(heard)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """A station's play, beside everything else."""
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Nobody plays on after the end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (Refused, Unreachable):
        return
