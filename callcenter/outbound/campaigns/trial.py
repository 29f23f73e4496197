"""A plan tried on real people of its audience: what each would be told, and what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.check import Fault, faults, faults_with, survey_faults
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.plan import Plan, PlanStep
from callcenter.outbound.campaigns.survey_words import Surveys, with_survey
from callcenter.outbound.campaigns.words import OF_SURVEY, Person

SAMPLE = 100
"""People whose words are compared; from 60 on a share of 5 % cannot hide for long."""
LINK = "https://…"
QUESTION = "…"


class Sampler(Protocol):
    """Knows who would come into an audience."""

    async def sample(self, tx: Tx, audience_id: UUID, at_most: int) -> Sequence[About]:
        """Some who are in it now, the same ones each time; [] for nobody."""


async def tried(tx: Tx, sampler: Sampler, audience_id: UUID, hotline: str) -> list[Addressed]:
    """Real people of the audience."""
    return await told(tx, await sampler.sample(tx, audience_id, SAMPLE), hotline)


async def told(tx: Tx, them: Sequence[About], hotline: str) -> list[Addressed]:
    """These people, with stand-ins for the links that each would have."""
    return [with_links(one) for one in await people(tx, them, hotline)]


def all_faults(
    plan: Plan,
    kind: CampaignKind,
    purpose: Purpose,
    found: Sequence[Addressed],
    surveys: Surveys,
) -> list[Fault]:
    """Of the plan by itself, and of what these people would hear. `surveys`: those of the plan that
    are open."""
    alone = faults(plan, kind, purpose)
    one_text = {one.where for one in alone if one.code == "one_text_for_all"}
    tried_on = faults_with(plan, [one.person for one in found])
    # What everybody is told alike needs no sample to show it.
    shown = [
        one for one in tried_on if one.code != "same_words_for_all" or one.where not in one_text
    ]
    return [*alone, *survey_faults(plan, surveys), *shown]


def with_links(one: Addressed) -> Addressed:
    """With stand-ins where each will have links of his own, and a survey's question."""
    facts = {**one.person.facts, "link": LINK, "survey_link": LINK, "survey_question": QUESTION}
    return replace(one, person=replace(one.person, facts=facts))


def told_in(step: PlanStep, person: Person, surveys: Surveys) -> Person:
    """As the words of this step find him: of a survey only where it has one that is open."""
    facts = {name: fact for name, fact in person.facts.items() if name not in OF_SURVEY}
    return with_survey(replace(person, facts=facts), step, surveys, LINK)
