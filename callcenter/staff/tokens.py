"""Machine tokens: what a machine may do, for how long; the secret is seen once."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff.errors import TokenNotFound
from callcenter.staff.events import MachineTokenMade, MachineTokenRevoked
from callcenter.staff.model import TOKEN_PREFIX, MachineToken, hashed, new_secret
from callcenter.staff.repository import SQL, token_of
from callcenter.staff.roles import SCOPES
from callcenter.web.permission import Permission


async def make_token(
    tx: Tx,
    actor: str,
    *,
    name: str,
    scopes: Iterable[Permission],
    station_id: UUID | None,
    lifetime: timedelta,
    token_hash: bytes | None = None,
) -> MachineToken:
    """A token, not usable before its secret is given out."""
    wanted = sorted({scope.value for scope in scopes})
    if not set(wanted) <= {scope.value for scope in SCOPES}:
        raise ValueError("public and signed_in are no scopes")
    row = await SQL.insert_token(
        tx.connection,
        id=new_id(),
        name=name,
        scopes=wanted,
        station_id=station_id,
        token_hash=token_hash,
        created_by=actor,
        lifetime_s=lifetime.total_seconds(),
    )
    token = token_of(row)
    await record(tx, MachineTokenMade(token_id=token.id, scopes=wanted), actor=actor)
    return token


async def give_secret(tx: Tx, token_id: UUID) -> str:
    """A new secret for the token; the one before ends. Raises TokenNotFound."""
    secret = TOKEN_PREFIX + new_secret()
    row = await SQL.set_token_secret(tx.connection, id=token_id, token_hash=hashed(secret))
    if row is None:
        raise TokenNotFound
    return secret


async def revoke_token(tx: Tx, actor: str, token_id: UUID) -> None:
    """The machine may do nothing any more. Raises TokenNotFound."""
    if await SQL.revoke_token(tx.connection, id=token_id) is None:
        raise TokenNotFound
    await record(tx, MachineTokenRevoked(token_id=token_id), actor=actor)


async def create_machine_token(
    tx: Tx,
    *,
    name: str,
    scopes: Iterable[Permission],
    lifetime: timedelta,
    station_id: UUID | None = None,
) -> str:
    """For the command line, the demo and the rehearsal: the secret of a new token."""
    secret = TOKEN_PREFIX + new_secret()
    await make_token(
        tx,
        "cli",
        name=name,
        scopes=scopes,
        station_id=station_id,
        lifetime=lifetime,
        token_hash=hashed(secret),
    )
    return secret


async def revoke_secret(tx: Tx, secret: str) -> None:
    """For the command line: the token of this secret may do nothing any more, if it still could."""
    token_id = await SQL.revoke_secret(tx.connection, token_hash=hashed(secret))
    if token_id is not None:
        await record(tx, MachineTokenRevoked(token_id=token_id["id"]), actor="cli")


async def prolong(tx: Tx, secret: str, lifetime: timedelta) -> bool:
    """The token of this secret lives for so long from now; False when it was revoked or is over."""
    row = await SQL.prolong_token(
        tx.connection, token_hash=hashed(secret), lifetime_s=lifetime.total_seconds()
    )
    return row is not None
