"""Stations by file."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/station-imports/template.xlsx",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/stations/export.xlsx")
async def get_stations_export_xlsx(w: World) -> Example:
    return Example(query={"province": "HI"})


@example("GET /api/v1/stations/export.csv")
async def get_stations_export_csv(w: World) -> Example:
    return Example(query={"province": "HI"})


@example("GET /api/v1/station-imports")
async def get_station_imports(w: World) -> Example:
    await w.planned()
    return Example()


@example("GET /api/v1/station-imports/{import_id}")
async def get_station_imports_import_id(w: World) -> Example:
    return Example(await w.planned())


@example("GET /api/v1/station-imports/{import_id}/rows")
async def get_station_imports_import_id_rows(w: World) -> Example:
    return Example(await w.planned(), query={"outcome": "added"})


@example("GET /api/v1/station-imports/{import_id}/errors.xlsx")
async def get_station_imports_import_id_errors_xlsx(w: World) -> Example:
    return Example(await w.planned())


@example("POST /api/v1/station-imports/{import_id}/application")
async def post_station_imports_import_id_application(w: World) -> Example:
    return Example(await w.planned(), body={"strict": True})


@example("POST /api/v1/station-imports/{import_id}/undoing")
async def post_station_imports_import_id_undoing(w: World) -> Example:
    return Example(await w.applied())
