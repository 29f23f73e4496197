"""The agents' console: the files that `console/` was built into, behind the sign-in.

Every address below /console/ that is no asset is a view of the console itself (its router reads
the address), so it gets the same index.html.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from aiohttp import web
from pydantic import Field

from callcenter.errors import CallCenterError
from callcenter.web.call import Call
from callcenter.web.html import Redirect
from callcenter.web.permission import Permission
from callcenter.web.respond import ASKS_MICROPHONE
from callcenter.web.routes import Routes
from callcenter.web.security_headers import POLICY
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])

BUILT = Path(__file__).parent / "console_built"
"""Where vite writes; not in version control."""

STYLES = "style-src 'self'"
IMAGES = "img-src 'self' data:"

FOR_GOOD = "private, max-age=31536000, immutable"
ASK_EACH_TIME = "private, no-cache"
# Ours, not the system's table, which differs from machine to machine. Anything else is not sent.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


class ConsoleNotBuilt(CallCenterError):
    """The console's files are not there."""

    code = "console_not_built"
    status = 404
    message_zh = (
        "控制台还没有构建:请在能访问 npm 源的机器上用 python3 dev.py run 重新启动,"
        "或从那里复制 callcenter/web/console_built。"
    )
    message_en = (
        "The console is not built: start again with python3 dev.py run where npm's registry can"
        " be reached, or copy callcenter/web/console_built from there."
    )


class AssetNotFound(CallCenterError):
    """No such file: most often a window still open from before an upgrade."""

    code = "console_asset_not_found"
    status = 404
    message_zh = "控制台没有这个文件。请刷新页面。"
    message_en = "The console has no such file. Reload the page."


class AssetPath(QueryModel):
    """The file's name as built, with its digest."""

    name: Annotated[str, Field(pattern=r"^[\w-][\w.-]*$", max_length=120)]


class ViewPath(QueryModel):
    """Which view; read by the console, not by us."""

    view: Annotated[str, Field(max_length=2000)]


@routes.get("/console", permission=Permission.SIGNED_IN, transaction=False)
async def to_console(_call: Call) -> Redirect:
    """The console begins behind the slash."""
    return Redirect("/console/")


@routes.get("/docs", permission=Permission.SIGNED_IN, transaction=False)
async def to_docs(_call: Call) -> Redirect:
    """The API's contract to look things up in, a view of the console."""
    return Redirect("/console/docs")


@routes.get("/console/assets/{name}", permission=Permission.SIGNED_IN, transaction=False)
async def get_asset(_call: Call, path: AssetPath) -> web.StreamResponse:
    """A script or style: its name changes with its contents, so it may be kept for good."""
    file = BUILT / "assets" / path.name
    media_type = TYPES.get(file.suffix)
    if media_type is None or not file.is_file():
        raise AssetNotFound
    headers = {
        "Content-Type": media_type,
        "Cache-Control": FOR_GOOD,
        "Vary": "Accept-Encoding",
    }
    # A FileResponse sends the .br or .gz beside the file to a browser that takes it.
    return web.FileResponse(file, headers=headers)


@routes.get("/console/{view:.*}", permission=Permission.SIGNED_IN, transaction=False)
async def get_console(call: Call, path: ViewPath) -> web.StreamResponse:
    """The console, whichever of its views is asked for."""
    index = BUILT / "index.html"
    if not index.is_file():
        raise ConsoleNotBuilt
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": ASK_EACH_TIME,
        "Content-Security-Policy": console_policy(call.settings.map.origins),
    }
    page = web.FileResponse(index, headers=headers)
    # For the agent's phone, and the telephone to try the hotline with; asked for by a call only.
    page[ASKS_MICROPHONE] = True
    return page


def console_policy(tile_origins: Sequence[str]) -> str:
    """Element Plus places its floating parts by style attributes, and map tiles may come from those
    who were named for it. Scripts stay strict."""
    images = " ".join((IMAGES, *tile_origins))
    return POLICY.replace(STYLES, f"{STYLES} 'unsafe-inline'").replace(IMAGES, images)
