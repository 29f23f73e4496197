"""The words for one owner: a variant's text with his own facts in it. Pure.

"{plate}" stands for a fact; "{plate|your car}" says what stands there for who has none. A text
whose fact is missing without such words does not fit that owner. "{plate|}" is left out with the
brackets around it, and with one of the spaces beside it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from callcenter.outbound.campaigns.plan import Plan, Said, Variant
from callcenter.outbound.model import Way

FACTS = frozenset(
    {
        "owner",
        "model",
        "plate",
        "last_visit",
        "last_station",
        "months_since_visit",
        "odometer",
        "due",
        "years_with_us",
        "ticket",
        "occasion",
        "link",
        "survey_link",
        "survey_question",
        "hotline",
    }
)
LINKS = frozenset({"link", "survey_link"})
OF_SURVEY = frozenset({"survey_link", "survey_question"})
"""Known only where the step has a survey that is open."""
SHARED = OF_SURVEY | {"owner", "link", "hotline"}
"""These make no other text of it: names and links are taken out, the rest is the same for all."""
PLACE = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
CAN_BE_EMPTY = re.compile(r"[ ]?[((](\{[^{}|]*\|\})[))]|[ ]?(\{[^{}|]*\|\})")


class FactMissing(Exception):
    """This owner has no such fact, and the text says nothing in its place."""


@dataclass(frozen=True)
class Words:
    """What is said."""

    body: str
    subject: str
    language: str


@dataclass(frozen=True)
class Person:
    """What decides over the variant, and the facts that stand in it."""

    tier: int
    model: str
    province: str
    occasion: str
    language: str
    facts: Mapping[str, str]


def unknown_places(said: Said) -> list[str]:
    """What stands in braces and is no fact, as it is written."""
    texts = (said.zh, said.en, said.subject_zh, said.subject_en)
    return sorted({m[0] for text in texts for m in PLACE.finditer(text) if m[1] not in FACTS})


def wanted(said: Said) -> frozenset[str]:
    """The facts that a text wants and says nothing in the place of."""
    texts = (said.zh, said.en, said.subject_zh, said.subject_en)
    return frozenset(m[1] for text in texts for m in PLACE.finditer(text) if m[2] is None)


def variant_for(plan: Plan, way: Way, person: Person) -> Variant | None:
    """The first variant that fits the person and whose words he has the facts for."""
    for variant in plan.variants:
        if fits(variant, person) and way in variant.words:
            try:
                words_of(variant.words[way], person)
            except FactMissing:
                continue
            return variant
    return None


def fits(variant: Variant, person: Person) -> bool:
    """Whether each mark of the variant fits."""
    return (
        (not variant.tiers or person.tier in variant.tiers)
        and (not variant.models or person.model in variant.models)
        and (not variant.provinces or person.province in variant.provinces)
        and (not variant.occasions or person.occasion in variant.occasions)
    )


def words_of(said: Said, person: Person) -> Words:
    """The text in the person's language. Raises FactMissing."""
    chinese = person.language == "zh"
    body, subject = (said.zh, said.subject_zh) if chinese else (said.en, said.subject_en)
    facts = person.facts
    return Words(_filled(body, facts), _filled(subject, facts), person.language)


def share_of_same(plan: Plan, way: Way, people: Sequence[Person]) -> float:
    """The share of these people who would be told what another is told too, once names and links
    are taken out of it: 1.0 is one text for all, 0.0 everybody has his own."""
    told = [text for person in people if (text := _masked(plan, way, person)) is not None]
    if len(told) < 2:
        return 0.0
    return sum(count for count in Counter(told).values() if count > 1) / len(told)


def is_one_text(plan: Plan, way: Way, *, chinese: bool) -> bool:
    """Whether all would be told the same by this way in this language, names and links aside,
    whoever they are: the variants' words are equal, and none holds a fact of his own."""
    said = {
        (one.words[way].zh if chinese else one.words[way].en).strip()
        for one in plan.variants
        if way in one.words
    }
    if any(place[1] not in SHARED for text in said for place in PLACE.finditer(text)):
        return False
    return len({PLACE.sub(lambda place: f"{{{place[1]}}}", text) for text in said}) == 1


def missing_words(plan: Plan, people: Iterable[Person], ways: Iterable[Way]) -> dict[Way, int]:
    """How many have no variant that fits, by way."""
    listed = list(people)
    counts = {way: sum(variant_for(plan, way, one) is None for one in listed) for way in ways}
    return {way: count for way, count in counts.items() if count}


def _masked(plan: Plan, way: Way, person: Person) -> str | None:
    hidden = {"owner": "*"} | {link: "*" for link in LINKS if link in person.facts}
    masked = replace(person, facts={**person.facts, **hidden})
    variant = variant_for(plan, way, masked)
    return words_of(variant.words[way], masked).body if variant else None


def _filled(text: str, facts: Mapping[str, str]) -> str:
    def left_out(found: re.Match[str]) -> str:
        place = PLACE.fullmatch(found[1] or found[2])
        return found[0] if place is None or facts.get(place[1]) else ""

    def fact(place: re.Match[str]) -> str:
        if found := facts.get(place[1]):
            return found
        if place[2] is None:
            raise FactMissing(place[1])
        return place[2]

    return PLACE.sub(fact, CAN_BE_EMPTY.sub(left_out, text)).strip()
