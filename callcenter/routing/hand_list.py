"""The stations an agent may choose by hand: the nearest of every rung, tow partners among them."""

from collections.abc import Collection

from callcenter.routing import repository
from callcenter.routing.by_hand import NEVER_AGAINST_HAND
from callcenter.routing.candidates import Spot, gather, need_of, reach_of
from callcenter.routing.choose import OVERRULABLE, Candidate, Need, Reach, Rung, reasons_against
from callcenter.routing.errors import NoPlaceYet
from callcenter.routing.hand_wire import HandListOut, HandStationOut, HandTruckOut
from callcenter.routing.reading import station_seen
from callcenter.routing.rescue_wire import RescuePath
from callcenter.stations import repository as stations
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["dispatch"])

SHOWN = 40


@routes.get(
    "/api/v1/rescues/{ticket_id}/hand-list", permission=Permission.DISPATCH_WRITE, problems=(409,)
)
async def get_hand_list(call: Call, path: RescuePath) -> HandListOut:
    """The forty nearest stations, whatever speaks against them: to be asked, or rung, by name."""
    ticket = await tickets.get(call.tx, path.ticket_id)
    if ticket.place_id is None:
        raise NoPlaceYet
    place = await tickets.get_place(call.tx, ticket.id, ticket.place_id)
    assert place is not None
    reach = reach_of(call.settings.routing, place.province)
    need = await need_of(call.tx, ticket, place.province)
    ladder = await repository.get_ladder(call.tx, ticket.id)
    asked = await repository.asked_stations(call.tx, ladder) if ladder else frozenset()
    spot = Spot(place.lat, place.lon, place.province)
    near = await gather(call.tx, spot, max(reach.within_m.values()) / 1000, asked)
    known = await stations.by_ids(call.tx, [one.station_id for one in near[:SHOWN]])
    phones = await _phones(call, known.values())
    return HandListOut(
        items=[
            _line(one, known[one.station_id], phones.get(one.station_id), need, reach)
            for one in near[:SHOWN]
        ]
    )


def _line(
    candidate: Candidate, station: Station, phone: str | None, need: Need, reach: Reach
) -> HandStationOut:
    trucks = {truck.id: truck for truck in station.trucks}
    found = reasons_against(candidate, need, Rung.NEAR, reach)
    against = [reason for reason in found if reason not in NEVER_AGAINST_HAND]
    return HandStationOut(
        station=station_seen(station, phone),
        distance_m=round(candidate.distance_m, 1),
        was_asked=candidate.was_asked,
        to_overrule=[reason for reason in against if reason in OVERRULABLE],
        barred_by=[reason for reason in against if reason not in OVERRULABLE],
        trucks=[
            HandTruckOut(
                id=truck.id,
                plate=trucks[truck.id].plate,
                equipment=list(trucks[truck.id].equipment),
                is_free=truck.is_free,
                is_fit=need.is_met_by(truck),
            )
            for truck in candidate.trucks
        ],
    )


async def _phones(call: Call, known: Collection[Station]) -> dict[object, str]:
    duties = await stations.duties_now(call.tx, known)
    return {station_id: duty.phone for station_id, duty in duties.items() if duty.phone}
