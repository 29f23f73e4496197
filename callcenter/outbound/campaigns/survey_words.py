"""What of a step's survey stands in its words: where it is answered, and what it asks first."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.plan import Plan, PlanStep
from callcenter.outbound.campaigns.words import Person
from callcenter.outbound.model import Way
from callcenter.outbound.surveys import repository
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.text_reply import message_of
from callcenter.outbound.surveys.walk import standing

Surveys = Mapping[UUID, Survey]
"""Those of a plan's surveys that take answers now."""


async def open_of(tx: Tx, plan: Plan) -> Surveys:
    """Those that its steps ask."""
    return await repository.open_now(tx, surveys_of([plan]))


def surveys_of(plans: Collection[Plan]) -> frozenset[UUID]:
    """All that are named in steps."""
    return frozenset(
        step.survey_id for plan in plans for step in plan.steps if step.survey_id is not None
    )


def with_survey(person: Person, step: PlanStep, surveys: Surveys, link: str) -> Person:
    """With what stands for his own link, and the first question as a text asks it; without both
    where the step has no survey that is open."""
    survey = surveys.get(step.survey_id) if step.survey_id else None
    if survey is None:
        return person
    facts = {**person.facts, "survey_link": link}
    question = _first_question(survey, person)
    if step.way is Way.TEXT and question:
        facts["survey_question"] = question
    return replace(person, facts=facts)


def is_textable(survey: Survey, about: Mapping[str, str]) -> bool:
    """Whether a text can ask its first question."""
    first = standing(survey, {}, about).next
    return first is not None and message_of(survey.by_code[first], {}, "zh") != ""


def _first_question(survey: Survey, person: Person) -> str:
    """Empty for one that must be seen."""
    about = {"tier": str(person.tier), "province": person.province, "model": person.model}
    first = standing(survey, {}, {name: fact for name, fact in about.items() if fact}).next
    if first is None:
        return ""
    facts = person.facts
    named = {name: facts[name] for name in ("owner", "plate", "ticket") if name in facts}
    if "model" in facts:
        named["car"] = facts["model"]
    return message_of(survey.by_code[first], named, person.language)
