"""The touches of a test's database."""

from typing import Any

from callcenter.customers.consents.model import Purpose
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.model import Touch, TouchState, Way


async def touches(database: Database) -> list[dict[str, Any]]:
    """All of them, by owner and step."""

    async def read(tx: Tx) -> list[dict[str, Any]]:
        rows = await tx.connection.fetch("select * from touches order by owner_id, step, attempt")
        return [dict(row) for row in rows]

    return await database.run(read, readonly=True)


def touch_of(row: dict[str, Any]) -> Touch:
    """The row as the model."""
    typed = {
        "channel": Way(row["channel"]),
        "state": TouchState(row["state"]),
        "purpose": Purpose(row["purpose"]),
    }
    return Touch(**({name: row[name] for name in Touch.__dataclass_fields__} | typed))
