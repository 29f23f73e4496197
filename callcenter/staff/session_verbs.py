"""Signing in and out in a browser: what the API and the sign-in page both do with a call."""

from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.staff import repository, service
from callcenter.staff.authenticator import cookie_name, put_cookie
from callcenter.staff.errors import NotAPerson
from callcenter.staff.passwords import Passwords
from callcenter.staff.sign_in import OpenedSession, SignIn, end_session
from callcenter.web.call import Call


async def sign_in_here(call: Call, login: str, password: str) -> OpenedSession:
    """Begin a session and put its cookie on the answer. For a route without transaction.

    Raises SignInRefused, SignInThrottled, SignInBusy.
    """
    earlier = call.request.cookies.get(cookie_name(call.settings), "")
    opened = await _attempt(call).begin(login, password, replaces=earlier)
    put_cookie(call.cookies, call.settings, opened.secret)
    return opened


async def sign_out_here(call: Call) -> None:
    """End the caller's session and take its cookie away."""
    if call.actor.session_id is not None:
        await end_session(call.tx, call.actor.session_id)
    put_cookie(call.cookies, call.settings, None)


async def change_password_here(call: Call, current: str, new: str) -> None:
    """A new password for the caller; ends his other sessions. For a route without transaction.

    Raises PasswordWrong, PasswordSame, NotAPerson, SignInThrottled, SignInBusy.
    """
    staff_id = call.actor.staff_id
    if staff_id is None:
        raise NotAPerson
    async with call.database.reading() as tx:
        user = await repository.get(tx, staff_id)
    password_hash = await _attempt(call).confirm(user, current, new)
    if password_hash is not None:
        await keep_password(call, staff_id, password_hash, must_change=False)


async def keep_password(call: Call, staff_id: UUID, kept: str, *, must_change: bool) -> None:
    """Write the password hash; the caller's own session stays."""

    async def work(tx: Tx) -> None:
        await service.give_password(
            tx,
            call.actor.id,
            staff_id,
            kept,
            must_change=must_change,
            keep_session=call.actor.session_id,
        )

    await call.database.run(work)


def _attempt(call: Call) -> SignIn:
    address = call.request.remote or ""
    return SignIn(call.database, call.part(Passwords), call.settings.sessions, address)
