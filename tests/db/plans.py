"""Reads the plan of a named query, called just as the program calls it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg

EXPLAIN_GENERIC = """
create function pg_temp.explain_generic(sql text) returns text language plpgsql as $$
declare plan text;
begin
    execute 'explain (generic_plan, format json) ' || sql into plan;
    return plan;
end $$
"""
INDEXES_ONLY = "set local enable_seqscan = off; set local enable_sort = off;"
DROP_CONSTRAINT = """
select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname)
from pg_constraint where conname = $1 and contype in ('p', 'u')
"""


@dataclass(frozen=True)
class Plan:
    """What the database would do."""

    nodes: list[dict[str, Any]]

    @property
    def indexes(self) -> set[str]:
        """Indexes it looks things up in, walks in their order, or decides a conflict by."""
        return {node["Index Name"] for node in self.nodes if "Index Name" in node} | {
            name for node in self.nodes for name in node.get("Conflict Arbiter Indexes", ())
        }

    @property
    def conditions(self) -> dict[str, str]:
        """Index -> what is looked up in it; nothing when it is only walked."""
        return {
            node["Index Name"]: node["Index Cond"] for node in self.nodes if "Index Cond" in node
        }

    @property
    def scanned(self) -> set[str]:
        """Tables it reads from the first row to the last."""
        return {node["Relation Name"] for node in self.nodes if node["Node Type"] == "Seq Scan"}

    def times_read(self, table: str) -> int:
        """At how many places of the plan rows of this table are read."""
        return sum(node.get("Relation Name") == table for node in self.nodes)

    @property
    def sorts(self) -> bool:
        """Whether it must see all rows before it knows the first."""
        return any(node["Node Type"] == "Sort" for node in self.nodes)


class Explainer:
    """In place of a connection: whatever is asked is explained and not run."""

    def __init__(self, connection: asyncpg.Connection, *, generic: bool) -> None:
        self.connection = connection
        self.generic = generic

    async def fetch(self, sql: str, *values: Any) -> list[Plan]:
        return [await self._plan(sql, values)]

    async def fetchrow(self, sql: str, *values: Any) -> Plan:
        return await self._plan(sql, values)

    fetchval = execute = fetchrow

    async def _plan(self, sql: str, values: tuple[Any, ...]) -> Plan:
        if self.generic:
            # What a prepared statement comes to after some runs: the values are unknown.
            ask = "select pg_temp.explain_generic($1)"
            text = await self.connection.fetchval(ask, sql.rstrip("; \n"))
        else:
            text = await self.connection.fetchval(f"explain (format json) {sql}", *values)
        return Plan(list(_walk(json.loads(text)[0]["Plan"])))


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _walk(inner)


async def take_out(connection: asyncpg.Connection, index: str) -> None:
    """Drop the index, with the constraint it serves if there is one."""
    drop = await connection.fetchval(DROP_CONSTRAINT, index)
    await connection.execute(drop or f"drop index {index}")
