"""The root of every refusal: a code (API, never renamed), a status, two languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: where (JSON pointer), which rule, and in words."""

    pointer: str
    code: str
    detail: str


class CallCenterError(Exception):
    """A request that cannot be met, and why. Each refusal is a subclass with its own code.

    Facts given by name fill the {braces} of the messages; they may reach the caller, so they
    hold no phone numbers, names or positions.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message_zh: ClassVar[str] = "请求被拒绝。"
    message_en: ClassVar[str] = "The request was refused."

    def __init__(self, *, fields: list[FieldError] | None = None, **facts: Any) -> None:
        self.fields = fields or []
        self.facts = facts
        super().__init__(f"{self.code}: {self.message('en')}")

    def message(self, language: str, say: Callable[[str, str], str] | None = None) -> str:
        """The words for the caller, in `zh` or `en`. `say(name, value)` puts a fact that is a
        code into words; without it the code stands there as it is."""
        text = self.message_en if language == "en" else self.message_zh
        facts = {name: say(name, str(fact)) for name, fact in self.facts.items()} if say else None
        return text.format_map(_Known(facts or self.facts))


class _Known(dict[str, Any]):
    """A fact that was not given shows as "?" instead of hiding the refusal behind a KeyError."""

    def __missing__(self, key: str) -> str:
        return "?"
