"""Routes of owners and visits by file: tried out by the worker, applied by it, and what is left."""

import asyncio
import itertools
from typing import Any

from aiohttp import web

from callcenter.customers.by_file import files, jobs, repository
from callcenter.customers.by_file.model import RowOutcome
from callcenter.customers.by_file.sorts import SORTS
from callcenter.customers.by_file.wire import (
    OwnerHeadingsForm,
    OwnerImportForm,
    OwnerImportOut,
    OwnerImportPage,
    OwnerImportPath,
    OwnerImportRowOut,
    OwnerImportRowPage,
    OwnerImportRowsQuery,
    OwnerTemplateQuery,
    import_out,
    path_of,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.headings import mapping_of
from callcenter.web.sheets.headings_wire import EXAMPLES, HeadingsOut, headings_out
from callcenter.web.sheets.stream import long_sheet
from callcenter.web.sheets.write import XLSX
from callcenter.web.wire import ListQuery

routes = Routes(tags=["customers"])
IMPORTS = "/api/v1/owner-imports"
MAY = Permission.SUPERVISE


@routes.post(IMPORTS, permission=MAY, status=201, spools=True)
async def plan_owner_import(call: Call, form: OwnerImportForm) -> OwnerImportOut:
    """Keep a sheet of owners and cars, or of visits, and have it tried out: what each row would do.

    Ask for it again until it is `planned`. A plan that is not applied is forgotten after a week.
    """
    made = await jobs.take_in(
        call.tx,
        call.actor.id,
        form.kind,
        path_of(form.file),
        file_name=form.file.file_name,
        mapping=mapping_of(form.mapping.splitlines()),
    )
    return import_out(made)


@routes.get(IMPORTS, permission=MAY)
async def list_owner_imports(call: Call, query: ListQuery) -> OwnerImportPage:
    """Files that were tried out or applied, newest first."""
    before = read_cursor(query.cursor)
    found = await repository.newest(call.tx, query.limit + 1, before=before)
    last = found[query.limit - 1] if len(found) > query.limit else None
    return OwnerImportPage(
        items=[import_out(one) for one in found[: query.limit]],
        next_cursor=write_cursor(last.made_at, last.id) if last else None,
    )


# Nothing is kept of the file, so that a second try needs no key.
@routes.post(f"{IMPORTS}/headings", permission=MAY, transaction=False, status=200, spools=True)
async def read_owner_headings(call: Call, form: OwnerHeadingsForm) -> HeadingsOut:
    """What the headings of a sheet are taken for, before it is tried out. Nothing is kept."""
    return await asyncio.to_thread(_headings, form, call.language)


@routes.get(f"{IMPORTS}/template.xlsx", permission=MAY, media_types=(XLSX,))
async def owner_import_template(call: Call, query: OwnerTemplateQuery) -> web.StreamResponse:
    """An empty sheet with the headings, and one row as an example."""
    return sheet_response(files.template(query.kind), "xlsx", f"{query.kind}-template")


@routes.get(f"{IMPORTS}/{{import_id}}", permission=MAY)
async def get_owner_import(call: Call, path: OwnerImportPath) -> OwnerImportOut:
    """One import, and how far it is."""
    return import_out(await repository.get(call.tx, path.import_id))


@routes.get(f"{IMPORTS}/{{import_id}}/rows", permission=MAY)
async def list_owner_import_rows(
    call: Call, path: OwnerImportPath, query: OwnerImportRowsQuery
) -> OwnerImportRowPage:
    """Its rows in the order of the file."""
    made = await repository.get(call.tx, path.import_id)
    found = await SORTS[made.kind].listed(
        call.tx.connection,
        id=made.id,
        outcome=query.outcome,
        after=int(query.cursor or 0),
        limit=query.limit + 1,
    )
    return OwnerImportRowPage(
        items=[_row_out(row, call.language) for row in found[: query.limit]],
        next_cursor=str(found[query.limit - 1]["number"]) if len(found) > query.limit else None,
    )


@routes.get(f"{IMPORTS}/{{import_id}}/errors.xlsx", permission=MAY, media_types=(XLSX,))
async def get_owner_error_file(call: Call, path: OwnerImportPath) -> web.StreamResponse:
    """The refused rows with why in the last column: correct it and upload it again. Numbers are
    masked for who need not see them."""
    phones = call.actor.may(Permission.PHONES_READ)
    data = await files.error_file(call.tx, path.import_id, with_phones=phones)
    return sheet_response(data, "xlsx", "import-errors")


@routes.post(f"{IMPORTS}/{{import_id}}/application", permission=MAY, problems=(409,))
async def apply_owner_import(call: Call, path: OwnerImportPath) -> OwnerImportOut:
    """Have the rows written that can be written; what was changed since is refused. Ask for it
    again until it is `applied`."""
    return import_out(await jobs.have_applied(call.tx, call.actor.id, path.import_id))


def _headings(form: OwnerHeadingsForm, language: str) -> HeadingsOut:
    columns = SORTS[form.kind].columns
    with long_sheet(path_of(form.file)) as sheet:
        first = list(itertools.islice(sheet.rows, EXAMPLES))
        return headings_out(columns, sheet.headings, first, sheet.total, language)


def _row_out(row: Any, language: str) -> OwnerImportRowOut:
    return OwnerImportRowOut(
        number=row["number"],
        about=row["about"],
        outcome=RowOutcome(row["outcome"]),
        changed=row["changed"],
        reason=row[f"reason_{language}"],
    )
