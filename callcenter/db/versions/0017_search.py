"""Runs schemas/sql/0017_search.sql and fills the keys of the names that are there already."""

from collections.abc import Awaitable
from typing import Any, cast

from alembic import op
from sqlalchemy.util import await_only

from callcenter.db.script import run_file
from callcenter.names import name_keys

revision = "0017"
down_revision = "0016"

NAMED = {
    "owner": "select id, name from owners where id > $1 order by id limit $2",
    "ticket": "select id, caller_name as name from tickets"
    " where id > $1 and caller_name is not null order by id limit $2",
}
FIRST = "00000000-0000-0000-0000-000000000000"
AT_ONCE = 5000


def upgrade() -> None:
    run_file("0017_search.sql")
    for what, ask in NAMED.items():
        fill(what, ask)


def fill(what: str, ask: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection
    last: Any = FIRST
    while rows := _awaited(driver.fetch(ask, last, AT_ONCE)):
        keys = [(key, row["id"]) for row in rows for key in name_keys(row["name"])]
        columns = ["key", f"{what}_id"]
        _awaited(driver.copy_records_to_table(f"{what}_name_keys", records=keys, columns=columns))
        last = rows[-1]["id"]


def _awaited(asked: Awaitable[Any]) -> Any:
    return await_only(cast(Any, asked))
