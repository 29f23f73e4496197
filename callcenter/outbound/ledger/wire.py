"""Contacts on the wire."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from callcenter.outbound.ledger.service import Contact
from callcenter.web.wire import Moment, Page, QueryModel, WireModel


class ContactOut(WireModel):
    """What was said to an owner, why him, and what came of it.

    `state`: "reserved" is about to be said, of "unknown" nobody knows whether it was. `channel`:
    agent_call, automated_call, text, email or web. `note`: what the agent who spoke with him wrote
    down, "" for none.
    """

    id: UUID
    at: Moment
    channel: str
    purpose: str
    state: str
    words: str
    reason: dict[str, Any]
    outcome: str | None
    promised: str
    note: str
    campaign_id: UUID | None
    campaign: str | None
    vehicle_id: UUID | None
    touch_id: UUID | None
    staff_id: UUID | None
    survey_response_id: UUID | None


class OwnerPath(QueryModel):
    """The owner in the address."""

    owner_id: UUID


class ContactQuery(QueryModel):
    """Paging."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


ContactPage = Page[ContactOut]


def contact_out(contact: Contact) -> ContactOut:
    fields = {name: getattr(contact, name) for name in ContactOut.model_fields}
    return ContactOut(**(fields | {"reason": dict(contact.reason)}))
