"""An HTML answer of a handler."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Html:
    """A rendered page. `asks_position` lets it ask the browser for the position."""

    text: str
    status: int = 200
    asks_position: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Redirect:
    """Go on elsewhere after a form was posted (303)."""

    location: str
