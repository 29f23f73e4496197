"""One rehearsed rescue: the agent's part, from the ringing phone to the closed ticket."""

import asyncio
import random
import time
from math import cos, radians, sin, tau

from callcenter.ids import new_id
from callcenter.rehearsal.stage import Stage
from callcenter.simulation.api import Heard, Refused

FAULTS = ("flat_tyre", "dead_battery", "out_of_fuel", "locked_out", "engine", "unknown")
ENDED = frozenset({"resolved", "closed", "cancelled"})
LADDER_ALARMS = frozenset({"rescue_nobody_left", "rescue_not_accepted"})


async def play_rescue(stage: Stage, number: int, patience_s: float) -> None:
    """Ring, open, confirm, follow, close. Raises Refused or TimeoutError when it cannot end."""
    ticket_id = await _call_comes_in(stage, number)
    news = stage.expect(ticket_id)
    await _confirm_place(stage, ticket_id)
    async with asyncio.timeout(patience_s):
        await _follow(stage, ticket_id, news)
    await stage.api.post(f"/api/v1/tickets/{ticket_id}/closure")
    stage.tally.counts["closed"] += 1


async def _call_comes_in(stage: Stage, number: int) -> str:
    began = time.monotonic()
    caller = f"+86130{stage.chance.randrange(10**8):08d}"
    ringing = await stage.api.post(
        "/api/v1/calls", {"carrier_ref": f"rehearsal-{new_id()}", "caller": caller}
    )
    call_id = ringing["call"]["id"]
    await stage.api.post(f"/api/v1/calls/{call_id}/answer")
    ticket = await stage.api.post(
        f"/api/v1/calls/{call_id}/tickets",
        {
            "kind": "rescue",
            "drill": True,
            "summary": f"演练 rehearsal {number}",
            "expressway": stage.chance.random() < 0.15,
            "danger": stage.chance.random() < 0.03,
            "particulars": {"fault": stage.chance.choice(FAULTS)},
        },
    )
    stage.tally.call_to_ticket_ms.append((time.monotonic() - began) * 1000)
    stage.referee.ticket_acknowledged(ticket["id"], ticket["number"])
    await stage.api.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})
    return str(ticket["id"])


async def _confirm_place(stage: Stage, ticket_id: str) -> None:
    """A place some kilometres from a simulated station; the clock runs until an offer is heard."""
    lat, lon = _near(stage.chance, stage.chance.choice(sorted(stage.player.places.values())))
    place = await stage.api.post(
        f"/api/v1/tickets/{ticket_id}/places", {"lat": lat, "lon": lon, "words": "演练地点"}
    )
    began = time.monotonic()
    if place["state"] == "proposed":
        await stage.api.post(
            f"/api/v1/tickets/{ticket_id}/places/{place['id']}/confirmation",
            {"reason": "rehearsal"},
        )
    stage.begin(_time_first_offer(stage, ticket_id, began))


async def _time_first_offer(stage: Stage, ticket_id: str, began: float) -> None:
    loop_began = asyncio.get_running_loop().time() - (time.monotonic() - began)
    while ticket_id not in stage.offered_at:
        await asyncio.sleep(0.01)
    waited = stage.offered_at[ticket_id] - loop_began
    stage.tally.location_to_offer_ms.append(waited * 1000)


async def _follow(stage: Stage, ticket_id: str, news: "asyncio.Queue[Heard]") -> None:
    """Until the car is safe. An alarm is taken, and the asking begun anew."""
    alarmed = False
    while True:
        heard = await news.get()
        if heard.kind == "ticket.moved" and heard.facts["stage"] in ENDED:
            return
        if heard.kind == "alarm.raised" and heard.facts["alarm_kind"] in LADDER_ALARMS:
            stage.tally.counts["alarmed"] += not alarmed
            alarmed = True
            await _take_alarm(stage, ticket_id, heard)


async def _take_alarm(stage: Stage, ticket_id: str, heard: Heard) -> None:
    try:
        await stage.api.post(f"/api/v1/alarms/{heard.facts['alarm_id']}/acceptance")
        if heard.facts["alarm_kind"] == "rescue_nobody_left":
            await stage.api.post(f"/api/v1/rescues/{ticket_id}/new-round")
    except Refused:
        # Somebody accepted between the alarm and its taking.
        return


def _near(chance: random.Random, station: tuple[float, float]) -> tuple[float, float]:
    away_km, angle = chance.uniform(1, 12), chance.uniform(0, tau)
    lat = station[0] + away_km / 111 * sin(angle)
    lon = station[1] + away_km / 111 * cos(angle) / cos(radians(station[0]))
    return round(lat, 6), round(lon, 6)
