"""The stage on a fresh database, with clocks too long to meddle."""

import pytest

from callcenter.composition import all_work
from callcenter.db.database import Database
from callcenter.settings import RoutingSettings, Settings
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.races.scene import Scene


@pytest.fixture
async def scene(database: Database) -> Scene:
    """No worker: the tests say when news are reacted to."""
    installed = await database.run(installation.ensure)
    settings = Settings(routing=RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600))
    return Scene(database, settings.routing, all_work(settings, SignedLinks(installed.link_key)))
