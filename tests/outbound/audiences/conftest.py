"""A town of owners in one database, for all tests of rules."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import frozen, refreshed
from callcenter.outbound.audiences.counted import count
from callcenter.outbound.audiences.formula import Formula, formula
from callcenter.outbound.audiences.gate import Gate
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.seen import look
from callcenter.outbound.audiences.spans import days_of
from tests.conftest import Server
from tests.outbound.audiences import rows
from tests.outbound.audiences.oracle import Oracle
from tests.outbound.audiences.population import NOW, Owner, drawn, of
from tests.outbound.audiences.trees import OTHERS, rule

OTHER_RULES: dict[UUID, Any] = {
    OTHERS[0]: rule({"kind": "all", "of": [{"kind": "tier", "any_of": [1, 2]}]}),
    OTHERS[1]: rule(
        {
            "kind": "none",
            "of": [
                {"kind": "last_visit", "when": "within", "days": 90},
                {"kind": "audience", "audience_id": str(OTHERS[0])},
            ],
        }
    ),
}
RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, (select count(*) + 1 from campaign_runs), '{}', 'cn', '1')
"""


class Undone(Exception):
    """What was written is taken back."""


@dataclass
class Town:
    """The people, and the questions to the database about them."""

    runner: asyncio.Runner
    connection: asyncpg.Connection
    people: list[Owner]
    oracle: Oracle

    def asked(self, rule: Any) -> Formula:
        return formula(rule, At(NOW, days_of()), OTHER_RULES)

    def counted(self, rule: Any, gate: Gate) -> Any:
        return self.within(lambda tx: count(tx, self.asked(rule), gate))

    def seen(self, rule: Any) -> Any:
        owners = [owner.id for owner in self.people]
        return self.within(lambda tx: look(tx, self.asked(rule), owners))

    def frozen(self, rule: Any, gate: Gate) -> tuple[Any, list[Any]]:
        """What it says, and the members."""
        run = uuid4()

        async def work(tx: Tx) -> Any:
            await tx.connection.execute(RUN, run, of(5, 0))
            told = await frozen.freeze_formula(tx, self.asked(rule), gate, run_id=run)
            members = "select * from run_members where run_id = $1"
            return told, await tx.connection.fetch(members, run)

        told: tuple[Any, list[Any]] = self.within(work)
        return told

    def within(self, work: Callable[[Tx], Awaitable[Any]]) -> Any:
        """In a transaction that is taken back."""
        found: list[Any] = []

        async def undone() -> None:
            async with self.connection.transaction():
                found.append(await work(Tx(self.connection, {})))
                raise Undone

        with pytest.raises(Undone):
            self.runner.run(undone())
        return found[0]


@pytest.fixture(scope="session")
def town(server: Server) -> Iterator[Town]:
    """Sixty owners; nothing is changed in it."""
    people = drawn(7, 60, NOW)
    with asyncio.Runner() as runner:
        name = runner.run(server.copy())
        connection = runner.run(asyncpg.connect(server.owner_dsn(name)))
        runner.run(rows.write(connection, people))
        runner.run(refreshed.refresh_all(Tx(connection, {})))
        lots: dict[tuple[UUID, str], float] = {}

        def lot(owner: UUID, salt: str) -> float:
            if (owner, salt) not in lots:
                number = hashlib.sha256(salt.encode()).digest()[:8]
                ask = "select uuid_hash_extended($1, $2) & 1048575"
                salted = int.from_bytes(number, "big", signed=True)
                lots[owner, salt] = runner.run(connection.fetchval(ask, owner, salted)) / 2**20
            return lots[owner, salt]

        yield Town(runner, connection, people, Oracle(people, NOW, OTHER_RULES, lot))
        runner.run(connection.close())
        runner.run(server.drop(name))
