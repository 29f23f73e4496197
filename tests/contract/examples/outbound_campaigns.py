"""Campaigns by facts: they need no audience."""

from typing import Any

from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from tests.contract.examples.registry import example
from tests.contract.examples.surveys import opened
from tests.contract.world import Example, World

WHY = {"reason": "one word is wrong"}
DRAFT = {"name": "回访", "kind": "rescue_follow_up", "policy": "cn"}
ROOT = "/api/v1/campaigns"
ONE = f"{ROOT}/{{campaign_id}}"


async def drafted(w: World) -> dict[str, str]:
    """With a survey that takes answers, as it needs one."""
    plan: Any = template(CampaignKind.RESCUE_FOLLOW_UP).plan.model_dump(mode="json")
    survey_id = await opened(w)
    steps = [one | {"survey_id": survey_id} for one in plan["steps"]]
    draft = DRAFT | {"plan": plan | {"steps": steps}}
    return {"campaign_id": (await w.api.post(ROOT, draft))["id"]}


async def called(w: World) -> dict[str, str]:
    """One whose owners agents call."""
    return {"campaign_id": (await w.api.post(ROOT, DRAFT | {"kind": "complaint_call_back"}))["id"]}


async def submitted(w: World) -> dict[str, str]:
    """Handed in by somebody else, so that this one may approve."""
    given = await drafted(w)
    await w.api.post(f"{ROOT}/{given['campaign_id']}/submission")
    async with w.service.database.transaction() as tx:
        await tx.connection.execute(
            "update campaigns set submitted_by = 'staff:01890000-0000-7000-8000-00000000000b'"
        )
    return given


async def running(w: World) -> dict[str, str]:
    given = await submitted(w)
    await w.api.post(f"{ROOT}/{given['campaign_id']}/approval", version=2)
    return given


@example("GET /api/v1/campaign-templates", f"GET {ROOT}")
async def get_campaigns(w: World) -> Example:
    await drafted(w)
    return Example()


@example(f"POST {ROOT}")
async def post_campaigns(w: World) -> Example:
    return Example(body=DRAFT)


@example("POST /api/v1/campaign-trials")
async def post_campaign_trials(w: World) -> Example:
    usual = template(CampaignKind.RESCUE_FOLLOW_UP)
    plan: Any = usual.plan.model_dump(mode="json")
    body = {"kind": "rescue_follow_up", "purpose": usual.purpose.value, "plan": plan}
    return Example(body=body)


@example(f"GET {ONE}", f"GET {ONE}/progress", f"POST {ONE}/submission")
async def of_a_draft(w: World) -> Example:
    return Example(await drafted(w))


@example(f"PATCH {ONE}")
async def patch_campaign(w: World) -> Example:
    return Example(await drafted(w), body={"name": "救援回访"}, version=1)


@example(f"GET {ONE}/dialling", f"GET {ONE}/pacing")
async def get_dialling(w: World) -> Example:
    return Example(await called(w))


@example(f"PATCH {ONE}/dialling")
async def patch_dialling(w: World) -> Example:
    return Example(await called(w), body={"mode": "progressive", "cap": 0.02}, version=0)


@example("GET /api/v1/policy-packs", "GET /api/v1/inbound-texts")
async def get_lists(w: World) -> Example:
    return Example()


@example(f"POST {ONE}/approval")
async def post_approval(w: World) -> Example:
    return Example(await submitted(w), version=2)


@example(f"POST {ONE}/return")
async def post_return(w: World) -> Example:
    return Example(await submitted(w), body=WHY)


@example(f"POST {ONE}/pause", f"POST {ONE}/stop")
async def of_a_running_one(w: World) -> Example:
    return Example(await running(w), body=WHY)


@example(f"POST {ONE}/resumption")
async def post_resumption(w: World) -> Example:
    given = await running(w)
    await w.api.post(f"{ROOT}/{given['campaign_id']}/pause", WHY)
    return Example(given)
