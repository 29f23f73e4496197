"""Personal facts in the texts of a survey. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from callcenter.outbound.surveys.parts import BothWords, Part

P = TypeVar("P", bound=Part)

NAMELESS = {
    "owner": {"zh": "车主", "en": "owner"},
    "car": {"zh": "您的车", "en": "your car"},
    "plate": {"zh": "您的车", "en": "your car"},
    "ticket": {"zh": "这次服务", "en": "this case"},
}
"""What stands in a text where a fact is not known."""
FACT = re.compile(r"\{(owner|car|plate|ticket)\}")


def filled(words: BothWords, facts: Mapping[str, str], language: str) -> str:
    """The text in this language with the facts in it."""
    nameless = {name: both[language] for name, both in NAMELESS.items()}
    return FACT.sub(lambda m: facts.get(m[1]) or nameless[m[1]], words.of(language))


def with_facts(part: P, facts: Mapping[str, str]) -> P:
    """The question, say, with the facts in all of its texts, in both languages."""
    whole = _with_facts(part.model_dump(mode="json"), facts)
    return part.model_validate_json(json.dumps(whole))


def _with_facts(value: Any, facts: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_with_facts(one, facts) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"zh", "en"}:
        words = BothWords(**value)
        return {language: filled(words, facts, language) for language in value}
    return {name: _with_facts(one, facts) for name, one in value.items()}
