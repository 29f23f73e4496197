"""The days that a pacing is tried on: drift, shock, agents who log out."""

import math
import random

from benchmarks.pacing_day import Scenario


def drift(agents: int, chance: random.Random) -> Scenario:
    """The answer rate is 0.35 and wanders by 35 % of it, up and down over some hours."""
    turn, hours = chance.random(), 3.0 + 3.0 * chance.random()
    return Scenario(
        "drift",
        lambda now: 0.35 * (1 + 0.35 * math.sin(2 * math.pi * (now / 3600 / hours + turn))),
        lambda _: agents,
    )


def shock(agents: int, chance: random.Random) -> Scenario:
    """The answer rate jumps between 0.2 and 0.6 every half hour."""
    first = chance.randrange(2)
    return Scenario(
        "shock",
        lambda now: 0.6 if (int(now // 1800) + first) % 2 else 0.2,
        lambda _: agents,
    )


def log_out(agents: int, chance: random.Random) -> Scenario:
    """As drift; twice a day a third of the agents leave within a minute, for 15 minutes."""
    rate = drift(agents, chance).rate
    breaks = [3600 * (1.5 + chance.random()), 3600 * (4.5 + chance.random())]

    def there(now: float) -> int:
        for begins in breaks:
            if begins <= now < begins + 900:
                gone = min((now - begins) / 60, 1.0) * agents / 3
                return agents - int(gone)
        return agents

    return Scenario("log-out", rate, there)


SCENARIOS = (drift, shock, log_out)
