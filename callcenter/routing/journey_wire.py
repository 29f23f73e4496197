"""What a station tells of its journey. `happened_at`: when, for what was kept without a line; a
time outside the dispatch, or later than now, is brought within it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.routing.wire import Minutes, Outcome
from callcenter.web.wire import Moment, WireModel


class Step(WireModel):
    """Departed, or arrived."""

    happened_at: Moment | None = None


class Completion(WireModel):
    """What was done with the car."""

    outcome: Outcome
    happened_at: Moment | None = None


class GoneOnArrival(WireModel):
    """No car there: the photo's file, and that the owner was called."""

    proof_file: UUID | None = None
    called_owner: bool = False
    happened_at: Moment | None = None


class NewEta(WireModel):
    """A new promise, counted from now."""

    eta_minutes: Minutes


class TruckPosition(WireModel):
    """Where the truck is, by its own time of fix."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    accuracy_m: Annotated[float, Field(ge=0, le=100000, allow_inf_nan=False)] | None = None
    fixed_at: Moment
