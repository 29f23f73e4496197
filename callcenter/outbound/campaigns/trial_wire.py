"""A plan tried on real people, on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.check import Fault
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import Addressed
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.campaigns.survey_words import Surveys
from callcenter.outbound.campaigns.trial import told_in
from callcenter.outbound.campaigns.words import Person, variant_for, words_of
from callcenter.outbound.model import Way
from callcenter.web.wire import WireModel


class PlanTrial(WireModel):
    """A plan to be tried on real people; nothing is kept."""

    kind: Annotated[CampaignKind, Field(strict=False)]
    purpose: Annotated[Purpose, Field(strict=False)]
    audience_id: UUID | None = None
    plan: Annotated[Plan, Field(strict=False)]


class PlanFault(WireModel):
    """One fault of a plan, and where: "variants.gold.text"."""

    code: str
    where: str
    words: str


class ToldWords(WireModel):
    """What a real person would be told by one step (from 0); null where no variant has words for
    him."""

    step: int
    way: Way
    variant: str | None
    subject: str
    body: str | None


class PersonTold(WireModel):
    """One owner of the audience with all that he would be told."""

    owner_id: UUID
    name: str
    tier: int
    model: str
    words: list[ToldWords]


class PlanTried(WireModel):
    """Its faults, and up to 20 people with their words."""

    faults: list[PlanFault]
    people: list[PersonTold]


def fault_out(one: Fault, language: str) -> PlanFault:
    """In the reader's language."""
    words = one.words_zh if language == "zh" else one.words_en
    return PlanFault(code=one.code, where=one.where, words=words)


def person_told(plan: Plan, one: Addressed, surveys: Surveys) -> PersonTold:
    """All that this person would be told, step by step."""
    return PersonTold(
        owner_id=one.about.owner_id,
        name=one.name,
        tier=one.person.tier,
        model=one.person.model,
        words=[
            _words(plan, n, told_in(step, one.person, surveys)) for n, step in enumerate(plan.steps)
        ],
    )


def _words(plan: Plan, number: int, person: Person) -> ToldWords:
    way = plan.steps[number].way
    variant = variant_for(plan, way, person)
    if variant is None:
        return ToldWords(step=number, way=way, variant=None, subject="", body=None)
    words = words_of(variant.words[way], person)
    return ToldWords(
        step=number, way=way, variant=variant.code, subject=words.subject, body=words.body
    )
