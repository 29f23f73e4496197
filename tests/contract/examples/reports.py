"""The board."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/board",
    "GET /api/v1/board/offers",
    "GET /api/v1/board/alarms",
    "GET /api/v1/board/handovers",
    "GET /api/v1/board/map",
    "GET /api/v1/board/hours",
    "GET /api/v1/board/hotline",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/board/rescues")
async def get_board_rescues(w: World) -> Example:
    return Example(query={"stage": "dispatching"})


@example("GET /api/v1/board/tickets")
async def get_board_tickets(w: World) -> Example:
    return Example(query={"day": "opened"})


@example("GET /api/v1/board/hotline/calls")
async def get_board_hotline_calls(w: World) -> Example:
    return Example(query={"outcome": "abandoned"})


@example("GET /api/v1/stations/{station_id}/workshop-days")
async def get_stations_station_id_workshop_days(w: World) -> Example:
    return Example(await w.station(), query={"day": "2026-12-01"})
