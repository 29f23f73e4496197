"""Campaigns that ask a survey by text, with real words and links, at an hour that is open."""

import json
from typing import Any
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Said, Variant
from callcenter.outbound.campaigns.plan_links import PlanLinks
from callcenter.outbound.campaigns.rendering import Renderer
from callcenter.outbound.model import Way
from callcenter.outbound.surveys import service as surveys
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.touches.sending import send_due
from callcenter.web.links import SignedLinks
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import published, question, survey, words

LINKS = SignedLinks(b"k" * 32)
RENDERER = Renderer(
    PlanLinks("https://care.example", LINKS),
    "400-100-2000",
    {"zh": "客户关怀", "en": "Customer care"},
)
ASKED = survey(
    question("csat", "all", words=words("救援满意吗?", "Was it well done?"), bad_up_to=2),
    question("text", "more", words=words("还有什么要说?", "What else?"), required=False),
)
ASKS = "请说说。{survey_question|}网页:{survey_link}"
PHONE = "+8613800138000"


async def owner(database: Database, phone: str = PHONE) -> UUID:
    async def add(tx: Tx) -> UUID:
        made = await customers.add_owner(tx, "test", name="王芳", phones=[phone])
        return made.id

    return await database.run(add)


async def open_survey(database: Database, of: Survey = ASKED) -> UUID:
    return await database.run(lambda tx: published(tx, of))


async def close_survey(database: Database, survey_id: UUID) -> None:
    await database.run(lambda tx: surveys.close_survey(tx, "test", survey_id))


async def campaign(
    scene: Scene,
    owners: list[UUID],
    survey_id: UUID | None,
    text: str = ASKS,
    *,
    way: Way = Way.TEXT,
) -> UUID:
    """One that runs, with a due touch of its second step for each."""
    campaign_id = await scene.campaign(owners, way=way)
    steps = (PlanStep(way=Way.EMAIL), PlanStep(way=way, survey_id=survey_id))
    variant = Variant(code="all", words={way: Said(zh=text, en=text)})
    plan = Plan(steps=steps, variants=(variant,)).model_dump_json()
    for table, key in (("campaigns", "id"), ("campaign_runs", "campaign_id")):
        await scene.connection.execute(
            f"update {table} set plan = $1 where {key} = $2", plan, campaign_id
        )
    return campaign_id


async def sends(database: Database) -> int:
    """A round of the worker."""
    return await send_due(database, RENDERER, "me", after_touch)


async def texts(scene: Scene, phone: str = PHONE) -> list[str]:
    """What has gone to this number, as it was said."""
    rows = await scene.connection.fetch(
        "select body from messages where recipient = $1 order by created_at, id", phone
    )
    return [row["body"] for row in rows]


async def arrive(scene: Scene) -> None:
    """All texts in the outbox have been said."""
    await scene.connection.execute(
        "update contact_ledger set state = 'said', at = now() where state = 'reserved'"
    )


async def facts_of(scene: Scene, kind: str) -> list[dict[str, Any]]:
    rows = await scene.connection.fetch("select facts from events where kind = $1", kind)
    return [json.loads(row["facts"]) for row in rows]
