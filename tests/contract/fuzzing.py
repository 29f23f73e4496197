"""How requests are made up: a few that are the same in every run, or many that are new."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings

FEW = 35

WHILE_THE_SERVICE_RUNS = "ignore:Do not use the `random` module"
"""A warning filter: the service draws jitter beside the search, which is no flaw of the search."""


@schemathesis.serializer("audio/wav")
def sound(_context: Any, value: Any) -> bytes:
    """Bytes as they are, and anything else in their place."""
    return value if isinstance(value, bytes) else str(value).encode()


def searching(many: int) -> settings:
    """So many examples: up to `FEW` the same ones each time, above that searched anew."""
    return settings(
        max_examples=many,
        derandomize=many <= FEW,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def leaves(failure: BaseException) -> str:
    """What went wrong, without the runners around it."""
    if isinstance(failure, BaseExceptionGroup):
        return "; ".join(leaves(one) for one in failure.exceptions)
    return f"{type(failure).__name__}: {failure}"[:900]
