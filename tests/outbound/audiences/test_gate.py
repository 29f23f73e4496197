"""The preview is the run: what is counted beforehand, what is frozen, and what each claim will say
are held against each other, for every pack, purpose and way."""

import json
import random
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter.customers.consents.model import Channel, Purpose, code_of
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import counted, frozen, judged, sampled
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.gate import NOBODY, Gate, HoldOut, Standing, gate_of
from callcenter.outbound.audiences.refreshed import refresh_all
from callcenter.outbound.audiences.rules import rule_of
from callcenter.outbound.audiences.service import asked_now
from callcenter.outbound.campaigns import service as campaigns
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome, Way
from callcenter.outbound.policies.shelf import pack, shelf
from callcenter.outbound.policies.verdict import Asked, Contact, OpenTicket, Why, verdict
from tests.outbound.campaigns.at_once import begin_at_once
from tests.service import Service

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
PACKS = sorted({one.code for one in shelf()})
EVERYBODY = '{"kind": "all", "of": []}'
DUE = '{"kind": "all", "of": [{"kind": "due", "from_days": -60, "to_days": 60}]}'
VISITED = '{"kind": "none", "of": [{"kind": "last_visit", "when": "within", "days": 365}]}'
STAGES = ("in_progress", "resolved", "closed")
SAYS = {
    Why.SILENT: Standing.SILENT,
    Why.REFUSED: Standing.REFUSED,
    Why.NO_CONSENT: Standing.NO_CONSENT,
    Why.HELD: Standing.OPEN_CASE,
    Why.CAP: Standing.CAPPED,
}
OWNER = """
with o as (insert into owners (id, name, email, profiling_refused)
    values ($1, 'x', 'a@example.invalid', $2)
), r as (insert into owner_reach (owner_id, granted, refused, silent) values ($1, $3, $4, $5)
), p as (insert into contact_points (id, e164) values ($1, $6) returning id
), c as (insert into owner_contact_points (owner_id, contact_point_id) values ($1, $1)
), v as (insert into vehicles (id, model) values ($1, 'EX5')
), w as (insert into owner_vehicles (owner_id, vehicle_id) values ($1, $1))
insert into due_dates (vehicle_id, next_service, visits, km_per_day, due_p10, due_p50, due_p90,
    still_ours, because) values ($1, 'maintenance', 1, 40, now(), now(), now(), 0.5, 'time')
"""
CONTACT = """
insert into contact_ledger (id, owner_id, channel, purpose, at, state, outcome)
values (gen_random_uuid(), $1, $2, $3, $4, 'said', $5)
"""
TICKET = """
insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)
values ($1::uuid, left($1::uuid::text, 18), $2, $3, 1, $4, 'x')
"""


class Person:
    """As chance has it."""

    def __init__(self, chance: random.Random, number: int, now: datetime) -> None:
        codes = [code_of(purpose, channel) for purpose in Purpose for channel in Channel]
        self.id = UUID(int=chance.getrandbits(128), version=4)
        self.phone = f"+86138{number:08}"
        self.refuses_profiling = chance.random() < 0.25
        self.granted = [code for code in codes if chance.random() < 0.5]
        self.refused = [code for code in codes if chance.random() < 0.1]
        self.silent = [one.value for one in Channel if chance.random() < 0.1]
        self.contacts = [
            Contact(
                now - timedelta(days=chance.choice((1, 6, 8, 13, 15, 29, 31)), hours=1),
                chance.choice(list(Purpose)).value,
                chance.choice(list(Way)).value,
                chance.choice((None, None, Outcome.NO_ANSWER, Outcome.ANSWERED)),
            )
            for _ in range(chance.choice((0, 0, 2, 5, 9)))
        ]
        self.tickets = [
            OpenTicket(
                UUID(int=chance.getrandbits(128), version=4),
                chance.choice(("complaint", "rescue", "technical", "enquiry")),
                chance.choice(STAGES),
            )
            for _ in range(chance.choice((0, 0, 0, 1, 2)))
        ]

    async def write(self, connection: asyncpg.Connection) -> None:
        words = (self.granted, self.refused, self.silent)
        await connection.execute(OWNER, self.id, self.refuses_profiling, *words, self.phone)
        for one in self.contacts:
            await connection.execute(CONTACT, self.id, one.way, one.purpose, one.at, one.outcome)
        for ticket in self.tickets:
            await connection.execute(TICKET, ticket.id, ticket.kind, ticket.stage, self.id)

    def stands(self, policy: Any, purpose: Purpose, way: Way, now: datetime) -> Standing:
        """By what the claim would say, but for the hour of the day."""
        asked = Asked(
            way=way,
            purpose=purpose,
            campaign_state="running",
            expires_at=now + timedelta(days=400),
            ticket_id=None,
            promised=False,
            zone="Asia/Shanghai",
            granted=self.granted,
            refused=self.refused,
            silent=self.silent,
            contacts=self.contacts,
            tickets=[one for one in self.tickets if one.stage != "closed"],
        )
        why = verdict(policy, asked, now).why
        return SAYS.get(why, Standing.REACHABLE) if why else Standing.REACHABLE


