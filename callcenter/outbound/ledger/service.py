"""Reading the ledger of contacts, and writing to it what was no touch: a page filled in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.calls.last_words import LastContact
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.web.links import veiled

SQL = load_queries(__file__)
SHOWN = 3


@dataclass(frozen=True)
class Contact:
    """One row of `contact_ledger`; `state`: reserved, said or unknown. What the links in `words`
    open is the owner's alone: their tokens are left out. `note`: what the agent wrote down."""

    id: UUID
    owner_id: UUID
    vehicle_id: UUID | None
    campaign_id: UUID | None
    campaign: str | None
    touch_id: UUID | None
    channel: str
    purpose: str
    at: datetime
    state: str
    words: str
    reason: Mapping[str, Any]
    staff_id: UUID | None
    outcome: str | None
    promised: str
    note: str
    survey_response_id: UUID | None


AS_STORED = Contact.__dataclass_fields__.keys() - {"words", "reason"}


@dataclass(frozen=True)
class Unplanned:
    """A contact that no touch stands for. `channel`: a way to an owner, or "web"."""

    owner_id: UUID
    channel: str
    purpose: str
    words: str
    vehicle_id: UUID | None = None
    campaign_id: UUID | None = None
    staff_id: UUID | None = None
    outcome: str | None = None
    promised: str = ""
    survey_response_id: UUID | None = None


async def last_words(tx: Tx, owner_id: UUID) -> Sequence[LastContact]:
    """What was said to an owner last, the newest first: for whoever he rings up."""
    rows = await SQL.last_contacts(tx.connection, owner_id=owner_id, limit=SHOWN)
    return [
        LastContact(
            at=row["at"],
            is_sure=row["state"] == "said",
            channel=row["channel"],
            purpose=row["purpose"],
            campaign=row["campaign"],
            words=veiled(row["words"]),
            reason=json.loads(row["reason"]),
            outcome=row["outcome"],
            promised=row["promised"],
            note=row["note"],
            half_done=row["half_done"],
        )
        for row in rows
    ]


async def of_owner(
    tx: Tx, owner_id: UUID, limit: int, before: tuple[datetime, UUID] | None = None
) -> Sequence[Contact]:
    """All of his contacts, newest first; those that came to nothing are left out."""
    rows = await SQL.contacts_of_owner(
        tx.connection,
        owner_id=owner_id,
        limit=limit,
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
    )
    return [
        Contact(
            **{name: row[name] for name in AS_STORED},
            words=veiled(row["words"]),
            reason=json.loads(row["reason"]),
        )
        for row in rows
    ]


async def note(tx: Tx, contact: Unplanned, reason: Mapping[str, Any] | None = None) -> UUID:
    """Written down as said, now; it counts for his caps like any other. Its id."""
    contact_id = new_id()
    await SQL.add_contact(
        tx.connection,
        id=contact_id,
        reason=json.dumps(reason or {}),
        **{name: getattr(contact, name) for name in Unplanned.__dataclass_fields__},
    )
    return contact_id
