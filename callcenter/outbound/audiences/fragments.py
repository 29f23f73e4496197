"""The texts of fragments.sql. Nothing that a person writes becomes part of a text: values have
numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = re.compile(r"^-- (test|fact|set): (\w+)(?: of (c\.\w+))?\n", re.MULTILINE)
NAME = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True)
class Fragment:
    """A test of a row of audience_cars, or a set of ids (`key`: whose) with their facts."""

    text: str
    key: str | None
    fact: str | None = None

    @property
    def is_set(self) -> bool:
        """Whether it is looked up in, instead of asked of the row."""
        return self.key is not None


def _read(text: str) -> dict[str, Fragment]:
    heads = list(HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found: dict[str, Fragment] = {}
    for head, end in zip(heads, ends, strict=True):
        role, name, key = head.groups()
        body = text[head.end() : end].strip()
        if role == "fact":
            found[name] = Fragment(found[name].text, None, body)
        else:
            found[name] = Fragment(body, key)
    return found


FRAGMENTS = _read(Path(__file__).with_name("fragments.sql").read_text(encoding="utf-8"))


@dataclass
class Values:
    """The values of one statement in the order of their numbers."""

    given: list[Any] = field(default_factory=list)

    def bind(self, text: str, values: Mapping[str, Any]) -> str:
        """The text with a number for each name; one value has one number, however often."""
        numbers: dict[str, str] = {}

        def number(found: re.Match[str]) -> str:
            name = found[1]
            if name not in numbers:
                self.given.append(values[name])
                numbers[name] = f"${len(self.given)}"
            return numbers[name]

        return NAME.sub(number, text)
