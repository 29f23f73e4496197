"""Signing in and out. Who fails too often waits; the unknown are treated as the known.

An account and an address are counted apart: a whole office may stand behind one address. A success
takes back the failures of its account, nobody else's.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.settings import SessionSettings
from callcenter.staff import repository
from callcenter.staff.errors import PasswordSame, PasswordWrong, SignInRefused, SignInThrottled
from callcenter.staff.model import StaffUser, hashed, new_secret, normal_login
from callcenter.staff.passwords import Passwords, Turn
from callcenter.staff.repository import SQL


@dataclass(frozen=True)
class OpenedSession:
    """A session just begun: the secret is seen this once, in the cookie."""

    id: UUID
    secret: str
    csrf_token: str
    user: StaffUser


class SignIn:
    """One attempt, from this address."""

    def __init__(
        self, database: Database, passwords: Passwords, rules: SessionSettings, address: str
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._rules = rules
        self._address = _blind(address)

    async def begin(self, login: str, password: str, *, replaces: str = "") -> OpenedSession:
        """A new session; the one whose secret is `replaces` ends.

        Raises SignInRefused, SignInThrottled, SignInBusy.
        """
        login = normal_login(login)
        account = _blind(login)
        await self._refuse_throttled(account)
        async with self._passwords.turn() as turn:
            # Looked at again: others may have failed while this one waited for its turn.
            await self._refuse_throttled(account)
            async with self._database.reading() as tx:
                found = await repository.find_login(tx, login)
            user, kept = found if found and found[0].active else (None, None)
            if not await turn.matches(kept, password) or user is None or kept is None:
                await self._remember_failure(account)
                raise SignInRefused
            stronger = await _stronger(turn, kept, password)

        async def open_session(tx: Tx) -> OpenedSession:
            await SQL.forget_failures(tx.connection, account=account)
            if stronger:
                await SQL.rehash_password(
                    tx.connection, id=user.id, was=kept, password_hash=stronger
                )
            await SQL.end_session_of_token(tx.connection, token_hash=hashed(replaces))
            return await _insert(tx, user)

        return await self._database.run(open_session)

    async def confirm(self, user: StaffUser, current: str, new: str) -> str | None:
        """The hash of the new password once the current one was shown, under the same limits.

        None when the new one already is the password: the change was made and its answer lost.
        Raises PasswordWrong, PasswordSame, SignInThrottled, SignInBusy.
        """
        account = _blind(user.login)
        await self._refuse_throttled(account)
        async with self._passwords.turn() as turn:
            async with self._database.reading() as tx:
                kept = await SQL.password_hash_of(tx.connection, id=user.id)
            if await turn.matches(kept, current):
                if current == new:
                    raise PasswordSame
                return await turn.hash(new)
            if await turn.matches(kept, new):
                return None
        await self._remember_failure(account)
        raise PasswordWrong

    async def _refuse_throttled(self, account: bytes) -> None:
        async with self._database.reading() as tx:
            row = await SQL.recent_failures(
                tx.connection,
                account=account,
                address=self._address,
                window_s=self._rules.failure_window_s,
            )
        if row["by_account"] >= self._rules.max_failures:
            raise SignInThrottled(retry_after_s=max(row["account_wait_s"], 1))
        if row["by_address"] >= self._rules.max_failures_of_address:
            raise SignInThrottled(retry_after_s=max(row["address_wait_s"], 1))

    async def _remember_failure(self, account: bytes) -> None:
        async def work(tx: Tx) -> None:
            await SQL.record_failure(tx.connection, account=account, address=self._address)

        await self._database.run(work)


async def end_session(tx: Tx, session_id: UUID) -> None:
    """Sign out."""
    await SQL.end_session(tx.connection, id=session_id)


async def _insert(tx: Tx, user: StaffUser) -> OpenedSession:
    opened = OpenedSession(new_id(), new_secret(), new_secret(), user)
    await SQL.insert_session(
        tx.connection,
        id=opened.id,
        token_hash=hashed(opened.secret),
        staff_id=user.id,
        csrf_token=opened.csrf_token,
    )
    return opened


async def _stronger(turn: Turn, kept: str, password: str) -> str | None:
    return await turn.hash(password) if turn.is_outdated(kept) else None


def _blind(typed: str) -> bytes:
    return hashlib.sha256(typed.encode("utf-8", "replace")).digest()
