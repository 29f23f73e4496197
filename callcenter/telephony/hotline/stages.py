"""Who hears whom in a talk, and how it ends."""

from enum import StrEnum


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


class Outcome(StrEnum):
    """How a talk ends: for good, or the caller waits for another."""

    OVER = "over"
    WAITS = "waits"


class CannotNow(Exception):
    """What is wanted does not fit the stage; the text is a code."""
