"""The flow that a new installation answers with, until an administrator publishes another."""

from functools import cache
from pathlib import Path

from callcenter.telephony.flow.check import checked
from callcenter.telephony.flow.model import Flow

FILE = Path(__file__).with_name("default.json")


@cache
def default_flow() -> Flow:
    """Read and checked once."""
    return checked(Flow.model_validate_json(FILE.read_bytes()))
