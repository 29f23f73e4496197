"""One rehearsed rescue: the agent's part, from the ringing phone to the closed ticket."""

import asyncio
import time
from typing import Any

from callcenter.ids import new_id
from callcenter.rehearsal.saying import Point, near, sentence
from callcenter.rehearsal.stage import Stage
from callcenter.simulation.api import Heard, Refused

FAULTS = ("flat_tyre", "dead_battery", "out_of_fuel", "locked_out", "engine", "unknown")
ENDED = frozenset({"resolved", "closed", "cancelled", "merged"})
LADDER_ALARMS = frozenset({"rescue_nobody_left", "rescue_not_accepted"})


async def play_rescue(stage: Stage, number: int) -> None:
    """Ring, open, confirm, follow, close. Raises Refused or Unreachable when it cannot go on."""
    ticket_id, news = await _call_comes_in(stage, number)
    await _confirm_place(stage, ticket_id)
    await _follow(stage, ticket_id, news)
    await stage.api.post(f"/api/v1/tickets/{ticket_id}/closure")
    stage.closed(ticket_id)


async def _call_comes_in(stage: Stage, number: int) -> tuple[str, "asyncio.Queue[Heard]"]:
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
    news = stage.opened(ticket["id"], ticket["number"])
    await stage.api.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})
    return ticket["id"], news


async def _confirm_place(stage: Stage, ticket_id: str) -> None:
    """What the caller says about the place, in one of many forms; what it leaves open is asked
    and answered, and words that give no place are followed by a pin. With danger to life the
    proposal itself confirms it, so that the clock runs from there; otherwise it begins anew."""
    station = stage.chance.choice(sorted(stage.player.places.values()))
    form, text = sentence(stage.chance, len(stage.player.places), station)
    stage.confirming(ticket_id)
    said = await stage.api.post(f"/api/v1/tickets/{ticket_id}/sayings", {"text": text})
    stage.tally.counts[f"said_{form}"] += 1
    place = said["place"] or await _pin(stage, ticket_id, station)
    if place["state"] == "proposed" and "ask_direction" in place["doubts"]:
        stage.confirming(ticket_id)
        place = await stage.api.post(
            f"/api/v1/tickets/{ticket_id}/places/{place['id']}/direction", {"towards": "上行"}
        )
    if place["state"] == "proposed":
        stage.confirming(ticket_id)
        await stage.api.post(
            f"/api/v1/tickets/{ticket_id}/places/{place['id']}/confirmation",
            {"reason": "rehearsal"},
        )


async def _pin(stage: Stage, ticket_id: str, station: Point) -> Any:
    stage.tally.counts["asked_back"] += 1
    lat, lon = near(stage.chance, station)
    pin = {"lat": lat, "lon": lon, "words": "演练地点"}
    stage.confirming(ticket_id)
    return await stage.api.post(f"/api/v1/tickets/{ticket_id}/places", pin)


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
    await _try(stage, f"/api/v1/alarms/{heard.facts['alarm_id']}/acceptance")
    if heard.facts["alarm_kind"] == "rescue_nobody_left":
        await _try(stage, f"/api/v1/rescues/{ticket_id}/new-round")


async def _try(stage: Stage, path: str) -> None:
    """409: a station accepted between the alarm and its taking, or a colleague took it."""
    try:
        await stage.api.post(path)
    except Refused as refusal:
        if refusal.status != 409:
            raise
