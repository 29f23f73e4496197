"""All pages, in one list."""

from callcenter.portal import (
    booking,
    inbox,
    location,
    moved,
    owner,
    signin,
    station,
    station_bookings,
    station_day,
    station_phone,
    survey,
    unsubscribe,
    work_order,
)
from callcenter.web.routes import Route

PAGES = (
    signin,
    moved,
    work_order,
    station,
    station_bookings,
    station_day,
    station_phone,
    owner,
    location,
    inbox,
    survey,
    booking,
    unsubscribe,
)
ROUTES: list[Route] = [route for page in PAGES for route in page.routes]
