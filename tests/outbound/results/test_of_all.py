"""All campaigns together: those whom the lot keeps from every campaign, against the others."""

from decimal import Decimal

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.gate import HoldOut
from callcenter.outbound.results.model import Count, Effect, Verdict
from callcenter.outbound.results.of_all import ResultsOfAll, results_of_all
from callcenter.web.permission import Permission
from tests.outbound.results.arms import a_survey, answered, booked, gave_stars
from tests.outbound.results.test_results import a_campaign, came, complained
from tests.service import Service

SHARE = 0.2
DRAWN = "(uuid_hash_extended(id, $1) & 1048575) < $2"


async def arms(tx: Tx) -> tuple[list, list]:  # type: ignore[type-arg]
    """Owners with their cars: held out of all, and the others."""
    found: dict[bool, list] = {True: [], False: []}  # type: ignore[type-arg]
    rows = await tx.connection.fetch(
        f"select o.id, v.vehicle_id, {DRAWN} as drawn from owners o"
        " join owner_vehicles v on v.owner_id = o.id order by o.id",
        *HoldOut(of_all=SHARE * 100).lots[0],
    )
    for row in rows:
        found[row["drawn"]].append((row["id"], row["vehicle_id"]))
    return found[True], found[False]


async def a_year(tx: Tx) -> tuple[int, int]:
    """A run of 400 owners. Of each arm a part has booked, come, complained, said how it was."""
    await a_campaign(tx, 400, 0)
    drawn, others = await arms(tx)
    survey = await a_survey(tx)
    for arm, share in ((drawn, 0.2), (others, 0.5)):
        some = arm[: round(len(arm) * share)]
        await booked(tx, [car for _, car in some], "came")
        await booked(tx, [car for _, car in some], "booked", wanted="repair")
        await booked(tx, [car for _, car in arm[-9:]], "cancelled")
        await booked(tx, [car for _, car in arm[-20:-9]], "booked", days_ago=30)
        await came(tx, [car for _, car in some[:10]], 4)
        await complained(tx, [owner for owner, _ in arm[:7]])
        await gave_stars(tx, [owner for owner, _ in arm[:20]], 5)
        await answered(tx, survey, [owner for owner, _ in arm[10:35]], {"how": 2, "recommend": 3})
    return len(drawn), len(others)


async def test_the_held_out_of_all_are_compared_with_all_others(tx: Tx) -> None:
    drawn, others = await a_year(tx)
    read = await results_of_all(tx, SHARE, 365)
    assert (read.held_out, read.treated) == (drawn, others)
    told = {one.effect: one for one in read.effects}
    assert told[Effect.BOOKED].held_out == Count(drawn, round(drawn * 0.2))
    assert told[Effect.BOOKED].treated == Count(others, round(others * 0.5))
    assert told[Effect.BOOKED].verdict is Verdict.MORE
    assert told[Effect.CAME_BACK].treated.effects == 10
    assert told[Effect.COMPLAINED].treated.effects == told[Effect.COMPLAINED].held_out.effects == 7
    assert told[Effect.SATISFIED].treated == Count(35, 10)
    assert told[Effect.SATISFIED].held_out == Count(35, 10)
    assert told[Effect.SATISFIED].verdict is Verdict.NOT_CLEAR


async def test_it_has_cost_what_was_said_since(tx: Tx) -> None:
    await a_year(tx)
    run = await tx.connection.fetchrow("select id, campaign_id from campaign_runs")
    await tx.connection.execute(
        "insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority,"
        " bucket, state, due_at, expires_at)"
        " select gen_random_uuid(), $1, $2, id, 0, 'agent_call', 'contract', 5, 1,"
        " 'sent', now(), now() from owners limit 10",
        *run,
    )
    read = await results_of_all(tx, SHARE, 90)
    assert (read.cost, read.campaigns) == (Decimal(60), 1)
    booked_more = next(one for one in read.effects if one.effect is Effect.BOOKED)
    assert booked_more.cost is not None


async def test_what_was_before_the_first_campaign_is_not_theirs(tx: Tx) -> None:
    """No run within the days: nothing to compare. A recall holds nobody out and begins nothing."""
    await a_year(tx)
    assert (await results_of_all(tx, SHARE, 10)).since is None
    await tx.connection.execute("update campaigns set kind = 'recall', purpose = 'safety'")
    assert (await results_of_all(tx, SHARE, 365)) == ResultsOfAll(None, 0, 0, 0, Decimal(0), ())


async def test_without_a_share_held_out_nothing_is_claimed(tx: Tx) -> None:
    await a_year(tx)
    read = await results_of_all(tx, 0.0, 365)
    assert {one.verdict for one in read.effects} == {Verdict.NO_HOLD_OUT}


async def test_a_supervisor_reads_it(service: Service) -> None:
    """Too few, with what is missing."""
    supervisor = await service.client([Permission.OUTBOUND_READ])
    assert (await supervisor.get("/api/v1/campaign-results"))["since"] is None
    async with service.database.transaction() as tx:
        await a_campaign(tx, 200, 0)
    read = await supervisor.get("/api/v1/campaign-results", days=90)
    assert read["treated"] + read["held_out"] == 200
    first = read["effects"][0]
    assert (first["verdict"], first["missing"]["effects"]) == ("too_few", 5)
    assert first["words"]
