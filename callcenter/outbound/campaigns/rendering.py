"""The words of touches, put together when they are claimed: with the facts of that moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.plan import Plan, Variant
from callcenter.outbound.campaigns.plan import Said as Template
from callcenter.outbound.campaigns.survey_words import Surveys, surveys_of, with_survey
from callcenter.outbound.campaigns.words import (
    OF_SURVEY,
    PLACE,
    FactMissing,
    Person,
    variant_for,
    words_of,
)
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.policies.model import Text
from callcenter.outbound.policies.shelf import PolicyUnknown, pack
from callcenter.outbound.policies.verdict import Why
from callcenter.outbound.surveys.errors import SurveyNotFound, SurveyNotOpen
from callcenter.outbound.touches.model import Said, Unsaid

STAND_IN = "-"


@dataclass(frozen=True)
class Invitation:
    """Where he answers a survey; `question`: the one that is next, as a text asks it, or ""."""

    link: str
    question: str


class Links(Protocol):
    """Makes the links that stand in words; each for one touch."""

    async def booking(self, tx: Tx, touch: Touch) -> str:
        """Where the owner books a service."""

    async def surveys(self, tx: Tx, ids: Collection[UUID]) -> Surveys:
        """Those of them that take answers now."""

    async def survey(
        self, tx: Tx, touch: Touch, survey_id: UUID, language: str, *, asks: bool
    ) -> Invitation:
        """Where he answers; the same response each time it is asked for. `asks`: the words hold its
        question. Raises SurveyNotOpen, SurveyNotFound."""

    def unsubscribe(self, touch: Touch) -> str | None:
        """Where he says that he wants no more e-mails; None where that does not count."""


@dataclass(frozen=True)
class Renderer:
    """`hotline`: our number as people write it; `names`: who speaks, by language."""

    links: Links
    hotline: str
    names: Mapping[str, str]

    async def __call__(self, tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said | Unsaid]:
        """By touch id; one is left out who has no number or no address, and unsaid for whom no
        variant has words: one that is about a survey has none while that is not open."""
        occasions = await _occasions(tx, touches)
        about = [
            About(one.owner_id, one.vehicle_id, one.ticket_id, occasions.get(one.id, ""))
            for one in touches
        ]
        runs = {run_id: await repository.run(tx, run_id) for run_id in {t.run_id for t in touches}}
        found = await people(tx, about, self.hotline)
        policies = {run.policy: _texts(run.policy, await tx.now()) for run in runs.values()}
        asked = surveys_of([run.plan for run in runs.values()])
        surveys = await self.links.surveys(tx, asked)
        said: dict[UUID, Said | Unsaid] = {}
        for touch, who in zip(touches, found, strict=True):
            run = runs[touch.run_id]
            if one := await self._one(tx, touch, who, run.plan, surveys):
                said[touch.id] = self._signed(one, touch, policies[run.policy])
        return said

    async def _one(
        self, tx: Tx, touch: Touch, who: Addressed, plan: Plan, surveys: Surveys
    ) -> Said | Unsaid | None:
        step = plan.steps[touch.step]
        recipient = who.email if step.way is Way.EMAIL else who.phone
        if not recipient:
            return None
        linked = _with(who.person, {"link": STAND_IN})
        found = _variant(plan, touch, with_survey(linked, step, surveys, STAND_IN))
        if found is None:
            answered = _with(linked, dict.fromkeys(OF_SURVEY, STAND_IN))
            is_survey = _variant(plan, touch, answered) is not None
            return Unsaid(Why.SURVEY_NOT_OPEN if is_survey else Why.NO_WORDS)
        variant, said = found
        try:
            survey_id = step.survey_id if step.survey_id in surveys else None
            links = await self._links(tx, touch, survey_id, said, who.person.language)
            words = words_of(said, _with(who.person, links))
        except (SurveyNotOpen, SurveyNotFound):
            return Unsaid(Why.SURVEY_NOT_OPEN)
        except FactMissing:
            return Unsaid()
        subject = words.subject or None
        return Said(recipient, words.language, words.body, subject, variant.code)

    def _signed(self, said: Said | Unsaid, touch: Touch, policy: Text | None) -> Said | Unsaid:
        """With what the policy wants in a text: who speaks, and how to hear no more; an e-mail
        always tells that."""
        if isinstance(said, Unsaid):
            return said
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
        self, tx: Tx, touch: Touch, survey_id: UUID | None, said: Template, language: str
    ) -> dict[str, str]:
        """Only those that the text wants: each is a row or a signature."""
        wanted = {m[1] for m in PLACE.finditer(said.zh if language == "zh" else said.en)}
        made = {}
        if "link" in wanted:
            made["link"] = await self.links.booking(tx, touch)
        if wanted & OF_SURVEY and survey_id is not None:
            asks = "survey_question" in wanted
            his = await self.links.survey(tx, touch, survey_id, language, asks=asks)
            made |= {"survey_link": his.link, "survey_question": his.question}
        return made


def _with(person: Person, facts: Mapping[str, str]) -> Person:
    return replace(person, facts={**person.facts, **facts})


def _variant(plan: Plan, touch: Touch, person: Person) -> tuple[Variant, Template] | None:
    """A promised call is an agent's, whatever its step goes by; he may know only those words."""
    for way in dict.fromkeys((touch.channel, plan.steps[touch.step].way)):
        variant = variant_for(plan, way, person)
        if variant is not None:
            return variant, variant.words[way]
    return None


async def _occasions(tx: Tx, touches: Sequence[Touch]) -> dict[UUID, str]:
    rows = await repository.SQL.occasions(tx.connection, touches=[one.id for one in touches])
    return {row["id"]: row["occasion"] for row in rows if row["occasion"]}


def _texts(policy: str, at: datetime) -> Text | None:
    try:
        return pack(policy, at).texts
    except PolicyUnknown:
        return None
