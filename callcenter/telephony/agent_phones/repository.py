"""Rows of agents' phones."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.telephony.agent_phones.model import AgentPhone, PhoneKind

SQL = load_queries(__file__)


async def of(tx: Tx, staff_id: UUID) -> AgentPhone:
    """His choice; who has made none uses his browser."""
    row = await SQL.phone_of(tx.connection, staff_id=staff_id)
    if row is None:
        return AgentPhone(staff_id, PhoneKind.BROWSER)
    return AgentPhone(staff_id, PhoneKind(row["kind"]), row["extension"])


@dataclass(frozen=True)
class KeptPhones:
    """See `hotline.phones.AgentPhones`."""

    database: Database

    async def of(self, staff_id: UUID) -> str | None:
        """His extension; None when he has no phone."""
        phone = await self.database.run(lambda tx: of(tx, staff_id), readonly=True)
        return phone.extension

    async def whose(self, extension: str) -> UUID | None:
        """The agent at this desk phone; None when it is nobody's."""
        found = await self.database.run(
            lambda tx: SQL.owner_of_desk_phone(tx.connection, extension=extension), readonly=True
        )
        return UUID(str(found)) if found else None