async def crowd(connection: asyncpg.Connection, count: int = 150) -> list[Person]:
    now = await connection.fetchval("select now()")
    chance = random.Random(11)
    people = [Person(chance, number, now) for number in range(count)]
    for one in people:
        await one.write(connection)
    return people


async def agree(tx: Tx, people: list[Person], code: str, ways: tuple[Way, ...]) -> str:
    """Where count and claim differ in this pack; nothing where they agree."""
    now = await tx.now()
    policy = pack(code, now)
    everybody = await asked_now(tx, rule_of(EVERYBODY))
    for purpose, way in product(Purpose, ways):
        gate = gate_of(policy, purpose, [way])
        found = (await counted.count(tx, everybody, gate)).by_standing
        wanted = Counter(one.stands(policy, purpose, way, now) for one in people)
        if +Counter(found) != wanted:
            return f"{code} {purpose} {way}: counted {+Counter(found)}, not {wanted}"
    return ""


@pytest.mark.parametrize("code", PACKS)
async def test_the_count_says_what_the_claim_will_say(tx: Tx, code: str):
    people = await crowd(tx.connection)
    await refresh_all(tx)
    assert await agree(tx, people, code, tuple(Way)) == ""


@CONTROL
async def test_control_a_gate_that_knows_no_holds(tx: Tx, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judged, "CASES", judged.CASES.replace("where not drill", "where false"))
    people = await crowd(tx.connection)
    await refresh_all(tx)
    assert await agree(tx, people, "cn", (Way.TEXT,)) == ""


RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, 1, '{}', 'cn', '1')
"""


def fields(code: str, purpose: Purpose, audience: UUID) -> dict[str, Any]:
    usual = template(CampaignKind.WIN_BACK)
    return {
        "name": f"{code} {purpose}",
        "kind": usual.kind,
        "purpose": purpose,
        "audience_id": audience,
        "policy": code,
        "plan": usual.plan.model_copy(update={"hold_out_percent": 20.0}),
        "starts_at": None,
        "ends_at": None,
    }


@pytest.mark.parametrize("code", PACKS)
async def test_what_the_console_is_shown_is_what_the_run_does(
    service: Service, owner: asyncpg.Connection, code: str
):
    """Asked over the API with the campaign's policy, ways and hold-out; then the run is frozen."""
    await crowd(owner)
    client = await service.agent()
    rule = json.loads(DUE)
    made = await client.post("/api/v1/audiences", {"name": "due", "rule": rule})
    by_audience = ByAudience(service.settings.outbound.held_out_of_all)
    for purpose in Purpose:
        wanted = fields(code, purpose, UUID(made["id"]))
        campaign = await service.database.run(
            partial(campaigns.draft, actor="staff:a", fields=wanted)
        )
        ask = {
            "rule": rule,
            "purpose": purpose,
            "ways": ["text", "agent_call"],
            "policy": code,
            "campaign_id": str(campaign.id),
            "held_out_percent": 20,
        }
        counted = await client.post("/api/v1/audiences/count", ask)
        shown = {one["standing"]: one["owners"] for one in counted["standings"] if one["owners"]}
        run = await service.database.run(
            partial(begin_at_once, campaign=campaign, audiences=by_audience)
        )
        passing = sum(shown.pop(one, 0) for one in ("reachable", "open_case", "capped"))
        assert shown == run.left_out
        assert counted["owners"] - sum(run.left_out.values()) == passing
        treated = await owner.fetchval("select count(*) from touches where run_id = $1", run.id)
        assert treated == passing


