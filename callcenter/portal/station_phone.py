"""What makes a page of the station's phone: it opens without a line, and it is told by push.

The worker is scoped to /station. It keeps no page of ours, only scripts, style and a shell that
holds nothing of anybody: what was true an hour ago is never shown as it were now.
"""

import functools
import hashlib
from dataclasses import replace
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from callcenter.portal import catalogue
from callcenter.stations.push import devices
from callcenter.stations.push.endpoint import LONGEST
from callcenter.web.actor import PUBLIC_ACTOR
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
from callcenter.web.html import Html, Redirect
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
SCOPE = "/station"


class ShellPath(QueryModel):
    """In which language."""

    language: Literal["zh", "en"]


class PushForm(QueryModel):
    """On or off, and what the browser gives out about itself."""

    action: Literal["on", "off"]
    endpoint: Annotated[str, Field(max_length=LONGEST)]
    p256dh: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{87}=?$|^$")] = ""
    auth: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}(==)?$|^$")] = ""


@routes.get("/station/worker.js", permission=Permission.PUBLIC, transaction=False)
async def worker(_call: Call) -> web.Response:
    """The service worker. A browser takes a new one when a byte of it is another: so it begins
    with the digest of all that it keeps."""
    code = (catalogue.STATIC / "worker.js").read_text("utf-8")
    return web.Response(
        text=f'const VERSION = "{version()}";\n{code}',
        content_type="text/javascript",
        charset="utf-8",
        headers={"Service-Worker-Allowed": SCOPE},
    )


@routes.get("/station/shell/{language}", permission=Permission.PUBLIC)
async def shell(call: Call, path: ShellPath) -> Html:
    """What is shown without a line; nobody's page, whoever asks for it."""
    nobody = replace(call, actor=PUBLIC_ACTOR, language=path.language)
    hotline, now = call.settings.hotline, await call.tx.now()
    return render(nobody, "station_shell.html", hotline=hotline, now=now)


@routes.post("/station/push", permission=Permission.DISPATCH_ANSWER)
async def set_push(call: Call, form: PushForm) -> Redirect:
    """This phone is told by push from now on, or no more."""
    actor = call.actor
    if actor.station_id is None:
        raise Forbidden(permission=Permission.DISPATCH_ANSWER.value)
    if form.action == "off":
        await devices.end(call.tx, actor.station_id, form.endpoint)
    elif actor.staff_id is None or actor.session_id is None:
        raise Forbidden(permission=Permission.SIGNED_IN.value)
    else:
        who = devices.OnDuty(actor.station_id, actor.staff_id, actor.session_id, call.language)
        browser = devices.Browser(form.endpoint, form.p256dh, form.auth)
        await devices.begin(call.tx, who, browser, call.settings)
    return Redirect("/station")


@functools.cache
def version() -> str:
    """A digest of all that the worker keeps: scripts, style, the shell and its words."""
    digest = hashlib.sha256()
    folders = (catalogue.STATIC, catalogue.HERE / "words", catalogue.HERE / "templates")
    for file in sorted(file for folder in folders for file in folder.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
