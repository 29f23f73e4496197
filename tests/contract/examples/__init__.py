"""For every operation one request that must be answered with a 2xx, on things that exist."""

import importlib

from tests.contract.examples.registry import EXAMPLES, NOT_HERE

__all__ = ["EXAMPLES", "NOT_HERE"]

# In this order, so that owners, stations and tickets are there before calls and rescues.
ROOMS = (
    *("staff", "customers", "stations", "station_files", "tickets", "places", "calls"),
    *(
        "routing",
        "messages",
        "offers",
        "web",
        "towing",
        "reports",
        "handovers",
        "hotline",
        "call_flow",
        "recordings",
        "simulator",
        "due",
        "surveys",
        "contacts",
        "outbound_campaigns",
        "promises",
        "audiences",
        "bookings",
        "owner_files",
    ),
)
for room in ROOMS:
    importlib.import_module(f"{__name__}.{room}")