async def lone(tx: Tx, *, refuses: bool) -> UUID:
    """An owner whose car is due, who never came, and whom nothing else is against."""
    him = uuid4()
    codes = [code_of(purpose, channel) for purpose in Purpose for channel in Channel]
    await tx.connection.execute(OWNER, him, refuses, codes, [], [], "+8613800138000")
    await refresh_all(tx)
    return him


async def stands(tx: Tx, asked: Formula, gate: Gate, him: UUID) -> Standing:
    """Counted, looked at and frozen: all three say the same."""
    found = +Counter((await counted.count(tx, asked, gate)).by_standing)
    (standing,) = found
    assert await sampled.standing(tx, asked, gate, him) is standing
    campaign, run = uuid4(), uuid4()
    await tx.connection.execute(
        "insert into campaigns (id, name, kind, purpose, policy, plan, priority, made_by)"
        " values ($1, 'x', 'maintenance', 'contract', 'cn', '{}', 1, 'x')",
        campaign,
    )
    await tx.connection.execute(RUN, run, campaign)
    told = await frozen.freeze_formula(tx, asked, gate, run_id=run)
    assert (told.left_out == {standing: 1}) is (told.in_audience == 0)
    assert (told.in_audience == 0) is (standing is Standing.PROFILING_REFUSED)
    return standing


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_who_wants_nothing_chosen_from_his_habits_is_left_out_of_what_is(
    tx: Tx, purpose: Purpose
):
    him = await lone(tx, refuses=True)
    gate = gate_of(pack("cn", await tx.now()), purpose, [Way.TEXT])
    by_habit, by_time = await asked_now(tx, rule_of(DUE)), await asked_now(tx, rule_of(VISITED))
    wanted = Standing.REACHABLE if purpose is Purpose.SAFETY else Standing.PROFILING_REFUSED
    assert await stands(tx, by_habit, gate, him) is wanted
    assert await stands(tx, by_time, gate, him) is Standing.REACHABLE


async def test_who_has_not_said_so_is_chosen_by_his_habits(tx: Tx):
    him = await lone(tx, refuses=False)
    gate = gate_of(pack("cn", await tx.now()), Purpose.MARKETING, [Way.TEXT])
    assert await stands(tx, await asked_now(tx, rule_of(DUE)), gate, him) is Standing.REACHABLE


@CONTROL
async def test_control_without_the_question_he_is_chosen(tx: Tx, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judged, "NOT_BY_HABITS", "{way}")
    him = await lone(tx, refuses=True)
    gate = gate_of(pack("cn", await tx.now()), Purpose.MARKETING, [Way.TEXT])
    found = await counted.count(tx, await asked_now(tx, rule_of(DUE)), gate)
    assert found.by_standing[Standing.PROFILING_REFUSED] == 1, him


async def test_habits_of_an_audience_that_is_named_are_asked_too(tx: Tx):
    await lone(tx, refuses=True)
    kept = uuid4()
    await tx.connection.execute(
        "insert into audiences (id, name, rule, made_by) values ($1, 'due', $2, 'x')", kept, DUE
    )
    named = {"kind": "all", "of": [{"kind": "audience", "audience_id": str(kept)}]}
    assert (await asked_now(tx, rule_of(json.dumps(named)))).asks_habits


async def test_who_is_held_out_stays_so_whatever_waits_for_him(tx: Tx):
    """A case that is open today is closed tomorrow: he would be spoken to then, and counted as one
    of those who are not."""
    him = await lone(tx, refuses=False)
    await tx.connection.execute(TICKET, uuid4(), "complaint", "in_progress", him)
    policy, asked = pack("cn", await tx.now()), await asked_now(tx, rule_of(EVERYBODY))
    for hold_out, arm in ((HoldOut(100), "held_out_of_all"), (HoldOut(0, 100, "x"), "held_out")):
        gate = gate_of(policy, Purpose.MARKETING, [Way.TEXT], hold_out)
        assert await stands(tx, asked, gate, him) == arm
        assert await tx.connection.fetchval("select arm from run_members order by run_id") == arm
        await tx.connection.execute("delete from run_members")
    nobody = gate_of(policy, Purpose.SAFETY, [Way.TEXT], HoldOut(100, 100, "x"))
    assert nobody.hold_out == NOBODY
