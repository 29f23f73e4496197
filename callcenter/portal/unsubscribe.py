"""The page behind "no more e-mails": looking changes nothing, one press silences at once.

A mail program presses by itself, without having looked (RFC 8058): no key, no cookie, no redirect.
"""

from pydantic import ConfigDict

from callcenter.outbound.errors import UnsubscribeLinkGone
from callcenter.outbound.model import Touch
from callcenter.outbound.unsubscribe import no_more_emails, touch_to_end
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
PAGE = "/u/{token}"


class UnsubscribePath(QueryModel):
    """The signed link."""

    token: str


class UnsubscribeQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class UnsubscribeForm(QueryModel):
    """Whatever is sent along: `List-Unsubscribe=One-Click` by mail programs, nothing by us."""

    model_config = ConfigDict(extra="ignore")


@routes.get(PAGE, permission=Permission.PUBLIC)
async def unsubscribe_page(call: Call, path: UnsubscribePath, query: UnsubscribeQuery) -> Html:
    """One button. Mail scanners open every link, so that opening it must not be the word."""
    await _touch(call, path.token)
    return render(call, "unsubscribe.html", done=False, hotline=call.settings.hotline)


@routes.post(PAGE, permission=Permission.PUBLIC, idempotent=False)
async def unsubscribe(call: Call, path: UnsubscribePath, form: UnsubscribeForm) -> Html:
    """Silent by e-mail from this moment."""
    await no_more_emails(call.tx, await _touch(call, path.token))
    return render(call, "unsubscribe.html", done=True, hotline=call.settings.hotline)


async def _touch(call: Call, token: str) -> Touch:
    touch = await touch_to_end(call.tx, call.part(SignedLinks), token)
    if touch is None:
        raise UnsubscribeLinkGone
    return touch
