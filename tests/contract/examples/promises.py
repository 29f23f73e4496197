"""A call that an owner was promised and has not had."""

from callcenter.ids import new_id
from tests.contract.examples.outbound_campaigns import running
from tests.contract.examples.registry import example
from tests.contract.world import Example, World

RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, 1, '{}', 'cn', 'example')
"""
TOUCH = """
insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority, bucket,
    state, due_at, expires_at)
values ($1, $2, $3, $4, 0, 'agent_call', 'satisfaction', 0, 0, 'sent', now(), now())
"""
BROKEN = """
insert into promised_calls (id, owner_id, campaign_id, in_touch, promised_at, due_at, state, reason,
    settled_at)
values ($1, $2, $3, $4, now(), now(), 'broken', 'expired', now())
"""


async def broken(w: World) -> dict[str, str]:
    campaign_id = (await running(w))["campaign_id"]
    owner_id = (await w.owner())["owner_id"]
    run_id, touch_id, promise_id = new_id(), new_id(), new_id()
    async with w.service.database.transaction() as tx:
        await tx.connection.execute(RUN, run_id, campaign_id)
        await tx.connection.execute(TOUCH, touch_id, run_id, campaign_id, owner_id)
        await tx.connection.execute(BROKEN, promise_id, owner_id, campaign_id, touch_id)
    return {"promised_call_id": str(promise_id)}


@example("GET /api/v1/promised-calls/not-kept")
async def list_promises_not_kept(w: World) -> Example:
    await broken(w)
    return Example()


@example("POST /api/v1/promised-calls/{promised_call_id}/seen-to")
async def see_to_promised_call(w: World) -> Example:
    return Example(await broken(w), body={"note": "called by hand"})


@example("POST /api/v1/promised-calls/{promised_call_id}/again")
async def promise_again(w: World) -> Example:
    return Example(await broken(w), body={})
