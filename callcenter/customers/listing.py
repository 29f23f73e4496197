"""The list of owners: all of them, or those that what was typed fits; newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.customers import search, service
from callcenter.customers.looked_for import looked_for
from callcenter.customers.model import Owner
from callcenter.db.transaction import Tx

MOST_FOUND = 1_000
"""Of more that fit nobody reads the list: these are shown, and that there are others."""


@dataclass(frozen=True)
class Part:
    """A part of the list; `more`: others fit, too, whom it does not name."""

    owners: Sequence[Owner]
    more: bool = False


async def listed(tx: Tx, *, typed: str | None, before: UUID | None, limit: int) -> Part:
    """Owners behind `before`, by a name, a plate, or the end of a number or VIN."""
    if typed is None:
        rows = await service.SQL.list_owners(tx.connection, before=before, limit=limit)
        return Part(await service.owners_of_rows(tx, rows))
    found = await search.owner_ids(tx, looked_for(typed), MOST_FOUND)
    ids = sorted(found[:MOST_FOUND], reverse=True)
    behind = [one for one in ids if before is None or one < before]
    return Part(await service.owners_of_ids(tx, behind[:limit]), len(found) > MOST_FOUND)
