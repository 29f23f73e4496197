"""Texts that a person has to read, on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.customers.consents.trouble import speaks_of_trouble
from callcenter.messages.inbound import TextMeaning
from callcenter.phones import masked, masked_words
from callcenter.web.wire import Page, QueryModel, WireModel


class TextBackQuery(QueryModel):
    """Those that wait for somebody, or those that somebody has dealt with."""

    seen_to: bool = False
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class TextBackPath(QueryModel):
    """Which text."""

    text_id: UUID


class SeenToBody(WireModel):
    """What was done about it, for those who come after."""

    note: Annotated[str, Field(max_length=300)] = ""


class Writer(WireModel):
    """An owner who has this number."""

    owner_id: UUID
    name: str


class AnswersTo(WireModel):
    """What we had said to him last by text."""

    at: datetime
    words: str
    campaign: str | None
    campaign_id: UUID | None


class TextBackOut(WireModel):
    """What somebody wrote. `sender` and numbers in `body` as the role may see them;
    `answers_to`: what it may be an answer to; `seen_to_by` is a name. `meant`: a likely refusal
    has silenced its owners already; `is_urgent`: it may be a call for help with a car."""

    id: UUID
    received_at: datetime
    sender: str
    body: str
    meant: Literal[TextMeaning.LIKELY_REFUSAL, TextMeaning.NOTHING_KNOWN]
    is_urgent: bool
    owners: list[Writer]
    answers_to: AnswersTo | None
    seen_to_at: datetime | None
    seen_to_by: str | None
    note: str


class TextBackPage(Page[TextBackOut]):
    """Newest first."""


def text_back_out(
    row: Any,
    owners: Mapping[UUID, str],
    before: Any,
    names: Mapping[str, str],
    *,
    phones: bool,
) -> TextBackOut:
    """`names`: staff actor -> name."""
    return TextBackOut(
        id=row["id"],
        received_at=row["received_at"],
        sender=row["sender"] if phones else masked(row["sender"]),
        body=row["body"] if phones else masked_words(row["body"]),
        meant=row["meant"],
        is_urgent=speaks_of_trouble(row["body"]),
        owners=[Writer(owner_id=owner_id, name=name) for owner_id, name in owners.items()],
        answers_to=_answers_to(before),
        seen_to_at=row["seen_to_at"],
        seen_to_by=names.get(row["seen_to_by"] or ""),
        note=row["seen_to_note"],
    )


def _answers_to(row: Any) -> AnswersTo | None:
    if row is None:
        return None
    return AnswersTo(
        at=row["at"], words=row["words"], campaign=row["campaign"], campaign_id=row["campaign_id"]
    )
