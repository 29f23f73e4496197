"""A running campaign whose owners are to be called, and agents at the hotline."""

import pytest

from callcenter.db.database import Database
from tests.calls.floor import Floor
from tests.outbound.dialling.kept_touches import KeptTouches


@pytest.fixture
async def touches(database: Database) -> KeptTouches:
    kept = KeptTouches()
    await kept.begin(database)
    return kept


@pytest.fixture
def floor(database: Database) -> Floor:
    return Floor(database)
