"""Whoever is ready has the owner who has answered: who speaks his language before others."""

from typing import Any

import pytest

from callcenter.calls import service as calls
from callcenter.calls.agents.model import Profile
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.standing import reserve
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Way
from tests.calls.floor import Floor
from tests.outbound.dialling.kept_touches import KeptTouches

DESK = frozenset({"desk"})


async def answers(database: Database, touches: KeptTouches, language: str) -> OwnerCall:
    """An owner who speaks it."""
    await touches.add(database)

    async def verb(tx: Tx) -> OwnerCall:
        (touch,) = await touches.claim(tx, Way.AGENT_CALL, "test", 1)
        said = Said("+8613800138000", language, "")
        one = await repository.take(tx, touch, said, Begun.PROGRESSIVE, None)
        assert one is not None
        call = await calls.dial(tx, "test", one.number, language)
        return await service.dialling(tx, "test", one, call.id)

    return await database.run(verb)


async def ready(floor: Floor, *languages: str) -> Any:
    who = await floor.agent(profile=Profile(DESK, frozenset(languages), frozenset()))
    await floor.ready(who)
    return who


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_who_speaks_his_language_is_before_who_is_free_longer(
    floor: Floor, touches: KeptTouches, language: str
):
    speaks = {"zh": await ready(floor, "zh"), "en": await ready(floor, "zh", "en")}
    await ready(floor, "zh")
    one = await answers(floor.database, touches, language)
    assert await floor.do(reserve, one, "desk") == speaks[language]


async def test_who_does_not_is_better_than_nobody(floor: Floor, touches: KeptTouches):
    longest = await ready(floor, "zh")
    await ready(floor, "zh")
    one = await answers(floor.database, touches, "en")
    assert await floor.do(reserve, one, "desk") == longest
    assert (await floor.seat(longest)).call_id == one.call_id
