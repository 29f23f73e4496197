"""Who hears whom in a talk, and how it ends."""

from enum import StrEnum

from callcenter.calls.control.model import Callee


class Stage(StrEnum):
    """ASKING: a third one's phone rings, the caller hears music. ASIDE: agent and third speak, the
    caller hears music. GOING: the third one's phone rings for the caller alone. HANDED: caller and
    third speak, the agent is gone."""

    TALKING = "talking"
    HELD = "held"
    ASKING = "asking"
    ASIDE = "aside"
    TOGETHER = "together"
    GOING = "going"
    HANDED = "handed"


def with_caller(stage: Stage, bridge: str, third: Callee | None) -> tuple[str, str]:
    """The bridge in which the caller speaks with somebody, "" while he does not; and the number of
    who came in from outside."""
    if stage not in (Stage.TALKING, Stage.TOGETHER, Stage.HANDED):
        return "", ""
    stranger = third.number if third is not None and stage is not Stage.TALKING else None
    return bridge, stranger or ""


class Outcome(StrEnum):
    """How a talk ends: for good, or the caller waits for another."""

    OVER = "over"
    WAITS = "waits"


class CannotNow(Exception):
    """What is wanted does not fit the stage; the text is a code."""
