"""The workers of a storm: killed with -9, and followed by others."""

import random
from dataclasses import replace
from typing import Any

from tests.forked import PROCESSES
from tests.outbound import storm_worker
from tests.outbound.storm_worker import Doom


class Crew:
    """So many at a time; they die by themselves in this share of their transactions (`dies`), until
    `kills` are dead, whoever has killed them."""

    def __init__(
        self, dsn: str, url: str, dice: random.Random, *, many: int, kills: int, doom: Doom
    ) -> None:
        self.dsn, self.url, self.dice = dsn, url, dice
        self.many, self.kills, self.doom = many, kills, doom
        self.alive: list[Any] = []
        self.begun = self.killed = 0

    def fill(self) -> None:
        """As many as there should be."""
        self.killed += sum(one.exitcode is not None for one in self.alive)
        self.alive = [one for one in self.alive if one.exitcode is None]
        while len(self.alive) < self.many:
            self.begun += 1
            # The last of them live: else nothing would ever be over.
            dies = self.doom.dies if self.killed < self.kills else 0.0
            doom = replace(self.doom, seed=self.begun, dies=dies)
            one = PROCESSES.Process(
                target=storm_worker.run, args=(self.dsn, self.url, doom), daemon=True
            )
            one.start()
            self.alive.append(one)

    def kill_one(self) -> None:
        self.dice.choice(self.alive).kill()

    def end(self) -> None:
        for one in self.alive:
            one.kill()
        for one in self.alive:
            one.join()
