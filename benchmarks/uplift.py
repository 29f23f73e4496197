"""Does the interval of the uplift cover the planted effect? Campaigns are simulated and judged.

    .venv/bin/python -m benchmarks.uplift [--campaigns 200] [--rounds 20] [--json]

Each campaign has its own size, hold-out, base rate and effect; owners differ, one in five of the
treated is never reached (he counts all the same). No database.
"""

import argparse
import sys

import numpy as np
from numpy.random import Generator

from benchmarks.figures import Row, machine, show
from callcenter.outbound.results.model import Count, uplift

AIM = 0.95
REACHED = 0.8


def covered(chance: Generator) -> tuple[bool, float]:
    """One campaign: whether the truth lies in the interval, and how wide that is."""
    members = int(chance.integers(300, 20_000))
    base, effect = float(chance.uniform(0.005, 0.3)), float(chance.uniform(-0.02, 0.1))
    own = np.clip(base * chance.gamma(3.0, 1 / 3.0, members), 0.0, 0.9)
    gain = np.where(chance.random(members) < REACHED, effect, 0.0)
    spoken_to = np.clip(own + gain, 0.0, 1.0)
    held = chance.random(members) < float(chance.uniform(0.05, 0.2))
    came = chance.random(members) < np.where(held, own, spoken_to)
    truth = float((spoken_to - own).mean())
    found = uplift(
        Count(int((~held).sum()), int(came[~held].sum())),
        Count(int(held.sum()), int(came[held].sum())),
    )
    return found.low <= truth <= found.high, found.high - found.low


def main() -> int:
    """1 when fewer than 95 % are covered over all rounds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--campaigns", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    on = machine()
    chance = np.random.default_rng(2026)
    rounds = [[covered(chance) for _ in range(given.campaigns)] for _ in range(given.rounds)]
    shares = [float(np.mean([one for one, _ in done])) for done in rounds]
    told = {
        "first": shares[0],
        "all": float(np.mean(shares)),
        "worst": min(shares),
        "width": float(np.mean([width for done in rounds for _, width in done])),
    }
    rows: list[Row] = [
        (f"planted effect covered, first {given.campaigns}", f"{told['first']:.1%}", ""),
        (f"over {given.rounds} rounds", f"{told['all']:.1%}", f">= {AIM:.0%}"),
        ("worst round", f"{told['worst']:.1%}", ""),
        ("mean width, points", f"{told['width'] * 100:.1f}", ""),
    ]
    show("增量 uplift", rows, {**on, **told}, as_json=given.json)
    return 0 if told["all"] >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
