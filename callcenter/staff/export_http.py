"""The list of colleagues as a file; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from callcenter.db.transaction import Tx
from callcenter.staff import repository
from callcenter.staff.events import StaffExported
from callcenter.staff.filters import StaffFilter
from callcenter.staff.model import StaffUser
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.export import AT_ONCE, Export, china_time, filters_said
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.write import Cell

routes = Routes(tags=["staff"])
HEADINGS = [
    "登录名 Login",
    "姓名 Name",
    "角色 Role",
    "服务站 Station id",
    "启用 Active",
    "须改密码 Must change",
    "加入时间 Added",
]


@export_routes(routes, "/api/v1/staff/export", permission=Permission.STAFF_ADMIN)
def staff_exported(call: Call, query: StaffFilter) -> Export:
    """Colleagues by these filters, newest first. Each export is recorded."""
    said = filters_said(query, {"search"})
    return Export(
        "staff", HEADINGS, _pages(call.tx, query), lambda n: StaffExported(rows=n, filters=said)
    )


async def _pages(tx: Tx, query: StaffFilter) -> AsyncIterator[list[Sequence[Cell]]]:
    before = None
    filters = query.model_dump()
    while found := await repository.listed(tx, limit=AT_ONCE, before=before, **filters):
        yield [_cells(user) for user in found]
        before = (found[-1].created_at, found[-1].id)


def _cells(user: StaffUser) -> Sequence[Cell]:
    return [
        user.login,
        user.name,
        user.role.value,
        str(user.station_id or ""),
        "是" if user.active else "否",
        "是" if user.must_change else "否",
        china_time(user.created_at),
    ]
