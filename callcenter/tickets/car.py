"""The car a rescue is about: what the caller told stands over what is registered."""

from dataclasses import dataclass

from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.stations.needs import CarFacts
from callcenter.tickets.model import Ticket
from callcenter.tickets.particulars import RescueParticulars


@dataclass(frozen=True)
class Car:
    """Model, plate and brand in words (empty when unknown); the facts that decide who can help."""

    model: str
    plate: str
    facts: CarFacts
    brand: str = ""


async def car_of(tx: Tx, ticket: Ticket) -> Car:
    """The car of this rescue; it need not be registered."""
    told = RescueParticulars.model_validate(ticket.particulars)
    known = await customers.get_vehicle(tx, ticket.vehicle_id) if ticket.vehicle_id else None
    return Car(
        model=told.car or (known.model if known else ""),
        plate=told.plate or (known.plate if known and known.plate else ""),
        facts=CarFacts(
            energy=told.energy or (known.energy if known else None),
            weight_kg=told.weight_kg or (known.weight_kg if known else None),
            wheels_locked=told.wheels_locked,
            low_clearance=told.low_clearance,
            height_limit_cm=told.height_limit_cm,
            off_road=told.off_road,
        ),
        brand=told.brand,
    )
