"""A scene on the test's database, at a Tuesday noon in China: all hours are open there."""

from datetime import datetime

import asyncpg
import pytest

from callcenter.clock import CHINA
from tests.outbound.scene import Scene, stop_clock

TUESDAY = datetime(2026, 3, 10, 11, 0, tzinfo=CHINA)


@pytest.fixture
async def scene(owner: asyncpg.Connection) -> Scene:
    """Before `database` is opened: its connections have the clock that stands then."""
    await stop_clock(owner, TUESDAY)
    return Scene(owner)
