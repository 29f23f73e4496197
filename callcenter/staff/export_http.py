"""The list of colleagues as a file; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.staff import repository
from callcenter.staff.events import StaffExported
from callcenter.staff.filters import StaffFilter
from callcenter.staff.model import StaffUser
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.export import AT_ONCE, china_time, exported, filters_said
from callcenter.web.sheets.write import CSV, XLSX, Cell, Format

routes = Routes(tags=["staff"])
ADMIN = Permission.STAFF_ADMIN
HEADINGS = [
    "登录名 Login",
    "姓名 Name",
    "角色 Role",
    "服务站 Station id",
    "启用 Active",
    "须改密码 Must change",
    "加入时间 Added",
]


# An export is recorded: it writes, though it is asked for with GET.
@routes.get("/api/v1/staff/export.xlsx", permission=ADMIN, transaction=False, media_types=(XLSX,))
async def export_xlsx(call: Call, query: StaffFilter) -> web.StreamResponse:
    """Colleagues by these filters, newest first. Each export is recorded."""
    return await _exported(call, query, "xlsx")


@routes.get("/api/v1/staff/export.csv", permission=ADMIN, transaction=False, media_types=(CSV,))
async def export_csv(call: Call, query: StaffFilter) -> web.StreamResponse:
    """The same as text in columns."""
    return await _exported(call, query, "csv")


async def _exported(call: Call, query: StaffFilter, how: Format) -> web.Response:
    async def work(tx: Tx) -> bytes:
        data, rows = await exported(how, HEADINGS, _pages(tx, query))
        fact = StaffExported(rows=rows, filters=filters_said(query, {"search"}))
        await record(tx, fact, actor=call.actor.id)
        return data

    return sheet_response(await call.database.run(work), how, "staff")


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
