"""The words of touches, put together when they are claimed: with the facts of that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.plan import Plan, PlanStep
from callcenter.outbound.campaigns.plan import Said as Template
from callcenter.outbound.campaigns.words import PLACE, variant_for, words_of
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.policies.model import Text
from callcenter.outbound.policies.shelf import PolicyUnknown, pack
from callcenter.outbound.touches.model import Said


class Links(Protocol):
    """Makes the links that stand in words; each for one touch."""

    async def booking(self, tx: Tx, touch: Touch) -> str:
        """Where the owner books a service."""

    async def survey(self, tx: Tx, touch: Touch, survey_id: UUID, language: str) -> str:
        """Where he answers; the same response each time it is asked for."""

    def unsubscribe(self, touch: Touch) -> str | None:
        """Where he says that he wants no more e-mails; None where that does not count."""


@dataclass(frozen=True)
class Renderer:
    """`hotline`: our number as people write it; `names`: who speaks, by language."""

    links: Links
    hotline: str
    names: Mapping[str, str]

    async def __call__(self, tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
        """By touch id; one is left out who has no number, no address, or for whom no variant has
        words."""
        occasions = await _occasions(tx, touches)
        about = [
            About(one.owner_id, one.vehicle_id, one.ticket_id, occasions.get(one.id, ""))
            for one in touches
        ]
        runs = {run_id: await repository.run(tx, run_id) for run_id in {t.run_id for t in touches}}
        found = await people(tx, about, self.hotline)
        policies = {run.policy: _texts(run.policy, await tx.now()) for run in runs.values()}
        said: dict[UUID, Said] = {}
        for touch, who in zip(touches, found, strict=True):
            run = runs[touch.run_id]
            if one := await self._one(tx, touch, who, run.plan):
                said[touch.id] = self._signed(one, touch, policies[run.policy])
        return said

    async def _one(self, tx: Tx, touch: Touch, who: Addressed, plan: Plan) -> Said | None:
        step = plan.steps[touch.step]
        recipient = who.email if step.way is Way.EMAIL else who.phone
        if not recipient:
            return None
        linked = replace(who.person, facts={**who.person.facts, **_placeholders(step)})
        # A promised call is an agent's, whatever its step goes by; he may know only those words.
        for way in dict.fromkeys((touch.channel, step.way)):
            variant = variant_for(plan, way, linked)
            if variant is not None:
                break
        else:
            return None
        said = variant.words[way]
        links = await self._links(tx, touch, step, said, who.person.language)
        words = words_of(said, replace(who.person, facts={**who.person.facts, **links}))
        subject = words.subject or None
        return Said(recipient, words.language, words.body, subject, variant.code)

    def _signed(self, said: Said, touch: Touch, policy: Text | None) -> Said:
        """With what the policy wants in a text: who speaks, and how to hear no more; an e-mail
        always tells that."""
        if touch.channel is Way.EMAIL:
            return self._can_be_ended(said, touch)
        if policy is None or touch.channel is not Way.TEXT or touch.purpose not in policy.purposes:
            return said
        chinese = said.language == "zh"
        body = said.body
        if policy.sender_named:
            name = self.names[said.language]
            body = f"【{name}】{body}" if chinese else f"[{name}] {body}"
        if policy.sender_reachable and self.hotline not in body:
            body += f" 电话 {self.hotline}" if chinese else f" Call {self.hotline}"
        if policy.opt_out_told:
            body += " 拒收请回复TD" if chinese else " Reply TD to stop"
        return replace(said, body=body)

    def _can_be_ended(self, said: Said, touch: Touch) -> Said:
        page = self.links.unsubscribe(touch)
        if page is None:
            return said
        words = (
            "不想再收到我们的邮件" if said.language == "zh" else "To get no more e-mails from us"
        )
        return replace(said, body=f"{said.body}\n\n{words}: {page}")

    async def _links(
        self, tx: Tx, touch: Touch, step: PlanStep, said: Template, language: str
    ) -> dict[str, str]:
        """Only those that the text wants: each is a row or a signature."""
        wanted = {m[1] for m in PLACE.finditer(said.zh if language == "zh" else said.en)}
        made = {}
        if "link" in wanted:
            made["link"] = await self.links.booking(tx, touch)
        if "survey_link" in wanted and step.survey_id is not None:
            made["survey_link"] = await self.links.survey(tx, touch, step.survey_id, language)
        return made


def _placeholders(step: PlanStep) -> dict[str, str]:
    return {"link": "-"} | ({"survey_link": "-"} if step.survey_id else {})


async def _occasions(tx: Tx, touches: Sequence[Touch]) -> dict[UUID, str]:
    rows = await repository.SQL.occasions(tx.connection, touches=[one.id for one in touches])
    return {row["id"]: row["occasion"] for row in rows if row["occasion"]}


def _texts(policy: str, at: datetime) -> Text | None:
    try:
        return pack(policy, at).texts
    except PolicyUnknown:
        return None
