"""Routes that say whether a station could be asked now."""

from callcenter.routing.readiness import readiness
from callcenter.routing.wire import Readiness
from callcenter.stations.own_http import own_station
from callcenter.stations.wire import StationPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["stations"])


@routes.get("/api/v1/stations/{station_id}/readiness", permission=Permission.STATIONS_READ)
async def get_readiness(call: Call, path: StationPath) -> Readiness:
    """Whether it could be asked now: duty and its phone, suspension, which trucks are free."""
    with_tickets = call.actor.may(Permission.DISPATCH_READ)
    return await readiness(call.tx, path.station_id, with_tickets=with_tickets)


@routes.get("/api/v1/station/readiness", permission=Permission.STATION_OWN, tags=["station"])
async def get_own_readiness(call: Call) -> Readiness:
    """The same of one's own station."""
    return await readiness(call.tx, own_station(call), with_tickets=False)
