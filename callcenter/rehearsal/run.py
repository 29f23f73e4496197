"""The whole rehearsal: rescues spread over time, then everything acknowledged is read back."""

import asyncio
import contextlib
from collections.abc import Callable

from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.rescue import play_rescue
from callcenter.rehearsal.stage import Stage
from callcenter.rehearsal.tally import Tally
from callcenter.simulation.api import Api, Refused, Unreachable
from callcenter.simulation.behaviour import Tempo

BETWEEN_S = 1.1
PATIENCE_S = 260.0
QUIET_S = 3.0

Show = Callable[[Tally, Referee], None]


class NothingToPlay(Exception):
    """There are no simulated stations: a drill would reach nobody."""


async def rehearse(
    api: Api,
    rescues: int,
    *,
    show: Show,
    seed: int = 0,
    between_s: float = BETWEEN_S,
    tempo: Tempo | None = None,
    patience_s: float = PATIENCE_S,
) -> tuple[Tally, Referee]:
    """Play so many rescues; raises NothingToPlay, Refused or Unreachable."""
    tally, referee = Tally(rescues), Referee()
    stage = Stage(api, tally, referee, seed, tempo or Tempo())
    await stage.prepare()
    if not stage.player.places:
        raise NothingToPlay
    beside = [
        asyncio.create_task(work)
        for work in (stage.listen(), stage.keep_time(), _keep_showing(show, tally, referee))
    ]
    try:
        await asyncio.sleep(0.5)
        await _play_all(stage, rescues, between_s, patience_s)
        await asyncio.sleep(QUIET_S)
        await _read_back(api, referee)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await stage.end()
    show(tally, referee)
    return tally, referee


async def _play_all(stage: Stage, rescues: int, between_s: float, patience_s: float) -> None:
    playing = []
    for number in range(1, rescues + 1):
        playing.append(asyncio.create_task(_play(stage, number, patience_s)))
        await asyncio.sleep(between_s)
    await asyncio.gather(*playing)


async def _play(stage: Stage, number: int, patience_s: float) -> None:
    # A rescue that does not end is not closed, and the counts say so.
    with contextlib.suppress(Refused, Unreachable, TimeoutError):
        await play_rescue(stage, number, patience_s)


async def _read_back(api: Api, referee: Referee) -> None:
    for ticket_id in referee.acknowledged:
        try:
            number = (await api.get(f"/api/v1/tickets/{ticket_id}"))["number"]
        except Refused:
            number = None
        referee.read_back(ticket_id, number)
    for dispatch_id in referee.dispatches:
        try:
            await api.get(f"/api/v1/dispatches/{dispatch_id}")
            referee.dispatch_read_back(found=True)
        except Refused:
            referee.dispatch_read_back(found=False)


async def _keep_showing(show: Show, tally: Tally, referee: Referee) -> None:
    while True:
        show(tally, referee)
        await asyncio.sleep(0.5)
