"""Sheets of owners and visits, imported as an operator does; and what stands there afterwards."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from callcenter.customers.by_file import applying, planning
from callcenter.customers.by_file.model import FileImport, ImportKind
from callcenter.db.database import Database
from callcenter.web.sheets.write import Format, written

FILE_DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
VIN = "LYXC1A2B{}P{:07d}"
TABLES = (
    *("owners", "vehicles", "contact_points", "owner_contact_points", "owner_vehicles"),
    *("owner_name_keys", "consents", "owner_reach", "visits"),
)


def vin(number: int) -> str:
    """Seventeen signs; its check digit is nobody's business here."""
    return VIN.format(number % 10, number)


async def planned(
    database: Database,
    folder: Path,
    kind: ImportKind,
    rows: Sequence[Mapping[str, str]],
    *,
    how: Format = "csv",
    stations: Mapping[str, UUID] | None = None,
    said_at: datetime = FILE_DAY,
) -> FileImport:
    """The sheet of these rows read; headings are those that the rows name."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    file = folder / f"{kind}.{how}"
    file.write_bytes(
        written(how, headings, [[row.get(name, "") for name in headings] for row in rows])
    )
    digest = planning.digest_of(file, {})
    import_id = await database.run(
        lambda tx: planning.open_import(
            tx, "test", kind, file_name=file.name, digest=digest, said_at=said_at, mapping={}
        )
    )
    return await planning.read_file(database, "test", import_id, file, stations or {})


async def imported(
    database: Database,
    folder: Path,
    kind: ImportKind,
    rows: Sequence[Mapping[str, str]],
    **how: Any,
) -> dict[str, int]:
    """The sheet read and applied; rows by outcome."""
    made = await planned(database, folder, kind, rows, **how)
    await database.run(lambda tx: applying.allow(tx, "test", made.id))
    done = await applying.apply_file(database, made.id)
    return {one.value: many for one, many in done.counts.items()}


async def everything(database: Database) -> dict[str, list[str]]:
    """All rows of owners, cars and what hangs on them."""
    async with database.reading() as tx:
        return {
            table: [
                row["whole"]
                for row in await tx.connection.fetch(
                    f"select t::text as whole from {table} t order by 1"
                )
            ]
            for table in TABLES
        }
