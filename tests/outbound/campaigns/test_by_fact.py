"""Whose rescue or complaint is closed is asked in the time of the campaign, and after its pause."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import going_on, repository, service
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Way
from callcenter.outbound.policies.shelf import pack
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind as TicketKind
from callcenter.tickets.model import Ticket
from callcenter.web.permission import Permission
from tests.outbound.campaigns.life import BOSS, campaign, react
from tests.outbound.campaigns.rows import touches
from tests.service import Client, Refused, Service

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
PLANNER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE]
APPROVER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_APPROVE]


async def closed(database: Database, phone: str, kind: TicketKind = TicketKind.RESCUE) -> Ticket:
    """A ticket of a new owner, from its opening to its end; nobody has reacted to it yet."""

    async def whole(tx: Tx) -> Ticket:
        owner = await customers.add_owner(tx, "test", name="王芳", phones=[phone])
        ticket = await tickets.open_ticket(
            tx, "test", kind=kind, particulars={}, owner_id=owner.id, drill=False
        )
        await tx.connection.execute(
            "update tickets set stage = 'closed', closed_at = now() where id = $1", ticket.id
        )
        await tx.connection.execute(
            "insert into events (id, kind, actor, ticket_id, facts) values (gen_random_uuid(),"
            """ 'ticket.moved', 'test', $1, '{"stage": "closed"}')""",
            ticket.id,
        )
        return ticket

    return await database.run(whole)


async def asks(database: Database, kind: Kind = Kind.RESCUE_FOLLOW_UP, **how: Any) -> Campaign:
    return await campaign(database, kind, audience_id=None, **how)


async def asked(database: Database) -> set[UUID | None]:
    return {row["ticket_id"] for row in await touches(database)}


async def resumes(database: Database, made: Campaign) -> None:
    """And the worker runs what that asks for, as often as it likes."""

    async def go(tx: Tx) -> dict[str, Any]:
        now = await repository.lock(tx, made.id)
        running = await service.resume(tx, BOSS, now)
        assert running.paused_at is not None
        return {"campaign_id": str(made.id), "paused_at": running.paused_at.isoformat()}

    payload = await database.run(go)
    for _ in range(2):
        await going_on.go_on(database, payload)


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_who_was_rescued_in_the_pause_is_asked_when_it_is_over(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(going_on, "take_up", _nobody)
    made = await asks(database)
    before = await closed(database, "+8613800138000")
    await react(database)
    await database.run(lambda tx: service.pause(tx, BOSS, made, "话写错了"))
    meanwhile = await closed(database, "+8613800138001")
    await react(database)
    assert await asked(database) == {before.id}
    await resumes(database, made)
    assert await asked(database) == {before.id, meanwhile.id}
    assert len(await touches(database)) == 2


async def _nobody(*_: object) -> int:
    return 0


async def test_what_is_too_long_ago_is_not_asked_about_any_more(database: Database) -> None:
    """Nor is what was closed before the pause and before the campaign."""
    long_ago = await closed(database, "+8613800138000")
    made = await asks(database)
    await database.run(lambda tx: service.pause(tx, BOSS, made, "暂停"))
    stale = await closed(database, "+8613800138001")
    fresh = await closed(database, "+8613800138002")

    async def a_month_passes(tx: Tx) -> None:
        days = made.plan.within_days
        await tx.connection.execute("update campaigns set paused_at = now() - interval '30 days'")
        await tx.connection.execute(
            "update tickets set closed_at = now() - make_interval(days => $2) where id = $1",
            *(stale.id, days + 1),
        )
        await tx.connection.execute(
            "update tickets set closed_at = now() - interval '40 days' where id = $1", long_ago.id
        )

    await database.run(a_month_passes)
    await resumes(database, made)
    assert await asked(database) == {fresh.id}


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "is_asked"),
    [(timedelta(days=1), None, False), (-timedelta(days=1), None, True)],
    ids=["later", "begun"],
)
async def test_before_its_beginning_nobody_is_asked(
    database: Database, starts_in: timedelta, ends_in: timedelta | None, is_asked: bool
) -> None:
    now: datetime = await database.run(lambda tx: tx.now())
    await asks(database, starts_at=now + starts_in)
    ticket = await closed(database, "+8613800138000")
    await react(database)
    assert await asked(database) == ({ticket.id} if is_asked else set())


async def test_a_closed_complaint_is_called_back_and_its_run_keeps_the_policy(
    database: Database,
) -> None:
    made = await asks(database, Kind.COMPLAINT_CALL_BACK)
    await closed(database, "+8613800138001")
    complaint = await closed(database, "+8613800138000", TicketKind.COMPLAINT)
    await react(database)
    (touch,) = await touches(database)
    assert (touch["ticket_id"], touch["channel"], touch["priority"]) == (
        complaint.id,
        Way.AGENT_CALL,
        10,
    )
    async with database.reading() as tx:
        version = await tx.connection.fetchval(
            "select policy_version from campaign_runs where campaign_id = $1", made.id
        )
        assert version == pack("cn", await tx.now()).version


async def drafted(planner: Client, plan: Any) -> str:
    body = {"name": "救援回访", "kind": "rescue_follow_up", "purpose": "satisfaction"}
    made = await planner.post("/api/v1/campaigns", body | {"plan": plan})
    return f"/api/v1/campaigns/{made['id']}"


def of_the_ticket() -> Any:
    """A plan whose words name his ticket, and no survey."""
    plan = same_for_all()
    for variant in plan["variants"]:
        for said in variant["words"].values():
            said["zh"], said["en"] = "{owner},救援 {ticket} 怎么样?", "{owner}, how was {ticket}?"
    return plan


def same_for_all(to_gold: str = "!") -> Any:
    """A plan whose words say the same to everybody but a gold owner; `to_gold`: what more."""
    plan: Any = template(Kind.RESCUE_FOLLOW_UP).plan.model_dump(mode="json")
    for variant in plan["variants"]:
        more = to_gold if variant["code"] == "gold" else ""
        for said in variant["words"].values():
            said["zh"] = "{owner},救援服务怎么样?" + more
            said["en"] = "{owner}, how was the rescue?" + more
    return plan


async def test_its_words_are_tried_on_those_who_were_rescued_lately(service: Service) -> None:
    """And one text for all is refused, as in any other campaign."""
    rescued = [await closed(service.database, f"+861380013800{n}") for n in range(3)]
    planner = await service.client(PLANNER)
    usual: Any = template(Kind.RESCUE_FOLLOW_UP).plan.model_dump(mode="json")
    trial = {"kind": "rescue_follow_up", "purpose": "satisfaction", "plan": usual}
    tried = await planner.post("/api/v1/campaign-trials", trial)
    assert len(tried["people"]) == 3
    assert any(rescued[0].number in str(person) for person in tried["people"])
    tried = await planner.post("/api/v1/campaign-trials", trial | {"plan": same_for_all()})
    assert "same_words_for_all" in {fault["code"] for fault in tried["faults"]}
    path = await drafted(planner, same_for_all())
    with pytest.raises(Refused) as refused:
        await planner.post(f"{path}/submission")
    assert refused.value.code == "campaign_plan_faulty"


async def test_one_text_for_all_is_refused_though_nobody_was_rescued_lately(
    service: Service,
) -> None:
    planner = await service.client(PLANNER)
    path = await drafted(planner, same_for_all(to_gold=""))
    with pytest.raises(Refused) as refused:
        await planner.post(f"{path}/submission")
    assert refused.value.code == "campaign_plan_faulty"
    await planner.post(f"{await drafted(planner, of_the_ticket())}/submission")


async def test_nobody_approves_what_he_has_not_read(service: Service) -> None:
    planner, boss = await service.client(PLANNER), await service.client(APPROVER)
    path = await drafted(planner, of_the_ticket())
    first = await planner.post(f"{path}/submission")
    await boss.post(f"{path}/return", {"reason": "称呼不对"})
    await planner.patch(path, {"name": "救援之后"}, version=first["version"] + 1)
    again = await planner.post(f"{path}/submission")
    with pytest.raises(Refused) as refused:
        await boss.post(f"{path}/approval", version=first["version"])
    assert refused.value.code == "version_stale"
    done = await boss.post(f"{path}/approval", version=again["version"])
    assert (done["state"], done["name"]) == ("running", "救援之后")
