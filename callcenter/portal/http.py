"""All pages, in one list."""

from callcenter.portal import (
    desk,
    inbox,
    location,
    owner,
    rescue,
    signin,
    station,
    station_day,
    station_phone,
    stations_by_file,
    work_order,
)
from callcenter.web.routes import Route

PAGES = (
    signin,
    desk,
    rescue,
    work_order,
    station,
    station_day,
    station_phone,
    owner,
    location,
    inbox,
    stations_by_file,
)
ROUTES: list[Route] = [route for page in PAGES for route in page.routes]
