"""A list asked for as .xlsx or as .csv."""

import typing
from collections.abc import Callable
from typing import Any

from aiohttp import web

from callcenter.db.transaction import Tx
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Handler, Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.export import Export, exported
from callcenter.web.sheets.write import MEDIA_TYPES, Format

Asked = Callable[[Call, Any], Export]


def export_routes(routes: Routes, path: str, *, permission: Permission) -> Callable[[Asked], Asked]:
    """Declares `path`.xlsx and `path`.csv. The function decorated takes the call, in a transaction,
    and the query by annotation; its docstring is the first route's."""

    def decorate(asked: Asked) -> Asked:
        # An export is recorded: it writes, though it is asked for with GET.
        for how, media_type in MEDIA_TYPES.items():
            declared = routes.get(
                f"{path}.{how}",
                permission=permission,
                transaction=False,
                media_types=(media_type,),
            )
            declared(_handler(asked, how))
        return asked

    return decorate


def _handler(asked: Asked, how: Format) -> Handler:
    async def handler(call: Call, query: Any) -> web.StreamResponse:
        async def work(tx: Tx) -> web.Response:
            export = asked(call.within(tx), query)
            data, _ = await exported(tx, export, how, call.actor.id)
            return sheet_response(data, how, export.name)

        return await call.database.run(work)

    handler.__module__, handler.__name__ = asked.__module__, f"export_{how}"
    handler.__doc__ = asked.__doc__ if how == "xlsx" else "The same as text in columns."
    handler.__annotations__["query"] = typing.get_type_hints(asked)["query"]
    return handler
