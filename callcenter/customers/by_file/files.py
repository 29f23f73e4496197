"""What goes back to people: the template, and the refused rows with why."""

import asyncio
from uuid import UUID

from callcenter.customers.by_file import repository
from callcenter.customers.by_file.model import ImportKind, RowOutcome
from callcenter.customers.by_file.sort import CELLS_DIVIDED_BY
from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.transaction import Tx
from callcenter.phones import masked_words
from callcenter.web.sheets.write import written, xlsx

MOST_REFUSED = 100_000
"""Rows of an error file: of more, what is wrong is wrong with the whole sheet."""


def template(kind: ImportKind) -> bytes:
    """The headings, and one row as an example."""
    headings, example = SORTS[kind].columns.template()
    return written("xlsx", headings, [example])


async def error_file(tx: Tx, import_id: UUID, *, with_phones: bool = True) -> bytes:
    """The refused rows as they were given, with why in the last column: it can be corrected and
    imported again. Raises OwnerImportNotFound."""
    made = await repository.get(tx, import_id)
    fields = SORTS[made.kind].columns.fields_of(made.headings, made.mapping)
    hidden = set() if with_phones else {n for n, one in enumerate(fields) if one == "phones"}
    refused = await SORTS[made.kind].listed(
        tx.connection, id=made.id, outcome=RowOutcome.REFUSED.value, after=0, limit=MOST_REFUSED
    )
    rows = [
        [
            *(
                masked_words(cell) if at in hidden else cell
                for at, cell in enumerate(row["cells"].split(CELLS_DIVIDED_BY))
            ),
            f"{row['reason_zh']} / {row['reason_en']}",
        ]
        for row in refused
    ]
    return await asyncio.to_thread(xlsx, [*made.headings, "原因 Reason"], rows)
