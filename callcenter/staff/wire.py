"""What the staff room says over the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.staff.alarms import Alarm
from callcenter.staff.model import (
    LOGIN_PATTERN,
    MAX_PASSWORD,
    MIN_PASSWORD,
    MachineToken,
    Role,
    StaffUser,
)
from callcenter.staff.roles import SCOPES
from callcenter.web.permission import Permission
from callcenter.web.wire import ABSENT, ListQuery, Moment, Page, PatchModel, QueryModel, WireModel

Login = Annotated[str, Field(pattern=LOGIN_PATTERN, examples=["li.wei"])]
Name = Annotated[str, Field(min_length=1, max_length=80, examples=["李伟"])]
Password = Annotated[str, Field(min_length=1, max_length=MAX_PASSWORD)]
NewPassword = Annotated[str, Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]
Language = Literal["zh", "en"]


class Credentials(WireModel):
    """Login and password."""

    login: Annotated[str, Field(min_length=1, max_length=80, examples=["li.wei"])]
    password: Password


class SessionOut(WireModel):
    """Who is signed in, and the token that unsafe requests must carry in X-CSRF-Token."""

    id: str = Field(examples=["staff:0198c0de-0000-7000-8000-000000000001"])
    name: str
    role: str
    station_id: UUID | None
    language: str | None
    permissions: list[Permission]
    must_change: bool
    csrf_token: str | None


class PasswordChange(WireModel):
    """The current password and the new one."""

    current: Password
    new: NewPassword


class PasswordGiven(WireModel):
    """A first password: its owner must change it."""

    password: NewPassword


class StaffDraft(WireModel):
    """A new colleague. The password is given in a second step."""

    login: Login
    name: Name
    role: Role
    station_id: UUID | None = None
    language: Language = "zh"


class StaffPatch(PatchModel):
    """Fields that are given are changed; needs If-Match."""

    name: Name = ABSENT
    role: Role = ABSENT
    station_id: UUID | None = None
    language: Language = ABSENT
    active: bool = ABSENT


class StaffOut(WireModel):
    """A colleague."""

    id: UUID
    login: str
    name: str
    role: Role
    station_id: UUID | None
    language: str
    must_change: bool
    active: bool
    version: int
    created_at: Moment


class StaffPage(Page[StaffOut]):
    """Colleagues, newest first."""


class ColleagueOut(WireModel):
    """Somebody to whom work can be given: no more than his name and role."""

    id: UUID
    name: str
    role: Role


class ColleagueList(WireModel):
    """Active agents, experts and supervisors."""

    items: list[ColleagueOut]


class StaffPath(QueryModel):
    """Which colleague."""

    staff_id: UUID


class TokenDraft(WireModel):
    """What a machine may do, and for how many hours."""

    name: Name
    scopes: list[Permission] = Field(
        min_length=1,
        max_length=40,
        json_schema_extra={"items": {"type": "string", "enum": [*sorted(s.value for s in SCOPES)]}},
        examples=[["calls_read", "calls_write"]],
    )
    station_id: UUID | None = None
    lifetime_h: int = Field(ge=1, le=24 * 366, examples=[24 * 90])


class TokenOut(WireModel):
    """A machine token without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    station_id: UUID | None
    created_by: str
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None


class TokenPage(Page[TokenOut]):
    """Machine tokens, newest first."""


class TokenPath(QueryModel):
    """Which token."""

    token_id: UUID


class TokenSecret(WireModel):
    """Seen this once."""

    token: str


class AlarmQuery(ListQuery):
    """Open ones only, or of one ticket."""

    open: bool = True
    ticket_id: UUID | None = None


class AlarmPath(QueryModel):
    """Which alarm."""

    alarm_id: UUID


class AlarmOut(WireModel):
    """An alarm someone must take."""

    id: UUID
    kind: str = Field(examples=["rescue_nobody_left"])
    ticket_id: UUID | None
    station_id: UUID | None
    reason: str
    raised_at: Moment
    raised_again_at: Moment | None
    taken_by: str | None
    taken_by_name: str | None
    taken_at: Moment | None
    cleared_at: Moment | None
    cleared_reason: str | None
    drill: bool


class AlarmPage(Page[AlarmOut]):
    """Alarms, newest first."""


def staff_out(user: StaffUser) -> StaffOut:
    """As the wire has it."""
    return StaffOut.model_validate(vars(user))


def token_out(token: MachineToken) -> TokenOut:
    """As the wire has it."""
    return TokenOut.model_validate(vars(token) | {"scopes": list(token.scopes)})


def alarm_out(alarm: Alarm) -> AlarmOut:
    """As the wire has it."""
    return AlarmOut.model_validate(vars(alarm))


def colleague_out(row: Any) -> ColleagueOut:
    """As the wire has it."""
    return ColleagueOut(id=row["id"], name=row["name"], role=Role(row["role"]))
