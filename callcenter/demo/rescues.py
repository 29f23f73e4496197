"""A made-up rescue of the past: place, offer and dispatch until the car is safe."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.demo.life import Life
from callcenter.demo.load import ACTOR
from callcenter.demo.rows import Rows
from callcenter.demo.told import REPAIRED
from callcenter.places.distance import WGS84
from callcenter.places.model import Datum, Source
from callcenter.routing.choose import Rung
from callcenter.routing.events import DispatchMoved, OfferAccepted, OfferMade, OfferSeen
from callcenter.routing.journey import TICKET_STAGE
from callcenter.routing.model import DispatchStage, OfferState
from callcenter.settings import RoutingSettings, TicketSettings
from callcenter.stations.model import Station
from callcenter.tickets.events import PlaceConfirmed, PlaceProposed
from callcenter.tickets.model import Stage

LONGEST = timedelta(days=2)
"""From the call to the closed ticket."""

KM_PER_MINUTE = 0.6
ROUTING, TICKETS = RoutingSettings(), TicketSettings()


def help_came(life: Life, rows: Rows, stations: Sequence[Station], chance: random.Random) -> None:
    """The nearest station is asked, accepts, drives, helps; a day later the ticket is closed."""
    rescue = _Rescue(life, rows, chance.choice(stations), chance.uniform(1, 30), chance)
    accepted = rescue.is_asked(rescue.confirm_place())
    done = rescue.drive(accepted)
    life.move(done + _s(TICKETS.close_resolved_s), Stage.CLOSED, "system")


@dataclass
class _Rescue:
    """One rescue by one station, so many kilometres away."""

    life: Life
    rows: Rows
    station: Station
    km: float
    chance: random.Random
    offer_id: UUID | None = None

    def confirm_place(self) -> datetime:
        """A pin on the map, so far from the station as was said; when it was confirmed."""
        life, station = self.life, self.station
        towards = self.chance.uniform(0, 360)
        lon, lat, _ = WGS84.fwd(station.lon, station.lat, towards, self.km * 1000)
        named = life.opened_at + _s(20)
        confirmed = named + _s(self.chance.randint(10, 100))
        life.place_id, life.version = self.rows.new_id(named), life.version + 1
        self.rows.add(
            "ticket_places",
            *(life.place_id, life.id, lat, lon, Source.AGENT_PIN.value, Datum.WGS84.value),
            *(station.province, "confirmed", life.actor, confirmed, named),
        )
        place: dict[str, Any] = {"ticket_id": life.id, "place_id": life.place_id}
        life.tell(named, PlaceProposed(**place, doubts=[]))
        life.tell(confirmed, PlaceConfirmed(**place, uncertain=False))
        life.move(confirmed, Stage.DISPATCHING, "system")
        return confirmed

    def is_asked(self, at: datetime) -> datetime:
        """The offer, and when it was accepted."""
        life, station, near = self.life, self.station, Rung.NEAR.value
        self.offer_id = self.rows.new_id(at)
        seen, accepted = at + _s(3), at + _s(self.chance.randint(5, 40))
        deadline = at + _s(ROUTING.acceptance_deadline_s)
        runs_out = at + _s(ROUTING.offer_lifetime_s)
        self.rows.add(
            "ladders", life.id, life.place_id, near, life.expressway, at, deadline, accepted
        )
        self.rows.add(
            "offers",
            *(self.offer_id, life.id, station.id, life.place_id, 1, near, self.km * 1000),
            *("system", OfferState.ACCEPTED.value, at, runs_out, seen, accepted, ACTOR),
        )
        offer: dict[str, Any] = {"ticket_id": life.id, "offer_id": self.offer_id}
        life.tell(at, OfferMade(**offer, rung=near), "system", station_id=station.id)
        life.tell(seen, OfferSeen(**offer), ACTOR, station_id=station.id)
        return accepted

    def drive(self, accepted: datetime) -> datetime:
        """Departed, arrived, done: the dispatch and the ticket move together; when it was done."""
        life, chance, station_id = self.life, self.chance, self.station.id
        dispatch_id, truck = self.rows.new_id(accepted), chance.choice(self.station.trucks)
        departed = accepted + _s(chance.randint(60, 600))
        arrived = departed + timedelta(minutes=self.km / KM_PER_MINUTE)
        done = arrived + timedelta(minutes=chance.randint(10, 70))
        outcome = chance.choice(REPAIRED)
        dispatch: dict[str, Any] = {"ticket_id": life.id, "dispatch_id": dispatch_id}
        life.move(accepted, Stage.ASSIGNED, ACTOR)
        taken = OfferAccepted(**dispatch, offer_id=self.offer_id, by_phone=False)
        life.tell(accepted, taken, ACTOR, station_id=station_id)
        for at, to, reason in (
            (departed, DispatchStage.DEPARTED, None),
            (arrived, DispatchStage.ARRIVED, None),
            (done, DispatchStage.DONE, outcome),
        ):
            stage = TICKET_STAGE[to]
            life.move(at, stage, ACTOR, reason)
            moved = DispatchMoved(**dispatch, stage=to, reason=reason, ticket_stage=stage)
            life.tell(at, moved, ACTOR, station_id=station_id)
        self.rows.add(
            "dispatches",
            *(dispatch_id, life.id, self.offer_id, station_id, truck.id),
            *(DispatchStage.DONE.value, arrived, accepted, departed, arrived, done, outcome),
            *(done, 4),
        )
        return done


def _s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
