"""Who would come: the choice beforehand, that asks nobody."""

from datetime import datetime

from callcenter.db.transaction import Tx
from callcenter.routing.candidates import Spot, gather, nearest, reach_of
from callcenter.routing.choose import Choice, Need, Rung, choose
from callcenter.settings import RoutingSettings

PREVIEWED = 10


async def preview(
    tx: Tx, spot: Spot, need: Need, settings: RoutingSettings, *, at: datetime | None = None
) -> tuple[Rung, Choice]:
    """Who would be asked at this place with these needs and at this time (now, when not given):
    the first rung that has somebody, the first ten of it."""
    reach = reach_of(settings, spot.province)
    widest_km = max(reach.within_m.values()) / 1000
    then = await gather(tx, spot, widest_km, at=at) if at else None
    for rung in reach.within_m:
        if then is None:
            near = (await nearest(tx, spot, need, rung, reach, count=PREVIEWED)).candidates
        else:
            near = then
        choice = choose(near, need, rung, reach)
        if choice.ranked:
            return rung, choice
    everyone = await gather(tx, spot, widest_km) if then is None else then
    return Rung.ALARM, choose(everyone, need, Rung.NEAR, reach)
