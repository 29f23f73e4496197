"""Colleagues, their sessions and machine tokens; what makes a login or password acceptable."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.staff.errors import (
    LoginMalformed,
    PasswordTooShort,
    StationMissing,
    StationOutOfPlace,
)

MIN_PASSWORD = 10
MAX_PASSWORD = 200
LOGIN_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,39}$"
SECRET_BYTES = 32
TOKEN_PREFIX = "cct_"


class Role(StrEnum):
    """What a colleague is here for."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    EXPERT = "expert"
    STATION = "station"
    ADMIN = "admin"


@dataclass(frozen=True)
class StaffUser:
    """One row of `staff_users` without the password."""

    id: UUID
    login: str
    name: str
    role: Role
    station_id: UUID | None
    language: str
    must_change: bool
    active: bool
    version: int
    created_at: datetime


@dataclass(frozen=True)
class MachineToken:
    """One row of `machine_tokens` without the secret."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    station_id: UUID | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def normal_login(typed: str) -> str:
    """As logins are kept: without outer spaces, in small letters."""
    return typed.strip().lower()


def check_login(login: str) -> None:
    """Raises LoginMalformed; the login is as `normal_login` has it."""
    if re.fullmatch(LOGIN_PATTERN, login) is None:
        raise LoginMalformed


def check_password(password: str) -> None:
    """Raises PasswordTooShort."""
    if len(password) < MIN_PASSWORD:
        raise PasswordTooShort(min_length=MIN_PASSWORD)


def check_station(role: Role, station_id: UUID | None) -> None:
    """A station's user has a station, nobody else has."""
    if role is Role.STATION and station_id is None:
        raise StationMissing
    if role is not Role.STATION and station_id is not None:
        raise StationOutOfPlace


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> bytes:
    """What is kept of a secret that is itself random."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
