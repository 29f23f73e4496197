"""Colleagues: taking them on, changing what they are, their passwords."""

from typing import Any
from uuid import UUID

from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff import repository
from callcenter.staff.errors import LoginTaken, OwnAccount, StaffChanged, StaffNotFound
from callcenter.staff.events import PasswordSet, StaffAdded, StaffEdited
from callcenter.staff.model import (
    Role,
    StaffUser,
    check_login,
    check_password,
    check_station,
    normal_login,
)
from callcenter.staff.passwords import Passwords
from callcenter.staff.repository import SQL, user_of


async def add_staff(
    tx: Tx,
    actor: str,
    *,
    login: str,
    name: str,
    role: Role,
    station_id: UUID | None = None,
    language: str = "zh",
    password_hash: str | None = None,
) -> StaffUser:
    """A new colleague; without a password hash he cannot sign in yet.

    Raises LoginTaken, LoginMalformed.
    """
    login = normal_login(login)
    check_login(login)
    check_station(role, station_id)
    try:
        row = await SQL.insert_staff(
            tx.connection,
            id=new_id(),
            login=login,
            name=name,
            role=role.value,
            station_id=station_id,
            language=language,
            password_hash=password_hash,
            must_change=False,
        )
    except UniqueViolation:
        raise LoginTaken from None
    user = user_of(row)
    await record(tx, StaffAdded(staff_id=user.id, role=role.value), actor=actor)
    return user


async def edit_staff(tx: Tx, actor: str, user: StaffUser, changes: dict[str, Any]) -> StaffUser:
    """Change name, role, station, language or active; a changed role ends his sessions."""
    role = Role(changes.get("role", user.role))
    station_id = changes.get("station_id", user.station_id)
    active = changes.get("active", user.active)
    if actor == f"staff:{user.id}" and (role is not user.role or not active):
        raise OwnAccount
    check_station(role, station_id)
    row = await SQL.edit_staff(
        tx.connection,
        id=user.id,
        version=user.version,
        name=changes.get("name", user.name),
        role=role.value,
        station_id=station_id,
        language=changes.get("language", user.language),
        active=active,
    )
    if row is None:
        raise StaffChanged
    if role is not user.role or station_id != user.station_id or not active:
        await SQL.end_sessions_of(tx.connection, staff_id=user.id, but=None)
    await record(tx, StaffEdited(staff_id=user.id, fields=sorted(changes)), actor=actor)
    return user_of(row)


async def give_password(
    tx: Tx,
    actor: str,
    staff_id: UUID,
    password_hash: str,
    *,
    must_change: bool,
    keep_session: UUID | None = None,
) -> StaffUser:
    """Set the password; ends all his sessions but the one to keep. Raises StaffNotFound."""
    row = await SQL.set_password(
        tx.connection, id=staff_id, password_hash=password_hash, must_change=must_change
    )
    if row is None:
        raise StaffNotFound
    await SQL.end_sessions_of(tx.connection, staff_id=staff_id, but=keep_session)
    await record(tx, PasswordSet(staff_id=staff_id), actor=actor)
    return user_of(row)


async def create_staff(
    tx: Tx,
    *,
    login: str,
    name: str,
    role: Role | str,
    password: str,
    station_id: UUID | None = None,
    language: str = "zh",
    passwords: Passwords | None = None,
) -> StaffUser:
    """For the command line and the demo: a colleague who can sign in at once."""
    check_password(password)
    return await add_staff(
        tx,
        "cli",
        login=login,
        name=name,
        role=Role(role),
        station_id=station_id,
        language=language,
        password_hash=await (passwords or Passwords()).hash(password),
    )


async def set_password(
    tx: Tx, login: str, password: str, *, passwords: Passwords | None = None
) -> StaffUser:
    """For the command line: a new password for this login. Raises StaffNotFound."""
    check_password(password)
    found = await repository.find_login(tx, normal_login(login))
    if found is None:
        raise StaffNotFound
    password_hash = await (passwords or Passwords()).hash(password)
    return await give_password(tx, "cli", found[0].id, password_hash, must_change=False)


async def purge(tx: Tx) -> None:
    """Forget ended sessions and old failures. For a daily timer."""
    await SQL.purge_sessions(tx.connection)
    await SQL.purge_failures(tx.connection)
