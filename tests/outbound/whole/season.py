"""A maintenance campaign with the world around it: telephones, a message centre, a mail server."""

import contextlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.messages.smpp_centre import SmppCentre
from tests.messages.test_smtp import MailServer
from tests.outbound.surveys.cast import question, survey, words
from tests.outbound.whole.cast import add_owner, begun, linked, opened_survey, plan_of
from tests.service import Client, add_station, eventually
from tests.telephony.agent_console import House
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall

OWNERS = 12
DAYS_PASS = "update touches set due_at = now() where owner_id = $1 and state = 'ready'"
ASKED = survey(
    question("csat", "service", words=words("您对服务站满意吗?", "Are you satisfied?")),
    question("nps", "again", words=words("您会推荐我们吗?", "Would you recommend us?")),
)
LETTER = {
    "zh": "{owner}您好,谢谢您为{plate|爱车}和我们通话。还有一个问题:{survey_link}",
    "en": "Dear {owner}, one question about {plate|your car} is left: {survey_link}",
    "subject_zh": "还有一个问题",
    "subject_en": "One question is left",
}


@dataclass
class Owner:
    """One of those in the audience."""

    id: UUID
    name: str
    phone: str
    link: str


@dataclass
class Season:
    """The house, the world around it, and the campaign."""

    house: House
    texts: SmppCentre
    mail: MailServer
    carrier: UserAgent
    planner: Client
    phones: dict[str, str] = field(default_factory=dict)

    async def all_owners(self) -> None:
        async with self.house.office.service.database.transaction() as tx:
            await add_station(tx, "沈阳东望", workshop_hours="24/7", province="LN")
            for n in range(OWNERS):
                name, phone = f"王{n:02d}", f"+861380013{n:04d}"
                self.phones[name] = phone
                await add_owner(tx, name, phone, f"辽A1{n:04d}", email=f"w{n}@example.cn")

    async def begins(self) -> str:
        """Its audience, its plan, handed in and approved; its path."""
        await self.all_owners()
        rule = {"kind": "all", "of": [{"kind": "never_came"}]}
        audience = await self.planner.post("/api/v1/audiences", {"name": "从未进站", "rule": rule})

        async def are_counted() -> bool:
            found = await self.planner.post("/api/v1/audiences/count", {"rule": rule})
            return bool(found["owners"] == OWNERS)

        await eventually(are_counted)
        asked = await opened_survey(self.planner, "保养回访", ASKED.model_dump(mode="json"))
        plan = await plan_of(self.planner, "maintenance")
        text, keys, agent = plan["steps"]
        # Who is not there is not rung again today; who was told by an agent is asked once more.
        onwards = {"then": "next"}
        keys["rules"] = {"no_answer": onwards}
        agent |= {"survey_id": str(asked), "rules": {"survey_begun": onwards, "noted": onwards}}
        letter = {"way": "email", "wait_hours": 0, "survey_id": str(asked)}
        plan["steps"] = [text, keys, agent, letter]
        plan["hold_out_percent"] = 25
        for variant in plan["variants"]:
            variant["words"]["email"] = LETTER
        draft = {"name": "年终保养", "kind": "maintenance", "audience_id": audience["id"]}
        return await begun(self.house.office.service, draft | {"plan": plan})

    async def texted(self) -> list[Owner]:
        """Three of those who have got the text."""

        async def sent() -> list[dict[str, Any]] | None:
            rows = await self.house.rows(
                "select o.id, o.name from touches t join owners o on o.id = t.owner_id"
                " where t.step = 0 and t.state = 'sent' order by o.name"
            )
            return rows[:3] if len(rows) >= 3 else None

        found = []
        for row in await eventually(sent):
            phone = self.phones[row["name"]]
            said, path = await linked(self.texts, phone, "/b/")
            assert row["name"] in said
            found.append(Owner(row["id"], row["name"], phone, path))
        return found

    async def days_pass(self, owner: Owner) -> None:
        """He has not answered, and it is time for the next step."""
        async with self.house.office.service.database.transaction() as tx:
            await tx.connection.execute(DAYS_PASS, owner.id)

    async def rings(self, owner: Owner) -> SipCall:
        """Our call arrives at his telephone."""
        call = await self.carrier.next_call()
        assert call.invitation is not None
        assert owner.phone.removeprefix("+86") in call.invitation["to"]
        return call

    async def outcomes(self, owner: Owner) -> list[tuple[int, str, str | None]]:
        rows = await self.house.rows(
            "select step, state, outcome from touches where owner_id = $1 order by step, attempt",
            owner.id,
        )
        return [(row["step"], row["state"], row["outcome"]) for row in rows]

    async def comes_to(self, owner: Owner, *expected: tuple[int, str, str | None]) -> None:
        async def has_come() -> bool:
            return await self.outcomes(owner) == list(expected)

        with contextlib.suppress(AssertionError):
            await eventually(has_come)
        assert await self.outcomes(owner) == list(expected)
