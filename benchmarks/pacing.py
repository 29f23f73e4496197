"""Pacing of calls to owners, simulated: ours, progressive, and VICIdial's rule as published.

    .venv/bin/python -m benchmarks.pacing [--seeds 30] [--agents 5,10,20,50] [--workers 2] [--json]

Days of eight hours, the same seeds for each rule: an answer rate that drifts, one that jumps,
agents who log out. Abandoned: of those who answer, who found no agent within 2 s. Busy: the part of
the agents' time in talk or wrap-up. Tuned on other seeds than these. It ends with 1 when an aim is
missed.
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from benchmarks.figures import Row, machine, progress, show
from benchmarks.pacing_day import Day, Play, Rule
from benchmarks.pacing_rules import Ours, Progressive, Vicidial
from benchmarks.pacing_scenarios import SCENARIOS

RULES: dict[str, Callable[[], Rule]] = {
    "progressive": Progressive,
    "vicidial": Vicidial,
    "ours": Ours,
}
CAP, MEAN_CAP = 0.03, 0.02
BUSY = {10: 0.83, 20: 0.88, 50: 0.92}
SMALL, WORSE_BY = 5, 0.01


@dataclass(frozen=True)
class Cell:
    """One rule with so many agents in one scenario, over all seeds; shares of 1."""

    scenario: str
    agents: int
    rule: str
    busy: float
    least_busy: float
    abandoned: float
    worst_day: float

    @property
    def figure(self) -> str:
        return (
            f"{self.busy:.1%} busy (least {self.least_busy:.1%}), "
            f"{self.abandoned:.2%} abandoned (worst day {self.worst_day:.2%})"
        )


def played(which: tuple[int, int, str], seed: int) -> Day:
    """One day."""
    scenario, agents, rule = which
    chance = random.Random(seed)
    made = SCENARIOS[scenario](agents, chance)
    return Play(made, RULES[rule](), chance).run()


def cell_of(which: tuple[int, int, str], days: Sequence[Day]) -> Cell:
    """The figures of these days."""
    scenario, agents, rule = which
    busy = [day.busy_share for day in days]
    lost = [day.abandoned_share for day in days]
    name = SCENARIOS[scenario].__name__
    mean_busy, mean_lost = sum(busy) / len(busy), sum(lost) / len(lost)
    return Cell(name, agents, rule, mean_busy, min(busy), mean_lost, max(lost))


def missed(cells: Sequence[Cell]) -> list[str]:
    """The aims that do not hold."""
    progressive = {(c.scenario, c.agents): c.busy for c in cells if c.rule == "progressive"}
    words = []
    for cell in (c for c in cells if c.rule == "ours"):
        where = f"{cell.scenario}, {cell.agents} agents"
        if cell.worst_day > CAP or cell.abandoned > MEAN_CAP:
            words.append(f"{where}: abandoned")
        if cell.busy < BUSY.get(cell.agents, 0.0):
            words.append(f"{where}: busy")
        if cell.agents == SMALL and cell.busy < progressive[cell.scenario, SMALL] - WORSE_BY:
            words.append(f"{where}: worse than progressive")
    return words


def aim_of(cell: Cell) -> str:
    """As the table shows it."""
    if cell.rule != "ours":
        return ""
    busy = f"busy >= {BUSY[cell.agents]:.0%}, " if cell.agents in BUSY else ""
    return f"{busy}mean <= {MEAN_CAP:.0%}, day <= {CAP:.0%}"


def main(arguments: argparse.Namespace) -> int:
    """All cells, one line each."""
    seeds = range(arguments.seeds)
    agents = [int(one) for one in arguments.agents.split(",")]
    cells: list[Cell] = []
    every = [(s, n, rule) for s in range(len(SCENARIOS)) for n in agents for rule in RULES]
    with ProcessPoolExecutor(arguments.workers) as pool, progress() as bar:
        for which in bar.track(every, description="pacing"):
            cells.append(cell_of(which, list(pool.map(partial(played, which), seeds))))
    rows: list[Row] = [
        (f"{cell.scenario}, {cell.agents} agents, {cell.rule}", cell.figure, aim_of(cell))
        for cell in cells
    ]
    lost = missed(cells)
    told: dict[str, Any] = {"cells": [asdict(cell) for cell in cells], "missed": lost}
    told |= {"seeds": len(seeds)} | machine()
    show("拨号节奏 pacing", rows, told, as_json=arguments.json)
    return 1 if lost else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--agents", default="5,10,20,50")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    sys.exit(main(parser.parse_args()))
