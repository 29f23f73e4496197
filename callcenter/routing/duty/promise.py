"""The time of arrival that a station promises with one key, where a page would let it choose."""

import math

from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.model import Offer

SETTING_OUT_MINUTES = 10
ASSUMED_KMH = 40.0
STEP_MINUTES = 5
MOST_MINUTES = 240


async def minutes_to(tx: Tx, offer: Offer) -> int:
    """From now to the car: the way as it was measured, else by the distance."""
    rows = await repository.SQL.travel_times_to(tx.connection, place_id=offer.place_id)
    measured = {row["station_id"]: row["seconds"] for row in rows}
    return promised_minutes(offer.distance_m, measured.get(offer.station_id))


def promised_minutes(distance_m: float, measured_s: float | None) -> int:
    """With the time to set out, in steps that are easily said."""
    way = distance_m / 1000 / ASSUMED_KMH * 60 if measured_s is None else measured_s / 60
    steps = math.ceil((SETTING_OUT_MINUTES + way) / STEP_MINUTES)
    return min(steps * STEP_MINUTES, MOST_MINUTES)
