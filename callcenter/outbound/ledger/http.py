"""Routes of the ledger."""

from callcenter.outbound.ledger import service
from callcenter.outbound.ledger.wire import (
    ContactPage,
    ContactQuery,
    OwnerPath,
    contact_out,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])


@routes.get("/api/v1/owners/{owner_id}/contacts", permission=Permission.OUTBOUND_READ)
async def list_contacts(call: Call, path: OwnerPath, query: ContactQuery) -> ContactPage:
    """What was said to an owner by us, on any way and for whatever campaign, newest first.
    Empty for one whom nobody has spoken to."""
    found = await service.of_owner(
        call.tx, path.owner_id, query.limit + 1, read_cursor(query.cursor)
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return ContactPage(
        items=[contact_out(contact) for contact in found[: query.limit]],
        next_cursor=write_cursor(last.at, last.id) if last else None,
    )
