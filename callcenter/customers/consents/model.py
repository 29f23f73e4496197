"""Purposes and channels of a contact, and what an owner has said to them. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ContactPurpose(StrEnum):
    """Why an owner is spoken to: law and caps go by it. A greeting with an offer is marketing."""

    SAFETY = "safety"
    CONTRACT = "contract"
    SATISFACTION = "satisfaction"
    MARKETING = "marketing"
    GREETING = "greeting"


class ContactChannel(StrEnum):
    """What consent is given for. A web link comes by text or e-mail."""

    CALL = "call"
    AUTOMATED_CALL = "automated_call"
    TEXT = "text"
    EMAIL = "email"


# In the API by the long name: messages and recordings have a channel and a purpose of theirs.
Purpose = ContactPurpose
Channel = ContactChannel


class Evidence(StrEnum):
    """By what it can be proved that he said so."""

    PAPER = "paper"
    RECORDING = "recording"
    WEB_FORM = "web_form"
    TEXT_REPLY = "text_reply"
    KEY_PRESS = "key_press"
    FILE = "file"
    SAID_TO_AGENT = "said_to_agent"
    RECEIPT = "receipt"


class SilenceReason(StrEnum):
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
    reason: SilenceReason | None = None


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
