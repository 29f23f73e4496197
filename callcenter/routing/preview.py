"""Who would come: the choice beforehand, that asks nobody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.places.travel.router import travel_seconds
from callcenter.routing.candidates import MEASURED, Spot, gather, nearest, reach_of
from callcenter.routing.choose import Choice, Need, Rung, Travel, by_travel_time, choose
from callcenter.routing.travel import router_of
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations

PREVIEWED = 10


async def preview(
    tx: Tx, spot: Spot, need: Need, settings: RoutingSettings, *, at: datetime | None = None
) -> tuple[Rung, Choice]:
    """Who would be asked at this place with these needs and at this time (now, when not given):
    the first rung that has somebody, the first ten of it; where a router is set, all that it
    would measure."""
    count = MEASURED if settings.travel.url else PREVIEWED
    reach = reach_of(settings, spot.province)
    widest_km = max(reach.within_m.values()) / 1000
    then = await gather(tx, spot, widest_km, at=at) if at else None
    for rung in reach.within_m:
        if then is None:
            near = (await nearest(tx, spot, need, rung, reach, count=count)).candidates
        else:
            near = then
        choice = choose(near, need, rung, reach)
        if choice.ranked:
            return rung, choice
    everyone = await gather(tx, spot, widest_km) if then is None else then
    return Rung.ALARM, choose(everyone, need, Rung.NEAR, reach)


async def preview_by_road(
    database: Database,
    spot: Spot,
    need: Need,
    settings: RoutingSettings,
    *,
    at: datetime | None = None,
) -> tuple[Rung, Choice]:
    """As `preview`, the quickest first where a router is set and answers in its time: it is asked
    between two transactions, and what it says is not kept."""

    async def look(tx: Tx) -> tuple[Rung, Choice, dict[UUID, tuple[float, float]]]:
        rung, choice = await preview(tx, spot, need, settings, at=at)
        able = [one.station_id for one in choice.ranked[:MEASURED]] if router else []
        known = await stations.by_ids(tx, able)
        return rung, choice, {one: (known[one].lat, known[one].lon) for one in able}

    router = router_of(settings.travel)
    rung, choice, origins = await database.run(look, readonly=True)
    if router is None:
        return rung, choice
    seconds = await travel_seconds(
        router, (spot.lat, spot.lon), list(origins.values()), within_s=settings.travel.within_s
    )
    told = zip(origins, seconds, strict=True)
    times = {one: Travel(s, router.name) for one, s in told if s is not None}
    return rung, quickest_first(choice, times)


def quickest_first(choice: Choice, times: Mapping[UUID, Travel]) -> Choice:
    """The choice with the ways that were measured."""
    return replace(choice, ranked=tuple(by_travel_time(choice.ranked, times)))
