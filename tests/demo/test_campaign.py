"""The campaign that a newcomer finds running."""

from collections import Counter
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.demo import campaign as demo
from callcenter.outbound.campaigns.repository import SQL, campaign_of
from callcenter.outbound.results.model import Effect, Verdict
from callcenter.outbound.results.service import results


@pytest.fixture
def template(demo_template: str) -> str:
    return demo_template


async def test_it_runs_and_has_a_past_that_holds_together(database: Database):
    await demo.add_campaign(database, "400-100-2000")
    # The second start of the demo adds nothing.
    await demo.add_campaign(database, "400-100-2000")

    async def read(tx: Tx) -> Any:
        (row,) = await SQL.list_campaigns(tx.connection, state=None, before=None, limit=10)
        made = campaign_of(row)
        (run,) = await SQL.runs_of(tx.connection, campaign_id=made.id, limit=10)
        members = await SQL.members_of_run(tx.connection, run_id=run["id"])
        touches = await tx.connection.fetch("select * from touches")
        bookings = await tx.connection.fetch("select * from service_bookings")
        said = await tx.connection.fetch("select * from contact_ledger")
        return made, run, members, touches, bookings, said

    made, run, members, touches, bookings, said = await database.run(read, readonly=True)
    assert made.state == "running"
    assert run["in_audience"] == len(members) >= 20
    arms = Counter(row["arm"] for row in members)
    assert arms["treated"] > arms["held_out"] > 0
    treated = {row["owner_id"] for row in members if row["arm"] == "treated"}
    assert {row["owner_id"] for row in touches} == treated
    # The agents have somebody to call, and what was said has words.
    assert any((row["state"], row["channel"]) == ("ready", "agent_call") for row in touches)
    assert all(row["words"] for row in said)
    moved = {row["id"] for row in touches if row["outcome"] == "booked"}
    assert moved == {row["touch_id"] for row in bookings if row["touch_id"]}


async def test_its_results_say_something(database: Database):
    """With an interval, and what one booking more has cost; of satisfaction what is missing."""
    await demo.add_campaign(database, "400-100-2000")

    async def read(tx: Tx) -> Any:
        (row,) = await SQL.list_campaigns(tx.connection, state=None, before=None, limit=10)
        return await results(tx, campaign_of(row))

    told = {one.effect: one for one in (await database.run(read, readonly=True)).effects}
    for effect in (Effect.BOOKED, Effect.CAME_BACK):
        assert told[effect].verdict is Verdict.MORE
        assert told[effect].cost is not None
    assert told[Effect.SATISFIED].verdict is Verdict.TOO_FEW
    assert told[Effect.SATISFIED].missing.held_out > 0
