"""Addresses that colleagues have kept, and that stand in old messages: they lead to the console."""

from uuid import UUID

from callcenter.web.call import Call
from callcenter.web.html import Redirect
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])


class TicketPath(QueryModel):
    """The rescue in the address."""

    ticket_id: UUID


class ImportPath(QueryModel):
    """The import in the address."""

    import_id: UUID


@routes.get("/desk", permission=Permission.PUBLIC, transaction=False)
async def desk(_call: Call) -> Redirect:
    """The console asks who it is."""
    return Redirect("/console/")


@routes.get("/desk/rescues/{ticket_id}", permission=Permission.PUBLIC, transaction=False)
async def rescue(_call: Call, path: TicketPath) -> Redirect:
    """The rescue in the console."""
    return Redirect(f"/console/rescues/{path.ticket_id}")


@routes.get("/desk/work-orders/{ticket_id}", permission=Permission.PUBLIC, transaction=False)
async def work_order(_call: Call, path: TicketPath) -> Redirect:
    """The sheet of the rescue."""
    return Redirect(f"/work-orders/{path.ticket_id}")


@routes.get("/desk/stations", permission=Permission.PUBLIC, transaction=False)
async def stations(_call: Call) -> Redirect:
    """Stations from a sheet."""
    return Redirect("/console/station-imports")


@routes.get("/desk/station-imports/{import_id}", permission=Permission.PUBLIC, transaction=False)
async def station_import(_call: Call, path: ImportPath) -> Redirect:
    """One import."""
    return Redirect(f"/console/station-imports/{path.import_id}")
