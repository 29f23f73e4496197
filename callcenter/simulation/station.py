"""One simulated station with one offer: it thinks, answers, and its technician travels."""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from callcenter.simulation.api import Api, Refused
from callcenter.simulation.behaviour import DECLINE_REASONS, Behaviour, Tempo

POSITIONS = 4


class Witness(Protocol):
    """Hears what the station was told, as it was told."""

    def heard_offer(self, offer: dict[str, Any], seconds_left: float) -> None: ...
    def holds(self, dispatch: dict[str, Any], asked_at: float) -> None: ...
    def lets_go(self, ticket_id: str, station_id: str) -> None: ...
    def did(self, what: str) -> None: ...


class Nobody:
    """A witness that keeps nothing: the demo's."""

    def heard_offer(self, offer: dict[str, Any], seconds_left: float) -> None: ...
    def holds(self, dispatch: dict[str, Any], asked_at: float) -> None: ...
    def lets_go(self, ticket_id: str, station_id: str) -> None: ...
    def did(self, what: str) -> None: ...


@dataclass
class Player:
    """Plays offers and journeys of simulated stations.

    A verb raises Refused or Unreachable when the station cannot go on.
    """

    api: Api
    tempo: Tempo
    chance: random.Random
    witness: Witness
    places: dict[str, tuple[float, float]]

    async def play(self, offer_id: str, behaviour: Behaviour) -> None:
        """From the offer to the end of what this station has to do with it."""
        told = await self.api.get(f"/api/v1/offers/{offer_id}")
        self.witness.heard_offer(told["offer"], told["seconds_left"])
        if told["offer"]["state"] != "offered" or behaviour is Behaviour.SILENT:
            return
        await self.api.post(f"/api/v1/offers/{offer_id}/sight")
        if behaviour is Behaviour.LOSE_LINE and self.chance.random() < 0.5:
            await self._answer_too_late(told)
            return
        await asyncio.sleep(self.chance.uniform(*self.tempo.think_s))
        if behaviour is Behaviour.DECLINE:
            await self._decline(offer_id, self.chance.choice(DECLINE_REASONS))
        else:
            await self._accept(told, behaviour)

    async def travel(self, dispatch: dict[str, Any], behaviour: Behaviour) -> None:
        """Departed, on the way, arrived, done; or handed back, or out of reach for a while."""
        while dispatch["ended_at"] is None:
            try:
                dispatch = await self._step(dispatch, behaviour)
            except Refused:
                # Cancelled, taken away, or moved on by somebody else: then one goes on from there.
                now = await self.api.get(_path(dispatch))
                if now["stage"] == dispatch["stage"]:
                    raise
                dispatch = now
        self.witness.lets_go(dispatch["ticket_id"], dispatch["station_id"])

    async def _decline(self, offer_id: str, reason: str) -> None:
        try:
            await self.api.post(f"/api/v1/offers/{offer_id}/decline", {"reason": reason})
            self.witness.did("declined")
        except Refused:
            return

    async def _answer_too_late(self, told: dict[str, Any]) -> None:
        """The line goes before the answer; it comes back when the offer is over."""
        self.witness.did("line_lost")
        await asyncio.sleep(told["seconds_left"] + 1.0)
        await self._accept(told, Behaviour.ACCEPT)

    async def _accept(self, told: dict[str, Any], behaviour: Behaviour) -> None:
        offer = told["offer"]
        eta = max(5, round(offer["distance_m"] / 1000 / 50 * 60))
        asked_at = asyncio.get_running_loop().time()
        try:
            dispatch = await self.api.post(
                f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": min(eta, 240)}
            )
        except Refused as refusal:
            if refusal.code in ("truck_taken", "truck_unfit"):
                await self._decline(offer["id"], "trucks_busy")
            return
        self.witness.holds(dispatch, asked_at)
        await self.travel(dispatch, behaviour)

    async def _step(self, dispatch: dict[str, Any], behaviour: Behaviour) -> Any:
        """The next step of the journey; answers with the dispatch as it stands then."""
        if dispatch["stage"] == "accepted":
            return await self.api.post(f"{_path(dispatch)}/departure")
        if dispatch["stage"] == "arrived":
            await asyncio.sleep(self.chance.uniform(*self.tempo.on_site_s))
            self.witness.lets_go(dispatch["ticket_id"], dispatch["station_id"])
            return await self.api.post(f"{_path(dispatch)}/completion", {"outcome": "repaired"})
        if behaviour is Behaviour.HAND_BACK:
            return await self._hand_back(dispatch)
        if behaviour is Behaviour.LOSE_LINE:
            self.witness.did("line_lost")
            await asyncio.sleep(self.chance.uniform(*self.tempo.line_lost_s))
        await self._drive(dispatch)
        return await self.api.post(f"{_path(dispatch)}/arrival")

    async def _hand_back(self, dispatch: dict[str, Any]) -> Any:
        await asyncio.sleep(self.chance.uniform(1, 3))
        self.witness.lets_go(dispatch["ticket_id"], dispatch["station_id"])
        path = f"{_path(dispatch)}/hand-back"
        handed_back = await self.api.post(path, {"reason": "vehicle_fault"})
        self.witness.did("handed_back")
        return handed_back

    async def _drive(self, dispatch: dict[str, Any]) -> None:
        told = await self.api.get(f"/api/v1/offers/{dispatch['offer_id']}")
        here = self.places[dispatch["station_id"]]
        there = told["job"]["place"]["lat"], told["job"]["place"]["lon"]
        pause = self.tempo.travel_s(told["offer"]["distance_m"]) / POSITIONS
        for step in range(1, POSITIONS + 1):
            await asyncio.sleep(pause)
            part = step / (POSITIONS + 1)
            await self.api.post(
                f"{_path(dispatch)}/positions",
                {
                    "lat": here[0] + (there[0] - here[0]) * part,
                    "lon": here[1] + (there[1] - here[1]) * part,
                    "accuracy_m": 10.0,
                    "fixed_at": datetime.now(UTC).isoformat(),
                },
            )


def _path(dispatch: dict[str, Any]) -> str:
    return f"/api/v1/dispatches/{dispatch['id']}"


async def simulated_places(api: Api) -> dict[str, tuple[float, float]]:
    """Where the simulated stations are, by id."""
    return {
        station["id"]: (station["lat"], station["lon"])
        async for station in api.pages("/api/v1/stations", simulated="true", limit="200")
    }
