"""The stage: one feed, the simulated stations, and the rescues that wait for their news."""

import asyncio
import contextlib
import random
from collections.abc import Coroutine
from typing import Any

from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.tally import Tally
from callcenter.simulation.api import HELLO, RESET, Api, Heard, Refused, Unreachable
from callcenter.simulation.behaviour import REHEARSED, Tempo, dealt
from callcenter.simulation.station import Player, simulated_places

STATION_GONE = {"cancelled", "reassigned"}
LOOK_AGAIN_S = 1.0
PUT_AWAY_S = 10.0


class NewsMissed(Exception):
    """The feed began anew: what happened in between was not heard."""


class Stage:
    """Hears the feed; plays the stations of our own rescues; passes news on by ticket."""

    def __init__(self, api: Api, tally: Tally, referee: Referee, seed: int, tempo: Tempo) -> None:
        self.api = api
        self.tally = tally
        self.referee = referee
        self.chance = random.Random(seed)
        self.player = Player(api, tempo, self.chance, self, {})
        self.hears = asyncio.Event()
        self.under_way: dict[str, str] = {}
        self._news: dict[str, asyncio.Queue[Heard]] = {}
        self._confirming_at: dict[str, float] = {}
        self._offered_at: dict[str, float] = {}
        self._accepted: set[str] = set()
        self._expired: set[str] = set()
        self.cards = dealt(REHEARSED, self.chance)
        self._tasks: set[asyncio.Task[None]] = set()
        self._looks: list[asyncio.Task[None]] = []
        self._clock = asyncio.get_running_loop().time

    async def prepare(self) -> None:
        """Find out which stations may be played."""
        self.player.places = await simulated_places(self.api)

    def opened(self, ticket_id: str, number: str) -> "asyncio.Queue[Heard]":
        """From now on this rescue is ours: its offers are played, its news kept."""
        self.referee.ticket_acknowledged(ticket_id, number)
        self.under_way[ticket_id] = number
        return self._news.setdefault(ticket_id, asyncio.Queue())

    def confirming(self, ticket_id: str) -> None:
        """The request that may confirm the place goes out now; the last one counts."""
        self._confirming_at[ticket_id] = self._clock()

    def closed(self, ticket_id: str) -> None:
        """The agent was told that the ticket is closed."""
        self.tally.counts["closed"] += 1
        del self.under_way[ticket_id]

    async def listen(self) -> None:
        """Until cancelled; raises Refused when we may not listen, NewsMissed after a gap."""
        async for heard in self.api.feed():
            if heard.kind == HELLO:
                self.hears.set()
            elif heard.kind == RESET:
                raise NewsMissed("the feed was reset")
            elif heard.ticket_id in self._news:
                self._hear(heard)

    async def keep_time(self) -> None:
        """The stations' clocks: an offer past its deadline is read back. Until cancelled."""
        while True:
            for offer_id in self.referee.due_for_a_look(self._clock()):
                self._looks.append(self._begin(self._look_at_late(offer_id)))
            await asyncio.sleep(0.25)

    async def looked(self) -> None:
        """When every look at a late offer has been taken."""
        await asyncio.gather(*self._looks)

    def heard_offer(self, offer: dict[str, Any], seconds_left: float) -> None:
        """A station has read its offer."""
        if offer["state"] == "offered":
            self.referee.offer_open(offer["id"], self._clock() + seconds_left)

    def holds(self, dispatch: dict[str, Any], asked_at: float) -> None:
        """A station was told that it holds the rescue."""
        ticket_id = dispatch["ticket_id"]
        self.referee.accepted(dispatch["offer_id"], asked_at)
        self.referee.holds(ticket_id, dispatch["station_id"], dispatch["id"])
        if ticket_id not in self._accepted:
            self._accepted.add(ticket_id)
            self.tally.offer_to_accept_s.append(self._clock() - self._offered_at[ticket_id])

    def lets_go(self, ticket_id: str, station_id: str) -> None:
        """A station no longer believes that it holds the rescue."""
        self.referee.lets_go(ticket_id, station_id)

    def did(self, what: str) -> None:
        """A station declined, handed back or lost its line."""
        self.tally.counts[what] += 1

    async def end(self) -> None:
        """Nobody plays on after the end; drills that did not end leave no alarms and no trucks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PUT_AWAY_S):
                await asyncio.gather(*map(self._put_away, self.under_way))

    def _hear(self, heard: Heard) -> None:
        assert heard.ticket_id is not None
        if heard.kind == "offer.made" and heard.station_id in self.player.places:
            self._time_first_offer(heard.ticket_id)
            self._begin(self.player.play(heard.facts["offer_id"], next(self.cards)))
        elif heard.kind in ("offer.ended", "offer.accepted"):
            self.referee.offer_ended(heard.facts["offer_id"])
            self._ended_as(heard.facts["offer_id"], heard.facts.get("state"))
        elif heard.kind == "dispatch.moved" and heard.facts["stage"] in STATION_GONE:
            self.referee.lets_go(heard.ticket_id, str(heard.station_id))
        self._news[heard.ticket_id].put_nowait(heard)

    def _time_first_offer(self, ticket_id: str) -> None:
        if ticket_id in self._offered_at:
            return
        self._offered_at[ticket_id] = now = self._clock()
        self.tally.location_to_offer_ms.append((now - self._confirming_at[ticket_id]) * 1000)

    async def _look_at_late(self, offer_id: str) -> None:
        """Twice: a machine that stood still for a moment is no offer that does not end."""
        state = await self._state_of(offer_id)
        if state == "offered":
            await asyncio.sleep(LOOK_AGAIN_S)
            state = await self._state_of(offer_id)
        self.referee.found_late(offer_id, state)
        self._ended_as(offer_id, state)

    async def _state_of(self, offer_id: str) -> str:
        return str((await self.api.get(f"/api/v1/offers/{offer_id}"))["offer"]["state"])

    def _ended_as(self, offer_id: str, state: str | None) -> None:
        """By the feed, by a look, or by both: an offer expires once."""
        if state == "expired":
            self._expired.add(offer_id)
            self.tally.counts["expired"] = len(self._expired)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(self._noting_failure(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _noting_failure(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (Refused, Unreachable) as failure:
            self.tally.missed.append(f"a station could not go on: {failure}")

    async def _put_away(self, ticket_id: str) -> None:
        with contextlib.suppress(Refused, Unreachable):
            path = f"/api/v1/rescues/{ticket_id}/cancellation"
            await self.api.post(path, {"reason": "rehearsal ended"})
