"""The stations an agent may choose by hand: the nearest of every rung, tow partners among them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from callcenter.portal.rescue_form import OVERRULED_BY_NAME
from callcenter.routing import repository
from callcenter.routing.by_hand import NEVER_AGAINST_HAND
from callcenter.routing.candidates import Spot, gather, need_of, reach_of
from callcenter.routing.choose import Candidate, Need, PassedOver, Reach, Rung, reasons_against
from callcenter.stations import repository as stations
from callcenter.stations.model import Station
from callcenter.tickets.model import Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.web.call import Call

SHOWN = 40


@dataclass(frozen=True)
class Truck:
    """One of the station's trucks in service; `is_fit` when it carries what is needed."""

    id: UUID
    plate: str
    equipment: tuple[str, ...]
    is_free: bool
    is_fit: bool


@dataclass(frozen=True)
class ByHand:
    """A station that may be chosen: what speaks against it, and the phone on duty now."""

    station: Station
    distance_m: float
    was_asked: bool
    against: tuple[PassedOver, ...]
    phone: str | None
    trucks: tuple[Truck, ...]

    @property
    def to_overrule(self) -> list[PassedOver]:
        """What a person may overrule by name."""
        return [reason for reason in self.against if reason in OVERRULED_BY_NAME]

    @property
    def is_barred(self) -> bool:
        """Whether something speaks against it that nobody may overrule here."""
        return len(self.to_overrule) < len(self.against)


async def by_hand_list(
    call: Call, ticket: Ticket, place: TicketPlace, chosen: UUID | None
) -> list[ByHand]:
    """The nearest first; the chosen one is among them however far it lies."""
    reach = reach_of(call.settings.routing, place.province)
    need = await need_of(call.tx, ticket, place.province)
    ladder = await repository.get_ladder(call.tx, ticket.id)
    asked = await repository.asked_stations(call.tx, ladder) if ladder else frozenset()
    spot = Spot(place.lat, place.lon, place.province)
    near = await gather(call.tx, spot, max(reach.within_m.values()) / 1000, asked)
    shown = [c for at, c in enumerate(near) if at < SHOWN or c.station_id == chosen]
    known = await stations.by_ids(call.tx, [candidate.station_id for candidate in shown])
    phones = await phones_of(call, known.values())
    return [_by_hand(c, known[c.station_id], phones.get(c.station_id), need, reach) for c in shown]


def _by_hand(
    candidate: Candidate, station: Station, phone: str | None, need: Need, reach: Reach
) -> ByHand:
    plates = {truck.id: truck for truck in station.trucks}
    against = reasons_against(candidate, need, Rung.NEAR, reach)
    return ByHand(
        station=station,
        distance_m=candidate.distance_m,
        was_asked=candidate.was_asked,
        against=tuple(reason for reason in against if reason not in NEVER_AGAINST_HAND),
        phone=phone,
        trucks=tuple(
            Truck(
                id=truck.id,
                plate=plates[truck.id].plate,
                equipment=plates[truck.id].equipment,
                is_free=truck.is_free,
                is_fit=need.is_met_by(truck),
            )
            for truck in candidate.trucks
        ),
    )


async def phones_of(call: Call, known: Collection[Station]) -> dict[UUID, str]:
    """The numbers of who is on duty now; a station without one is not among them."""
    duties = await stations.duties_now(call.tx, known)
    return {station_id: duty.phone for station_id, duty in duties.items() if duty.phone}
