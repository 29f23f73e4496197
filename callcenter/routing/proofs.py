"""What is kept of the work on a dispatch: photos, and a signature or why there is none."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.routing import repository

SQL = repository.SQL


class ProofKind(StrEnum):
    """What a kept picture is."""

    PHOTO = "photo"
    SIGNATURE = "signature"


class Unsigned(StrEnum):
    """Why the owner has not signed."""

    NOT_ASKED = "not_asked"
    ABSENT = "absent"
    UNABLE = "unable"
    DECLINED = "declined"


async def keep(tx: Tx, dispatch_id: UUID, kind: ProofKind, file_id: UUID) -> None:
    """This picture belongs to the dispatch."""
    await SQL.keep_proof(tx.connection, dispatch_id=dispatch_id, kind=kind.value, file_id=file_id)


async def unsigned(tx: Tx, dispatch_id: UUID, why: Unsigned) -> None:
    """There is no signature, and why."""
    await SQL.keep_unsigned(tx.connection, dispatch_id=dispatch_id, reason=why.value)


async def of_ticket(tx: Tx, ticket_id: UUID) -> Sequence[Any]:
    """Every picture of its dispatches, and the reasons for none, oldest first."""
    rows: Sequence[Any] = await SQL.proofs_of(tx.connection, ticket_id=ticket_id)
    return rows
