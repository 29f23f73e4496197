"""An owner's next days on the wire."""

from datetime import date
from uuid import UUID

from callcenter.customers.days.model import Falls, next_anniversary, next_birthday
from callcenter.customers.model import Owner
from callcenter.web.wire import WireModel


class DayOut(WireModel):
    """When it is kept next; `is_moved`: that year has no such day, so it is kept on the last day
    of its month."""

    on: date
    is_moved: bool


class AnniversaryOut(DayOut):
    """So many years then; `vehicle_id`: whose delivery it was."""

    years: int
    vehicle_id: UUID | None = None


class DaysOut(WireModel):
    """An owner's next days, from today on in his zone; of cars that are not gone."""

    birthday: DayOut | None
    wedding: AnniversaryOut | None
    deliveries: list[AnniversaryOut]


def days_out(owner: Owner, today: date) -> DaysOut:
    """His days from `today` on."""
    born = next_birthday(owner.birthday, today) if owner.birthday else None
    return DaysOut(
        birthday=_day(born) if born else None,
        wedding=_anniversary(owner.wedding_on, today) if owner.wedding_on else None,
        deliveries=[
            _anniversary(car.delivered_on, today, car.id)
            for car in owner.vehicles
            if car.delivered_on and car.gone_on is None
        ],
    )


def _day(falls: Falls) -> DayOut:
    return DayOut(on=falls.on, is_moved=falls.is_moved)


def _anniversary(of: date, today: date, vehicle_id: UUID | None = None) -> AnniversaryOut:
    falls, years = next_anniversary(of, today)
    return AnniversaryOut(on=falls.on, is_moved=falls.is_moved, years=years, vehicle_id=vehicle_id)
