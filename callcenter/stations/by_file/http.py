"""Routes of stations by file: a sheet planned, applied and undone; the list as a sheet."""

import asyncio
from uuid import UUID

from aiohttp import web

from callcenter.places.intake import Intake
from callcenter.stations.by_file import repository, service
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.export import stations_export, template
from callcenter.stations.by_file.wire import (
    ImportApplication,
    ImportForm,
    ImportPath,
    ImportRowPage,
    ImportRowsQuery,
    StationImportOut,
    StationImportPage,
    head_out,
    import_out,
    row_out,
)
from callcenter.stations.filters import StationFilter
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.export import Export
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.headings import mapping_of
from callcenter.web.sheets.headings_wire import HeadingsForm, HeadingsOut, headings_out
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import XLSX
from callcenter.web.wire import ListQuery

routes = Routes(tags=["stations"])
READ, WRITE = Permission.STATIONS_READ, Permission.STATIONS_WRITE
IMPORTS = "/api/v1/station-imports"
FIRST_ROWS = 20


@routes.post(IMPORTS, permission=WRITE, status=201, body_limit=UPLOAD_LIMIT)
async def plan_import(call: Call, form: ImportForm) -> StationImportOut:
    """Try a sheet out: what each row would do. Nothing is written to a station.

    A plan that is not applied is forgotten after seven days.
    """
    import_id = await service.plan_file(
        call.tx,
        call.actor.id,
        form.file.data,
        intake=call.part(Intake),
        file_name=form.file.file_name,
        mapping=mapping_of(form.mapping.splitlines()),
    )
    return await _out(call, import_id)


@routes.get(IMPORTS, permission=WRITE)
async def list_imports(call: Call, query: ListQuery) -> StationImportPage:
    """Files of stations that were tried out or applied, newest first."""
    before = read_cursor(query.cursor)
    found = await repository.newest(call.tx, query.limit + 1, before=before)
    last = found[query.limit - 1] if len(found) > query.limit else None
    return StationImportPage(
        items=[head_out(one) for one in found[: query.limit]],
        next_cursor=write_cursor(last.made_at, last.id) if last else None,
    )


# Nothing is kept of the file, so that a second try needs no key.
@routes.post(
    f"{IMPORTS}/headings",
    permission=WRITE,
    transaction=False,
    status=200,
    body_limit=UPLOAD_LIMIT,
)
async def read_headings(call: Call, form: HeadingsForm) -> HeadingsOut:
    """What the headings of a sheet are taken for, before it is tried out. Nothing is kept."""
    sheet = await asyncio.to_thread(read_sheet, form.file.data)
    return headings_out(COLUMNS, sheet.headings, sheet.rows, len(sheet.rows), call.language)


@routes.get(f"{IMPORTS}/template.xlsx", permission=WRITE, media_types=(XLSX,))
async def import_template(call: Call) -> web.StreamResponse:
    """An empty sheet with the headings, and one row as an example."""
    return sheet_response(template(), "xlsx", "stations-template")


@routes.get(f"{IMPORTS}/{{import_id}}", permission=WRITE)
async def get_import(call: Call, path: ImportPath) -> StationImportOut:
    """One import."""
    return await _out(call, path.import_id)


@routes.get(f"{IMPORTS}/{{import_id}}/rows", permission=WRITE)
async def list_import_rows(call: Call, path: ImportPath, query: ImportRowsQuery) -> ImportRowPage:
    """Its rows in the order of the file."""
    made = await repository.get(call.tx, path.import_id)
    found = await repository.rows(
        call.tx,
        made.id,
        limit=query.limit + 1,
        outcome=query.outcome,
        undone=query.undone,
        after=int(query.cursor or 0),
    )
    shown = found[: query.limit]
    return ImportRowPage(
        items=[row_out(row, call.language) for row in shown],
        next_cursor=str(shown[-1].number) if len(found) > query.limit else None,
    )


@routes.get(f"{IMPORTS}/{{import_id}}/errors.xlsx", permission=WRITE, media_types=(XLSX,))
async def get_error_file(call: Call, path: ImportPath) -> web.StreamResponse:
    """The refused rows with why in the last column: correct it and upload it again."""
    data = await service.error_file(call.tx, path.import_id)
    return sheet_response(data, "xlsx", "stations-errors")


@routes.post(f"{IMPORTS}/{{import_id}}/application", permission=WRITE)
async def apply_import(call: Call, path: ImportPath, body: ImportApplication) -> StationImportOut:
    """Write the rows that can be written; a station that was changed since is refused."""
    await service.apply_import(call.tx, call.actor.id, path.import_id, strict=body.strict)
    return await _out(call, path.import_id)


@routes.post(f"{IMPORTS}/{{import_id}}/undoing", permission=WRITE)
async def undo_import(call: Call, path: ImportPath) -> StationImportOut:
    """Every station as it was before; those it added are suspended.

    What was changed since stays as it is: ask for the rows with undone=false.
    """
    await service.undo_import(call.tx, call.actor.id, path.import_id)
    return await _out(call, path.import_id)


@export_routes(routes, "/api/v1/stations/export", permission=READ)
def stations_exported(call: Call, query: StationFilter) -> Export:
    """The stations as a sheet that can be imported again; telephones masked for who need not
    see them. Each export is recorded."""
    with_phones = call.actor.may(Permission.PHONES_READ)
    return stations_export(call.tx, with_phones=with_phones, query=query)


async def _out(call: Call, import_id: UUID) -> StationImportOut:
    made = await repository.get(call.tx, import_id)
    first = await repository.rows(call.tx, import_id, limit=FIRST_ROWS)
    counts = await service.counts(call.tx, import_id)
    return import_out(made, counts, [row_out(row, call.language) for row in first])
