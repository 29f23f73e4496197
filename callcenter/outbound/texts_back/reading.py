"""Texts that a person has to read, with who may have written them and what they may answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.messages.service import SQL as MESSAGES

SQL = load_queries(__file__)


async def not_understood(
    tx: Tx, *, seen_to: bool, before: UUID | None, limit: int
) -> Sequence[Any]:
    """Rows of `inbound_texts`, newest first."""
    found: Sequence[Any] = await MESSAGES.texts_not_understood(
        tx.connection, seen_to=seen_to, before=before, limit=limit
    )
    return found


async def writers(tx: Tx, texts: Sequence[Any]) -> Mapping[str, Mapping[UUID, str]]:
    """Number -> id and name of all owners who have it."""
    return await customers.names_by_phone(tx, sorted({one["sender"] for one in texts}))


async def said_before(
    tx: Tx, texts: Sequence[Any], by: Mapping[str, Mapping[UUID, str]]
) -> Mapping[UUID, Any]:
    """Text -> what was said last by text to one of its owners, in the 30 days before."""
    pairs = [(one, owner_id) for one in texts for owner_id in by[one["sender"]]]
    rows = await SQL.said_before(
        tx.connection,
        text_ids=[one["id"] for one, _ in pairs],
        owner_ids=[owner_id for _, owner_id in pairs],
        ats=[one["received_at"] for one, _ in pairs],
    )
    return {row["text_id"]: row for row in rows}
