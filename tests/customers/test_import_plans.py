"""The file of last month lies there when this month's is read: it must not be looked through for
each owner of the new one, of whose rows the planner knows nothing yet."""

import re
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from callcenter.customers.by_file.owners.sort import FIND, HELD
from tests.db.cast import CONTROL
from tests.db.plans import Explainer, Plan

IMPORT = """
insert into owner_imports (id, kind, file_name, digest, said_at, made_by)
values ($1, 'owners', 'file', 'digest', now(), 'test')
"""
ROWS = """
insert into {table} (import_id, number, cells, person, owner_id, owner_is_new)
select $1, n, '', gen_random_uuid(), gen_random_uuid(), false
from generate_series($2::int, $3::int) n
"""
BY_IMPORT = {"owner_import_rows_pkey", "owner_import_rows_by_outcome"}


class InFront(Explainer):
    """With the import's id where an index may use it."""

    async def _plan(self, sql: str, values: tuple[Any, ...]) -> Plan:
        return await super()._plan(re.sub(r"\((\S+ = \S+)\) is true", r"\1", sql), values)


@pytest.mark.parametrize("explainer", [Explainer, pytest.param(InFront, marks=CONTROL)])
async def test_owners_of_the_second_file_are_looked_up_one_by_one(
    owner: asyncpg.Connection, explainer: type[Explainer]
) -> None:
    last, new = uuid4(), uuid4()
    for one in (last, new):
        await owner.execute(IMPORT, one)
    await owner.execute(ROWS.format(table="owner_import_rows"), last, 1, 30_000)
    await owner.execute("analyze owner_import_rows")
    await owner.execute(ROWS.format(table="owner_import_rows"), new, 1, 5_000)
    async with owner.transaction():
        await HELD.hold_owner_piece(owner)
        await owner.execute(ROWS.format(table="owner_import_piece"), new, 5_001, 7_000)
        await HELD.measure_owner_piece(owner)
        asked = explainer(owner, generic=False)
        before = await FIND.same_person_before(asked, id=new)
        (earlier,) = await FIND.same_person_earlier(asked, id=new)
        for plan in (before, earlier):
            assert not BY_IMPORT & plan.indexes
            assert "owner_import_rows" not in plan.scanned
