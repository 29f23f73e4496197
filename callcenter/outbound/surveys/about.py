"""Who is asked: codes for conditions and cross tables, and his words for the questions."""

from datetime import date
from typing import Any

from callcenter.clock import CHINA
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.repository import SQL
from callcenter.outbound.surveys.response import Response

DAYS_OF_A_YEAR = 365.25


async def facts_of(tx: Tx, owner_id: Any, vehicle_id: Any, ticket_id: Any) -> Any:
    """One row with all that is known; nulls where nothing is."""
    return await SQL.facts_of(
        tx.connection, owner_id=owner_id, vehicle_id=vehicle_id, ticket_id=ticket_id
    )


def codes_of(row: Any, today: date) -> dict[str, str]:
    """What is kept with the response: as it was when he was asked."""
    known: dict[str, str] = {}
    if row["tier"] is not None:
        known["tier"] = str(row["tier"])
    for name in ("province", "model"):
        if row[name]:
            known[name] = row[name]
    if row["delivered_on"]:
        days = (today - row["delivered_on"]).days
        known["car_age"] = str(max(0, int(days / DAYS_OF_A_YEAR)))
    return known


def words_of(row: Any) -> dict[str, str]:
    """Fact -> what stands in its place."""
    found = {
        "owner": row["owner"],
        "car": row["model"],
        "plate": row["plate"],
        "ticket": row["ticket"],
    }
    return {name: value for name, value in found.items() if value}


async def personal(tx: Tx, response: Response) -> dict[str, str]:
    """The facts for the texts of this response."""
    row = await facts_of(tx, response.owner_id, response.vehicle_id, response.ticket_id)
    return words_of(row)


async def today_of(tx: Tx) -> date:
    """The day on China's calendars, by the database's clock."""
    return (await tx.now()).astimezone(CHINA).date()
