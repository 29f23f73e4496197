"""The whole rehearsal: rescues spread over time, then everything acknowledged is read back."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial

from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.rescue import play_rescue
from callcenter.rehearsal.stage import NewsMissed, Stage
from callcenter.rehearsal.tally import Tally
from callcenter.simulation.api import Api, Refused, Unreachable
from callcenter.simulation.behaviour import Tempo

BETWEEN_S = 1.0
PATIENCE_S = 230.0
"""200 rescues: 200 s of calls and this for the last of them leave half a minute of 8 minutes."""
QUIET_S = 3.0
HEARS_WITHIN_S = 30.0
READERS = 16

Show = Callable[[Tally, Referee], None]


class NothingToPlay(Exception):
    """There are no simulated stations: a drill would reach nobody."""


class BrokenOff(Exception):
    """The count cannot be trusted from here on; what was counted until now comes along."""

    def __init__(self, why: Exception, tally: Tally, referee: Referee) -> None:
        super().__init__(str(why))
        self.tally = tally
        self.referee = referee


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
    """Play so many rescues; all must have ended `patience_s` after the last call came in.

    One that did not is named in `Tally.missed`. Raises NothingToPlay, or Refused or Unreachable
    when it cannot begin; BrokenOff when the feed, the clock or the reading back fails.
    """
    tally, referee = Tally(rescues), Referee()
    stage = Stage(api, tally, referee, seed, tempo or Tempo())
    await stage.prepare()
    if not stage.player.places:
        raise NothingToPlay
    # The players need the watchers: whichever fails ends all, else nothing would be counted.
    together = [
        asyncio.create_task(_play_and_read_back(stage, rescues, between_s, patience_s)),
        asyncio.create_task(stage.listen()),
        asyncio.create_task(stage.keep_time()),
        asyncio.create_task(_keep_showing(show, tally, referee)),
    ]
    try:
        ended, _ = await asyncio.wait(together, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            await task
    except (Refused, Unreachable, NewsMissed) as failure:
        raise BrokenOff(failure, tally, referee) from failure
    finally:
        await _cancel(together)
        await stage.end()
    show(tally, referee)
    return tally, referee


async def _play_and_read_back(
    stage: Stage, rescues: int, between_s: float, patience_s: float
) -> None:
    try:
        await asyncio.wait_for(stage.hears.wait(), HEARS_WITHIN_S)
    except TimeoutError:
        raise Unreachable("the feed cannot be heard") from None
    await _play_all(stage, rescues, between_s, patience_s)
    stage.tally.missed += [f"{number} did not end" for number in stage.under_way.values()]
    await asyncio.sleep(QUIET_S)
    await stage.looked()
    await _read_back(stage.api, stage.referee)


async def _play_all(stage: Stage, rescues: int, between_s: float, patience_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as playing:
            for number in range(1, rescues + 1):
                playing.create_task(_play(stage, number))
                await asyncio.sleep(between_s)
            limit.reschedule(asyncio.get_running_loop().time() + patience_s)


async def _play(stage: Stage, number: int) -> None:
    try:
        await play_rescue(stage, number)
    except (Refused, Unreachable) as failure:
        stage.tally.missed.append(f"call {number}: {failure}")


async def _read_back(api: Api, referee: Referee) -> None:
    """Raises Refused or Unreachable when it cannot be said whether something is there."""
    looks = iter(
        [
            *(partial(_read_ticket, api, referee, each) for each in referee.acknowledged),
            *(partial(_read_dispatch, api, referee, each) for each in referee.dispatches),
        ]
    )

    async def reader() -> None:
        for look in looks:
            await look()

    readers = [asyncio.create_task(reader()) for _ in range(READERS)]
    try:
        await asyncio.gather(*readers)
    finally:
        await _cancel(readers)


async def _read_ticket(api: Api, referee: Referee, ticket_id: str) -> None:
    ticket = await _what_is_there(api, f"/api/v1/tickets/{ticket_id}")
    referee.read_back(ticket_id, ticket["number"] if ticket else None)


async def _read_dispatch(api: Api, referee: Referee, dispatch_id: str) -> None:
    dispatch = await _what_is_there(api, f"/api/v1/dispatches/{dispatch_id}")
    referee.dispatch_read_back(found=dispatch is not None)


async def _what_is_there(api: Api, path: str) -> dict[str, str] | None:
    try:
        found: dict[str, str] = await api.get(path)
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return None
    return found


async def _keep_showing(show: Show, tally: Tally, referee: Referee) -> None:
    while True:
        show(tally, referee)
        await asyncio.sleep(0.5)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
