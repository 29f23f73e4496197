"""Fields of forms as browsers send them: one left empty is there, with no text in it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from callcenter.web.wire import Moment


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


EmptyIsNone = BeforeValidator(_none_if_empty)
"""For a field that may be left out: nothing written is nothing told."""

Check = Literal["", "on"]
"""A checkbox: "on" when it is checked, else not sent at all."""

OptionalId = Annotated[UUID | None, EmptyIsNone]

OptionalMoment = Annotated[Moment | None, EmptyIsNone]
"""When something was pressed that is sent later; empty for what is sent at once."""

_Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
_Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
_Metres = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
_Milliseconds = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]

Latitude = Annotated[_Latitude | None, EmptyIsNone]
Longitude = Annotated[_Longitude | None, EmptyIsNone]
Metres = Annotated[_Metres | None, EmptyIsNone]
AgeMs = Annotated[_Milliseconds | None, EmptyIsNone]
"""How old a fix was when it was sent, by the phone's clock against itself: the hour that the
phone shows may be wrong."""
