"""Routes of bookings: free times, made and moved by the desk, closed by desk or station."""

from collections.abc import Sequence

from callcenter.stations import repository as stations
from callcenter.stations.bookings import near, repository, service
from callcenter.stations.bookings.model import Booking, midnight_of
from callcenter.stations.bookings.wire import (
    BookingDraft,
    BookingList,
    BookingMove,
    BookingOut,
    BookingPath,
    BookingsOfStationQuery,
    BookingsOfVehicleQuery,
    FreeTimeList,
    FreeTimesQuery,
    NearQuery,
    WorkshopCapacity,
    WorkshopList,
    booking_out,
    free_out,
    last_day,
    workshop_out,
)
from callcenter.stations.wire import StationPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["bookings"])
READ, WRITE = Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE
BOOKINGS = "/api/v1/bookings"


@routes.get("/api/v1/stations/{station_id}/free-times", permission=Permission.STATIONS_READ)
async def list_free_times(call: Call, path: StationPath, query: FreeTimesQuery) -> FreeTimeList:
    """When a car may be brought to this workshop on a day, by its hours and what is booked."""
    station = await stations.get(call.tx, path.station_id)
    free = await repository.free_on(call.tx, station, query.day, query.but)
    return FreeTimeList(items=[free_out(one) for one in free])


@routes.post("/api/v1/workshops/nearest", permission=Permission.STATIONS_READ, reads=True)
async def list_nearest_workshops(call: Call, body: NearQuery) -> WorkshopList:
    """Which workshops lie nearest to a place, and when they have room; nothing is kept."""
    since = midnight_of(body.since) if body.since else await call.tx.now()
    found = await near.nearest(call.tx, body.lat, body.lon, body.limit, since, body.known)
    return WorkshopList(items=[workshop_out(one) for one in found])


@routes.get("/api/v1/stations/{station_id}/bookings", permission=READ)
async def list_bookings_of_station(
    call: Call, path: StationPath, query: BookingsOfStationQuery
) -> BookingList:
    """Which cars a station expects on these days, and which came."""
    station = await stations.get(call.tx, path.station_id)
    last = last_day(query.day, query.days)
    return _listed(await repository.of_days(call.tx, station.id, query.day, last))


@routes.get("/api/v1/stations/{station_id}/capacity", permission=Permission.STATIONS_READ)
async def get_capacity(call: Call, path: StationPath) -> WorkshopCapacity:
    """How many cars the workshop takes in an hour."""
    station = await stations.get(call.tx, path.station_id)
    capacity = await repository.SQL.capacity_of(call.tx.connection, id=station.id)
    return WorkshopCapacity(per_hour=capacity)


@routes.put("/api/v1/stations/{station_id}/capacity", permission=Permission.STATIONS_WRITE)
async def put_capacity(call: Call, path: StationPath, body: WorkshopCapacity) -> WorkshopCapacity:
    """So many from now on; bookings that are there stay."""
    capacity = await service.set_capacity(call.tx, call.actor.id, path.station_id, body.per_hour)
    return WorkshopCapacity(per_hour=capacity)


@routes.get(BOOKINGS, permission=READ)
async def list_bookings_of_vehicle(call: Call, query: BookingsOfVehicleQuery) -> BookingList:
    """The bookings of a car, the latest first."""
    return _listed(await repository.of_vehicle(call.tx, query.vehicle_id))


@routes.post(BOOKINGS, permission=WRITE, status=201, problems=(404, 409))
async def make_booking(call: Call, body: BookingDraft) -> BookingOut:
    """A car is expected; of an hour that is full the refusal names the next free times."""
    return booking_out(await service.book(call.tx, call.actor.id, **dict(body)))


@routes.get(f"{BOOKINGS}/{{booking_id}}", permission=READ)
async def get_booking(call: Call, path: BookingPath) -> BookingOut:
    """One booking."""
    return booking_out(await repository.get(call.tx, path.booking_id))


@routes.post(f"{BOOKINGS}/{{booking_id}}/time", permission=WRITE, problems=(409,))
async def move_booking(call: Call, path: BookingPath, body: BookingMove) -> BookingOut:
    """Another time, or another station or thing, too."""
    return booking_out(await service.move(call.tx, call.actor.id, path.booking_id, **dict(body)))


@routes.post(f"{BOOKINGS}/{{booking_id}}/cancellation", permission=WRITE, problems=(409,))
async def cancel_booking(call: Call, path: BookingPath) -> BookingOut:
    """The car is not expected any more; a second time changes nothing."""
    return booking_out(await service.cancel(call.tx, call.actor.id, path.booking_id))


def _listed(found: Sequence[Booking]) -> BookingList:
    return BookingList(items=[booking_out(one) for one in found])
