"""The words of touches, put together when they are claimed: with the facts of that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.model import Run
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.plan import PlanStep, Said
from callcenter.outbound.campaigns.words import PLACE, variant_for, words_of
from callcenter.outbound.model import Touch, Way


@dataclass(frozen=True)
class Rendered:
    """What is said to whom; `recipient`: E.164, or an e-mail address."""

    recipient: str
    language: str
    subject: str
    body: str
    variant: str


@dataclass(frozen=True)
class Unsayable:
    """Nothing can be said: no_number, no_email, no_words."""

    reason: str


class Links(Protocol):
    """Makes the links that stand in words; each for one touch."""

    async def booking(self, tx: Tx, touch: Touch) -> str:
        """Where the owner books a service."""

    async def survey(self, tx: Tx, touch: Touch, survey_id: UUID, language: str) -> str:
        """Where he answers; the same response each time it is asked for."""


@dataclass(frozen=True)
class Renderer:
    """`hotline`: our number as people write it."""

    links: Links
    hotline: str

    async def __call__(
        self, tx: Tx, touches: Sequence[Touch]
    ) -> Mapping[UUID, Rendered | Unsayable]:
        """By touch id."""
        occasions = await _occasions(tx, touches)
        about = [
            About(one.owner_id, one.vehicle_id, one.ticket_id, occasions.get(one.id, ""))
            for one in touches
        ]
        runs = {run_id: await repository.run(tx, run_id) for run_id in {t.run_id for t in touches}}
        found = await people(tx, about, self.hotline)
        return {
            touch.id: await self._one(tx, touch, who, runs[touch.run_id])
            for touch, who in zip(touches, found, strict=True)
        }

    async def _one(self, tx: Tx, touch: Touch, who: Addressed, run: Run) -> Rendered | Unsayable:
        step = run.plan.steps[touch.step]
        recipient = who.email if step.way is Way.EMAIL else who.phone
        if not recipient:
            return Unsayable("no_email" if step.way is Way.EMAIL else "no_number")
        linked = replace(who.person, facts={**who.person.facts, **_placeholders(step)})
        variant = variant_for(run.plan, step.way, linked)
        if variant is None:
            return Unsayable("no_words")
        said = variant.words[step.way]
        links = await self._links(tx, touch, step, said, who.person.language)
        words = words_of(said, replace(who.person, facts={**who.person.facts, **links}))
        return Rendered(recipient, words.language, words.subject, words.body, variant.code)

    async def _links(
        self, tx: Tx, touch: Touch, step: PlanStep, said: Said, language: str
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
