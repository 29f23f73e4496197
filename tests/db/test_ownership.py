"""A room's SQL writes its own tables, and reads its own and those of lower rooms."""

import re
from typing import Any

import pytest

from callcenter.db.database import Database
from tests.db.rooms import LOWER, PACKAGE, QUERIES, ROOM_OF, TABLES, Query

INLINE_SQL = re.compile(
    r"""["'\s](insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|select\s[^"']*\sfrom\s)"""
)


async def test_every_table_has_a_room(database: Database) -> None:
    async with database.reading() as tx:
        rows = await tx.connection.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p', 'v', 'm', 'f')"
        )
    assert {row["relname"] for row in rows} == set(ROOM_OF)


def test_every_room_with_sql_is_known() -> None:
    assert {query.room for query in QUERIES.values()} == set(TABLES) == set(LOWER)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_stays_in_its_room(query: Query) -> None:
    assert query.writes() <= TABLES[query.room], "writes another room's table"
    readable = TABLES[query.room].union(*(TABLES[room] for room in LOWER[query.room]))
    assert query.reads() - {"lock_ticket"} <= readable, "reads an upper room's table"


@pytest.mark.parametrize(
    ("sql", "writes", "reads"),
    [
        ("select 1 from a join b on true where x = 'from c'", set(), {"a", "b"}),
        ("insert into a (x) values (1) on conflict (x) do update set x = 2", {"a"}, set()),
        ("update a set x = 1 from b where -- from c\n true", {"a"}, {"b"}),
        ("with gone as (delete from a returning 1) select count(*) from gone", {"a"}, set()),
        ("select extract(epoch from now()) from a where x is distinct from y", set(), {"a"}),
        ("select * from a where id = 1 for update", set(), {"a"}),
        ("select * from a for update skip locked", set(), {"a"}),
        ("DELETE FROM A", {"a"}, set()),
    ],
)
def test_the_reading_of_sql_is_right(sql: str, writes: set[str], reads: set[str]) -> None:
    query = Query("x", "y", sql)
    assert (query.writes(), query.reads()) == (writes, reads)


async def test_a_function_of_the_schema_touches_its_own_room(database: Database) -> None:
    """`lock_ticket` is the only one that queries call."""
    async with database.reading() as tx:
        source: Any = await tx.connection.fetchval(
            "select prosrc from pg_proc where proname = 'lock_ticket'"
        )
    assert Query("tickets", "lock_ticket", source).reads() == {"tickets"}


def test_sql_lies_in_queries_and_not_in_code() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group(1)}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] != "db"
        # A rule is put together of fixed texts, its values are parameters: decision 27.
        and path.relative_to(PACKAGE).parts[:2] != ("outbound", "audiences")
        for match in INLINE_SQL.finditer(path.read_text())
    ]
    assert found == []
