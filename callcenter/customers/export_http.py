"""The list of owners as a file, masked as the list is; each export is recorded."""

from collections.abc import AsyncIterator, Iterator, Sequence

from callcenter.customers import listing, service
from callcenter.customers.by_file.columns import OWNER_COLUMNS
from callcenter.customers.events import OwnersExported
from callcenter.customers.model import Owner
from callcenter.customers.wire import OwnerFilter, OwnerOut, VehicleOut, owner_out
from callcenter.db.transaction import Tx
from callcenter.phones import e164
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.export import AT_ONCE, Export, filters_said
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.write import Cell

routes = Routes(tags=["customers"])
FIELDS = (
    *("name", "tier", "language", "phones", "email", "province", "city", "remark"),
    *("vin", "plate", "model", "energy", "colour", "delivered_on"),
)
HEADINGS = [OWNER_COLUMNS.by_field[field].heading for field in FIELDS]


@export_routes(routes, "/api/v1/owners/export", permission=Permission.CUSTOMERS_READ)
def owners_exported(call: Call, query: OwnerFilter) -> Export:
    """Owners by these filters, newest first, a row for each car: it can be imported again.

    Numbers are masked for who need not see them. Each export is recorded.
    """
    phones = call.actor.may(Permission.PHONES_READ)
    said = filters_said(query, {"phone", "search"})
    pages = _cells_of(_pages(call.tx, query), phones)
    return Export(
        "owners",
        HEADINGS,
        pages,
        lambda n: OwnersExported(rows=n, with_phones=phones, filters=said),
    )


async def _pages(tx: Tx, query: OwnerFilter) -> AsyncIterator[Sequence[Owner]]:
    if query.phone is not None:
        yield await service.find_by_phone(tx, e164(query.phone))
        return
    before = None
    while (
        part := await listing.listed(tx, typed=query.search, before=before, limit=AT_ONCE)
    ).owners:
        yield part.owners
        before = part.owners[-1].id


async def _cells_of(
    pages: AsyncIterator[Sequence[Owner]], phones: bool
) -> AsyncIterator[list[Sequence[Cell]]]:
    async for owners in pages:
        yield [cells for owner in owners for cells in _cells(owner_out(owner, phones=phones))]


def _cells(owner: OwnerOut) -> Iterator[Sequence[Cell]]:
    """A row for each of his cars; one for who has none."""
    own = (owner.name, str(owner.tier), owner.language, " ".join(owner.phones), owner.email or "")
    cars: list[VehicleOut | None] = [*owner.vehicles]
    for car in cars or [None]:
        yield [
            *(*own, owner.province, owner.city, owner.remark),
            *(
                (car.vin or "", car.plate or "", car.model, car.energy or "", car.colour)
                if car
                else ("",) * 5
            ),
            car.delivered_on.isoformat() if car and car.delivered_on else "",
        ]
