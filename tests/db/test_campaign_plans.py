"""What a page or the worker of campaigns waits for is looked up in an index."""

from datetime import UTC, datetime

import asyncpg

from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.results.service import SQL as RESULTS
from callcenter.outbound.surveys.repository import SQL as SURVEYS
from tests.db.plans import Explainer
from tests.db.test_plans import AGO, ID, Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
OF_A_CAMPAIGN = {"campaign_id": ID, "days": 30, "by_car": True}

LOOK_UPS: dict[str, tuple[str, Ask]] = {
    "list_campaigns": (
        "campaigns_pkey",
        lambda c: SQL.list_campaigns(c, state=None, before=None, limit=21),
    ),
    "campaigns_due": ("campaigns_due", lambda c: SQL.campaigns_due(c)),
    "runs_of": (
        "campaign_runs_campaign_id_number_key",
        lambda c: SQL.runs_of(c, campaign_id=ID, limit=30),
    ),
    "run_of_today": (
        "campaign_runs_campaign_id_number_key",
        lambda c: SQL.run_of_today(c, campaign_id=ID),
    ),
    "half_begun": ("campaign_runs_half_begun", lambda c: SQL.half_begun(c)),
    "said": (
        "touches_run_id_owner_id_step_attempt_key",
        lambda c: RESULTS.said(c, **OF_A_CAMPAIGN),
    ),
    "progress": (
        "touches_run_id_owner_id_step_attempt_key",
        lambda c: SQL.progress(c, campaign_id=ID),
    ),
    "open_surveys": ("surveys_pkey", lambda c: SURVEYS.open_surveys(c, ids=[ID])),
    "asked_last_by_text": (
        "survey_responses_of_owner",
        lambda c: SURVEYS.asked_last_by_text(c, owners=[ID], days=14),
    ),
    "closed_last": (
        "tickets_by_owner",
        lambda c: SURVEYS.closed_last(
            c, owner_id=ID, vehicle_id=None, kinds=["rescue", "complaint"], since=LONG_AGO
        ),
    ),
    "told_since": (
        "contact_ledger_of_owner",
        lambda c: SURVEYS.told_since(c, owners=[ID], number="+8613800138000", at=LONG_AGO),
    ),
}


@unknown_or_known
@each(LOOK_UPS)
async def test_it_is_looked_up(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.indexes


@unknown_or_known
async def test_results_of_all_read_everybody_once_and_look_nobody_up(
    connection: asyncpg.Connection, generic: bool
) -> None:
    """What is joined to all owners is made before, not asked owner by owner."""
    asked = {"since": AGO, "salt": 1, "lots": 52_428, "good": 0.75}
    (plan,) = await RESULTS.effects_of_all(Explainer(connection, generic=generic), **asked)
    assert any(node["Node Type"].endswith("Join") for node in plan.nodes)
    assert "SubPlan" not in {node.get("Parent Relationship") for node in plan.nodes}


@unknown_or_known
async def test_results_of_a_campaign_read_its_members_once_run_by_run(
    connection: asyncpg.Connection, generic: bool
) -> None:
    """Which run was an owner's first is not asked owner by owner; nor are his touches."""
    explainer = Explainer(connection, generic=generic)
    (effects,) = await RESULTS.effects(explainer, **OF_A_CAMPAIGN, good=0.75)
    (marks,) = await RESULTS.marks(explainer, campaign_id=ID)
    (said,) = await RESULTS.said(explainer, **OF_A_CAMPAIGN)
    for plan in (effects, marks, said):
        assert plan.times_read("run_members") == 1
        assert "run_id" in plan.conditions["run_members_pkey"]
    assert effects.times_read("touches") == marks.times_read("touches") == 0
    assert said.times_read("touches") == 1
    assert "SubPlan" not in {node.get("Parent Relationship") for node in said.nodes}


@unknown_or_known
async def test_what_all_campaigns_have_cost_is_looked_up_run_by_run(
    connection: asyncpg.Connection, generic: bool
) -> None:
    """There are few runs, and very many touches."""
    explainer = Explainer(connection, generic=generic)
    plan = await RESULTS.said_by_all(explainer, since=AGO, never=["recall"])
    assert "touches" not in plan.scanned
    assert "touches_run_id_owner_id_step_attempt_key" in plan.indexes
