"""What is kept of an owner for care, on the wire: his days, where he lives, his address."""

from datetime import date
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator

from callcenter.customers.days.model import Birthday, Calendar
from callcenter.places.provinces import PROVINCES
from callcenter.web.wire import WireModel

OLDEST_DAY = date(1900, 1, 31)
Day = Annotated[date, Field(ge=OLDEST_DAY, le=date(2100, 12, 31))]
# Without asterisks: what is shown masked is never written back.
Email = Annotated[
    str, Field(min_length=3, max_length=254, pattern=r"^[^@\s*]{1,64}@[^@\s*]+\.[^@\s*.]+$")
]
CODES = frozenset({"", *PROVINCES})


def _known_province(code: str) -> str:
    if code not in CODES:
        raise ValueError("no province has this code (ISO 3166-2:CN)")
    return code


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("there is no such IANA time zone")
    return zone


HomeProvince = Annotated[
    str, AfterValidator(_known_province), Field(json_schema_extra={"enum": sorted(CODES)})
]
Zone = Annotated[str, Field(max_length=60), AfterValidator(_known_zone)]


class BirthdayBody(WireModel):
    """A birthday by the calendar it is kept by; without a year. That of a leap month is kept in
    the ordinary month of its number."""

    calendar: Calendar
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if not self.as_birthday().is_possible:
            raise ValueError("the calendar has no such day")
        return self

    def as_birthday(self) -> Birthday:
        """As the model has it."""
        return Birthday(self.calendar, self.month, self.day)


def masked_email(address: str) -> str:
    """w***@example.com: enough to recognise, too little to write to."""
    local, _, host = address.rpartition("@")
    return f"{local[:1]}***@{host}"
