"""Workers killed with -9, a provider that lies, a clock that jumps, owners who opt out: nobody is
written to twice, at night, too often or after his no, and nothing is lost."""

import os

import pytest

from callcenter.db.database import Database
from tests.conftest import Server
from tests.outbound.scene import Scene
from tests.outbound.storm import Storm, blow

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    "is_blind",
    [
        pytest.param(False, id="guarded"),
        # Without the question before the provider, and what had begun is sent again.
        pytest.param(True, id="control", marks=CONTROL),
    ],
)
async def test_a_small_storm(
    scene: Scene, server: Server, dbname: str, database: Database, is_blind: bool
) -> None:
    storm = Storm(is_blind=is_blind)
    wreck = await blow(scene, server.app_dsn(dbname), database, storm)
    assert wreck.faults == {}
    assert wreck.seen > storm.owners / 2


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
async def test_the_whole_storm(
    scene: Scene, server: Server, dbname: str, database: Database
) -> None:
    """A million touches and 200 kills; STORM_OWNERS names a third of another number of touches."""
    owners = int(os.environ.get("STORM_OWNERS", "333334"))
    storm = Storm(
        owners=owners, workers=16, kills=200, seconds=600, dies=0.0005, patience_s=3 * 3600
    )
    wreck = await blow(scene, server.app_dsn(dbname), database, storm)
    assert wreck.faults == {}
    assert wreck.unknown < owners * 3 / 1000
