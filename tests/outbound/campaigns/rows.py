"""The touches of a test's database."""

from datetime import UTC, datetime
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


def zone_of_the_morning(now: datetime) -> str:
    """An IANA zone in which it is between ten and eleven: every policy lets owners be spoken to."""
    ahead = (10 - now.astimezone(UTC).hour + 12) % 24 - 12
    # In these names the sign says how far London is ahead.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
