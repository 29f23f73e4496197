"""Signing in and out, the password, and the way to each role's own page."""

from typing import Annotated

from pydantic import Field

from callcenter.errors import CallCenterError
from callcenter.staff.session_verbs import change_password_here, sign_in_here, sign_out_here
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.pages import render
from callcenter.web.permission import ASSUMED, Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
Text = Annotated[str, Field(max_length=200)]


class SignInForm(QueryModel):
    """Login and password, and where to go on."""

    login: Text
    password: Text
    next: Text = "/"


class NextQuery(QueryModel):
    """Where to go on after the sign-in."""

    next: Text = "/"
    lang: Text = ""


class PasswordForm(QueryModel):
    """The password now, and the one from now on."""

    current: Text
    new: Text


@routes.get("/", permission=Permission.PUBLIC)
async def home(call: Call) -> Redirect:
    """To the page of one's role."""
    if call.actor.kind != "staff":
        return Redirect("/sign-in")
    if _is_first(call):
        return Redirect("/password")
    if call.actor.station_id:
        return Redirect("/station")
    return Redirect("/console/")


class SignOutForm(QueryModel):
    """Nothing but the session's token, which the frame reads."""


@routes.get("/sign-in", permission=Permission.PUBLIC)
async def sign_in_page(call: Call, query: NextQuery) -> Html:
    """The form."""
    return render(call, "sign_in.html", problem=None, login="", next=_inside(query.next))


@routes.post("/sign-in", permission=Permission.PUBLIC, transaction=False)
async def sign_in(call: Call, form: SignInForm) -> Html | Redirect:
    """Begin a session; a refusal keeps the login in the form."""
    try:
        await sign_in_here(call, form.login, form.password)
    except CallCenterError as refusal:
        return render(
            call,
            "sign_in.html",
            status=refusal.status,
            problem=refusal.message(call.language),
            login=form.login,
            next=_inside(form.next),
        )
    return Redirect(_inside(form.next))


@routes.post("/sign-out", permission=Permission.SIGNED_IN, idempotent=False)
async def sign_out(call: Call, form: SignOutForm) -> Redirect:
    """End the session."""
    await sign_out_here(call)
    return Redirect("/sign-in")


@routes.get("/password", permission=Permission.SIGNED_IN)
async def password_page(call: Call) -> Html:
    """The form."""
    return _password_page(call)


@routes.post("/password", permission=Permission.SIGNED_IN, transaction=False)
async def change_password(call: Call, form: PasswordForm) -> Html:
    """A new password; other sessions end."""
    try:
        await change_password_here(call, form.current, form.new)
    except CallCenterError as refusal:
        problem = refusal.message(call.language)
        return _password_page(call, status=refusal.status, problem=problem)
    return _password_page(call, done=True)


def _password_page(
    call: Call, *, status: int = 200, problem: str | None = None, done: bool = False
) -> Html:
    first = _is_first(call) and not done
    return render(call, "password.html", status=status, problem=problem, done=done, is_first=first)


def _is_first(call: Call) -> bool:
    """A first password opens nothing but the page on which it is changed."""
    return not call.actor.permissions - ASSUMED


def _inside(path: str) -> str:
    """Only a path of our own: never another site's address."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
