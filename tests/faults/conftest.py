"""The stage of the races, for faults that need no process of their own."""

from tests.races.conftest import scene

__all__ = ["scene"]
