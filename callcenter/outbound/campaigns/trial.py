"""A plan tried on real people of its audience: what each would be told, and what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.check import Fault, faults, faults_with
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.plan import Plan

SAMPLE = 100
"""People whose words are compared; from 60 on a share of 5 % cannot hide for long."""
LINK = "https://…"


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
    plan: Plan, kind: CampaignKind, purpose: Purpose, found: Sequence[Addressed]
) -> list[Fault]:
    """Of the plan by itself, and of what these people would hear."""
    return [*faults(plan, kind, purpose), *faults_with(plan, [one.person for one in found])]


def with_links(one: Addressed) -> Addressed:
    """With stand-ins where each will have links of his own."""
    facts = {**one.person.facts, "link": LINK, "survey_link": LINK}
    return replace(one, person=replace(one.person, facts=facts))
