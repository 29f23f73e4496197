"""Touches are counted once for all who look, and anew when the campaign was moved."""

import asyncio

from callcenter.db.database import Database
from callcenter.outbound.campaigns import runs, service
from callcenter.outbound.campaigns.counting import KEPT_AT_LEAST_S, Counts
from callcenter.outbound.campaigns.model import Campaign
from tests.outbound.campaigns.test_runs import BOSS, Everybody, owners, running


async def told(database: Database, counts: Counts, campaign: Campaign) -> list[tuple[str, int]]:
    rows = await database.run(lambda tx: counts.of(tx, campaign), readonly=True)
    return [(row["state"], row["touches"]) for row in rows]


async def test_a_count_is_kept_for_a_while_and_not_over_a_move(database: Database):
    await owners(database, "辽A12345", "辽A12346")
    campaign = await running(database)
    now = 100.0
    counts = Counts(clock=lambda: now)
    assert await told(database, counts, campaign) == []
    await runs.begin_due(database, Everybody())
    both = await asyncio.gather(*(told(database, counts, campaign) for _ in range(3)))
    assert both == [[], [], []]
    now += KEPT_AT_LEAST_S
    assert await told(database, counts, campaign) == [("ready", 2)]
    stopped = await database.run(lambda tx: service.stop(tx, BOSS, campaign, "话写错了"))
    assert await told(database, counts, campaign) == [("ready", 2)]
    assert await told(database, counts, stopped) == [("withdrawn", 2)]
