"""For every operation one request that must be answered with a 2xx, on things that exist."""

from tests.contract.examples import (  # noqa: F401
    calls,
    customers,
    handovers,
    hotline,
    messages,
    offers,
    places,
    reports,
    routing,
    staff,
    station_files,
    stations,
    tickets,
    towing,
    web,
)
from tests.contract.examples.registry import EXAMPLES, NOT_HERE

__all__ = ["EXAMPLES", "NOT_HERE"]
