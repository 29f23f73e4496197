"""The demo's inbox: the messages that owners and stations would have got."""

import re

from markupsafe import Markup, escape

from callcenter.messages import service as messages
from callcenter.messages.recipient import masked_recipient
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
SHOWN = 80
_LINK = re.compile(r"https?://\S+")


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


@routes.get("/inbox", permission=Permission.MESSAGES_READ)
async def inbox(call: Call, query: LanguageQuery) -> Html:
    """Newest first, links clickable; a rehearsal does not push the rest out of sight."""
    found = await messages.listed(call.tx, limit=SHOWN, drills=False)
    full = call.actor.may(Permission.PHONES_READ)
    return render(
        call,
        "inbox.html",
        messages=[
            (
                message,
                message.recipient if full else masked_recipient(message),
                _linked(message.body),
            )
            for message in found
        ],
    )


def _linked(body: str) -> Markup:
    """The text, escaped, its links clickable."""
    pieces, end = [], 0
    for link in _LINK.finditer(body):
        pieces.append(escape(body[end : link.start()]))
        pieces.append(Markup('<a href="{0}">{0}</a>').format(link[0]))
        end = link.end()
    return Markup("").join([*pieces, escape(body[end:])])
