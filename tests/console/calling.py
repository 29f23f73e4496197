"""A campaign whose owners an agent calls, as a planner and his supervisor have begun it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.leaves.of_car import ModelIs
from callcenter.outbound.audiences.model import AllOf
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Said, Variant
from callcenter.outbound.model import Way
from tests.outbound.campaigns.at_once import begin_at_once
from tests.service import Client

MODEL = "昀驰 S7"
SCRIPT = Said(
    zh="{owner}您好,我是昀驰客服。您的{model|爱车}{plate|}该保养了,您看哪天方便?",
    en="Hello {owner}, your {model|car} {plate|} is due for service. Which day suits you?",
)
CAMPAIGN = """
insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by, audience_id)
values (gen_random_uuid(), '十二月保养', 'maintenance', 'contract', 'cn', $1, 'running', 50, 'test',
        $2)
returning id
"""


@dataclass(frozen=True)
class Calling:
    """What runs."""

    campaign_id: UUID
    run_id: UUID


async def car_owner(
    client: Client, name: str, phone: str, plate: str, **more: Any
) -> dict[str, Any]:
    """An owner with one car of the model that the campaign is for."""
    body = {"name": name, "phones": [phone], "tier": 2, **more}
    made = await client.post("/api/v1/owners", body)
    car = await client.post("/api/v1/vehicles", {"plate": plate, "model": MODEL})
    path = f"/api/v1/owners/{made['id']}/vehicles"
    return dict(await client.post(path, {"vehicle_id": car["id"]}))


async def campaign_runs(database: Database, survey_id: UUID | None = None) -> Calling:
    """All owners of that model are to be called by agents who look first; each is asked this.
    Behind it stands a text."""
    step = PlanStep(way=Way.AGENT_CALL, survey_id=survey_id)
    steps = (step, PlanStep(way=Way.TEXT, survey_id=survey_id))
    words = Variant(code="usual", words={Way.AGENT_CALL: SCRIPT, Way.TEXT: SCRIPT})
    plan = Plan(steps=steps, variants=(words,), hold_out_percent=0)

    async def verb(tx: Tx) -> Calling:
        audience = await audiences.make(tx, "test", "S7", AllOf(of=(ModelIs(any_of=(MODEL,)),)))
        given = (plan.model_dump_json(), audience.id)
        campaign_id = await tx.connection.fetchval(CAMPAIGN, *given)
        campaign = await repository.get(tx, campaign_id)
        run = await begin_at_once(tx, campaign, ByAudience(0.0))
        return Calling(campaign_id, run.id)

    return await database.run(verb)
