"""An offer as the station's page shows it, and what has come of it."""

from dataclasses import dataclass

from callcenter.places.distance import distance_m
from callcenter.places.model import OnRoad
from callcenter.places.roads.way import way_to
from callcenter.routing import reading, repository
from callcenter.routing.model import Dispatch, Offer
from callcenter.routing.towing import tows
from callcenter.routing.towing.tows import Tow, TowStage
from callcenter.routing.wire import StationOffer, TruckSeenOut
from callcenter.stations.model import Station
from callcenter.web.call import Call


@dataclass(frozen=True)
class Job:
    """An offer as the page shows it, and what has come of it."""

    offer: Offer
    told: StationOffer
    away_m: float
    dispatch: Dispatch | None
    truck: TruckSeenOut | None
    way: str
    tow: Tow | None = None

    @property
    def live(self) -> bool:
        """Whether this station holds the rescue now."""
        return self.dispatch is not None and self.dispatch.ended_at is None

    @property
    def concerned(self) -> bool:
        """Whether this station holds the rescue, or still has to deliver its car."""
        return self.live or (self.tow is not None and self.tow.stage is TowStage.IN_YARD)

    @property
    def was_corrected(self) -> bool:
        """Whether the place has changed since this station was asked, or since it accepted."""
        place = self.told.job.place
        since = self.dispatch.accepted_at if self.dispatch else self.offer.made_at
        confirmed_at = place.confirmed_at or place.created_at
        return place.id != self.offer.place_id and confirmed_at > since


async def job_of(call: Call, offer: Offer, station: Station) -> Job:
    """The job at the place that counts now, with the way to it."""
    told = await reading.station_offer(call.tx, offer)
    # From the place that counts now: the offer's own distance is that of the place it had
    place = told.job.place
    away_m = distance_m((station.lat, station.lon), (place.lat, place.lon))
    on_road = OnRoad(**place.on_road.model_dump()) if place.on_road else None
    way = await way_to(call.tx, call.language, on_road)
    if told.dispatch_id is None:
        return Job(offer, told, away_m, None, None, way)
    dispatch = await repository.get_dispatch(call.tx, told.dispatch_id)
    seen = await reading.last_seen(call.tx, dispatch.id)
    tow = await tows.tow_of_dispatch(call.tx, dispatch.id)
    return Job(offer, told, away_m, dispatch, seen, way, tow)
