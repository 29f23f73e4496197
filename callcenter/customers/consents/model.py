"""Purposes and channels of a contact, and what an owner has said to them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """Why an owner is spoken to: law and caps go by it. A greeting with an offer is marketing."""

    SAFETY = "safety"
    CONTRACT = "contract"
    SATISFACTION = "satisfaction"
    MARKETING = "marketing"
    GREETING = "greeting"


class Channel(StrEnum):
    """What consent is given for. A web link comes by text or e-mail."""

    CALL = "call"
    AUTOMATED_CALL = "automated_call"
    TEXT = "text"
    EMAIL = "email"


class Evidence(StrEnum):
    """By what it can be proved that he said so."""

    PAPER = "paper"
    RECORDING = "recording"
    WEB_FORM = "web_form"
    TEXT_REPLY = "text_reply"
    KEY_PRESS = "key_press"
    FILE = "file"
    SAID_TO_AGENT = "said_to_agent"


class Reason(StrEnum):
    """Why a channel is silent."""

    ASKED = "asked"
    COMPLAINED = "complained"
    WRONG_NUMBER = "wrong_number"
    BOUNCED = "bounced"
    DECEASED = "deceased"
    LEGAL = "legal"


@dataclass(frozen=True)
class Word:
    """One word of an owner: given, or taken back. Without a purpose it is about the channel as
    such: not granted, he wants to hear nothing on it; granted, that is over."""

    owner_id: UUID
    channel: Channel
    granted: bool
    evidence: Evidence
    said_at: datetime
    purpose: Purpose | None = None
    reference: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Reach:
    """One row of `owner_reach`: his words as they stand today, as "purpose:channel"; `silent`:
    channels on which he wants to hear nothing at all."""

    owner_id: UUID
    granted: frozenset[str]
    refused: frozenset[str]
    silent: frozenset[str]
    silent_at: datetime | None


def code_of(purpose: Purpose, channel: Channel) -> str:
    """As `granted` and `refused` hold it."""
    return f"{purpose}:{channel}"


def reach_by(owner_id: UUID, words: Iterable[Word]) -> Reach:
    """What all his words come to, in whatever order they reached us: the later one counts by when
    it was said, of two said at once the refusal.

    Silence takes back every grant before it, and refuses every purpose that is not granted behind
    it. When it is over, what he had refused by itself stays refused, and no grant comes back. A
    grant said behind it ends it, for that purpose alone.
    """
    # Of two said at once the refusal is the later.
    said = sorted(words, key=lambda word: (word.said_at, not word.granted))
    states = [_on(channel, [one for one in said if one.channel is channel]) for channel in Channel]
    return Reach(
        owner_id=owner_id,
        granted=frozenset(code for one in states for code in one.granted),
        refused=frozenset(code for one in states for code in one.refused),
        silent=frozenset(channel for one in states for channel in one.silent),
        silent_at=max((one.silent_at for one in states if one.silent_at), default=None),
    )


@dataclass(frozen=True)
class _OnChannel:
    granted: Sequence[str]
    refused: Sequence[str]
    silent: Sequence[str]
    silent_at: datetime | None


def _on(channel: Channel, said: Sequence[Word]) -> _OnChannel:
    silences = [word for word in said if word.purpose is None and not word.granted]
    silence = silences[-1].said_at if silences else None
    last = {word.purpose: word for word in said}
    is_over = silence is None or last[None].granted
    given = [
        word.purpose
        for word in last.values()
        if word.purpose and word.granted and (silence is None or word.said_at > silence)
    ]
    refused = {word.purpose for word in last.values() if word.purpose and not word.granted}
    if not is_over:
        refused |= {*Purpose} - {*given}
    is_silent = not is_over and not given
    return _OnChannel(
        granted=[code_of(purpose, channel) for purpose in given],
        refused=[code_of(purpose, channel) for purpose in Purpose if purpose in refused],
        silent=[channel.value] if is_silent else [],
        silent_at=silence if is_silent else None,
    )
