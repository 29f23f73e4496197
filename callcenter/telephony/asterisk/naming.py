"""Everything that we make in Asterisk is named after its call: an event tells by its id alone whose
it is, to a process that has just been started, too."""

import secrets

BETWEEN = "~"
PLACED = "out."
"""Begins the name of a call that we have begun."""
LEG, BRIDGE, PLAYBACK, RECORDING, SNOOP = "leg", "bridge", "play", "rec", "snoop"
PLAYBACK_NAMES = 32


def new_name(call: str, kind: str) -> str:
    """`1732589000.12~leg-9f31c2`."""
    return f"{call}{BETWEEN}{kind}-{secrets.token_hex(4)}"


def playback_names(call: str) -> list[str]:
    """`1732589000.12~play-07`. Few, to be used again: who adopts a call stops what is still played,
    and a switch does not tell what that is."""
    return [f"{call}{BETWEEN}{PLAYBACK}-{number:02d}" for number in range(PLAYBACK_NAMES)]


def call_of(name: str) -> str:
    """The call that a channel, bridge, playback or recording belongs to. A caller's own channel
    has the name of the call."""
    return name.partition(BETWEEN)[0]


def kind_of(name: str) -> str:
    """LEG and so on; "" for a caller's own channel and for what others made."""
    return name.partition(BETWEEN)[2].rpartition("-")[0]
