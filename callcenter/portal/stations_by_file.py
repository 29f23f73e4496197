"""The stations from a file and into one: tried out, applied, undone; for who may change them."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from callcenter.places.intake import Intake
from callcenter.portal.attempt import Refused, attempt, refused
from callcenter.portal.fields import Check
from callcenter.portal.people import who_is
from callcenter.stations.by_file import repository as imports
from callcenter.stations.by_file import service
from callcenter.stations.by_file.columns import BY_FIELD, mapping_of
from callcenter.stations.by_file.wire import ImportPath, Mapping
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.html import Html, Redirect
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
WRITE = Permission.STATIONS_WRITE
ROWS_SHOWN, IMPORTS_SHOWN = 100, 10


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class FileForm(QueryModel):
    """The file, and what its headings mean where they are not known."""

    file: Upload | None = None
    mapping: Mapping = ""


class ImportActForm(QueryModel):
    """What becomes of the import; `strict`: all rows or none."""

    action: Literal["apply", "undo"]
    strict: Check = ""


@routes.get("/desk/stations", permission=WRITE)
async def stations_by_file(call: Call, query: LanguageQuery) -> Html:
    """The form, and the newest imports."""
    return await _page(call)


@routes.post("/desk/stations", permission=WRITE, body_limit=UPLOAD_LIMIT)
async def try_out(call: Call, form: FileForm) -> Html | Redirect:
    """What the file would do; nothing is written to a station."""
    if form.file is None:
        return await _page(call, refused(call, "choose_file"), mapping=form.mapping)
    planned = await attempt(
        call,
        service.plan_file(
            call.tx,
            call.actor.id,
            form.file.data,
            intake=call.part(Intake),
            file_name=form.file.file_name,
            mapping=mapping_of(form.mapping.splitlines()),
        ),
    )
    if isinstance(planned, Refused):
        return await _page(call, planned, mapping=form.mapping)
    return Redirect(f"/desk/station-imports/{planned}")


@routes.get("/desk/station-imports/{import_id}", permission=WRITE)
async def import_page(call: Call, path: ImportPath, query: LanguageQuery) -> Html:
    """One import as it stands."""
    return await _page(call, import_id=path.import_id)


@routes.post("/desk/station-imports/{import_id}", permission=WRITE)
async def act_on_import(call: Call, path: ImportPath, form: ImportActForm) -> Html | Redirect:
    """Applied or undone, or refused in words on the same page."""

    async def verb() -> None:
        if form.action == "apply":
            strict = form.strict == "on"
            await service.apply_import(call.tx, call.actor.id, path.import_id, strict=strict)
        else:
            await service.undo_import(call.tx, call.actor.id, path.import_id)

    done = await attempt(call, verb())
    if isinstance(done, Refused):
        return await _page(call, done, import_id=path.import_id)
    return Redirect(f"/desk/station-imports/{path.import_id}")


async def _page(
    call: Call,
    problem: Refused | None = None,
    *,
    import_id: UUID | None = None,
    mapping: str = "",
) -> Html:
    newest = await imports.newest(call.tx, IMPORTS_SHOWN)
    shown = await _import(call, import_id) if import_id else {"made": None}
    return render(
        call,
        "stations_by_file.html",
        status=problem.status if problem else 200,
        problem=problem.words if problem else None,
        mapping=mapping,
        newest=newest,
        who=await who_is(call, [one.made_by for one in newest]),
        with_phones=call.actor.may(Permission.PHONES_READ),
        **shown,
    )


async def _import(call: Call, import_id: UUID) -> dict[str, Any]:
    made = await imports.get(call.tx, import_id)
    lists: dict[str, Sequence[imports.ImportRow]] = {
        outcome: await imports.rows(call.tx, import_id, limit=ROWS_SHOWN, outcome=outcome)
        for outcome in ("refused", "changed", "added")
    }
    return {
        "made": made,
        "counts": await service.counts(call.tx, import_id),
        "left": await imports.rows(call.tx, import_id, limit=ROWS_SHOWN, undone=False),
        "lists": lists,
        "columns": BY_FIELD,
    }
