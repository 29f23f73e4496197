"""What a voice browser sends."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from callcenter.web.forms import Upload
from callcenter.web.wire import QueryModel

Token = Annotated[str, Field(max_length=100)]


class EntryPath(QueryModel):
    """The address an IVR was set up with."""

    token: Token


class WaitPath(EntryPath):
    """Which wait of the call something was heard to."""

    sequence: Annotated[int, Field(ge=0, le=1000)]


class Until(QueryModel):
    """When the address ends, in seconds since 1970."""

    until: Annotated[int, Field(ge=0, le=9_999_999_999)] = 0


class Form(BaseModel):
    """Browsers add fields of their own: they are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_max_length=10_000)


class CallerForm(Form):
    """Who calls, as the platform has it."""

    caller: str = ""


class HeardForm(Form):
    """A key, or a recording (`outcome`: he hung up behind it); nothing of both is silence."""

    key: str = ""
    message: Upload | None = None
    outcome: str = ""


class OutcomeForm(Form):
    """How a transfer ended, or `hangup`."""

    outcome: str = ""
