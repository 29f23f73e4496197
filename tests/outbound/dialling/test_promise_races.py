"""A promise that was left to all is kept by one."""

import asyncio
from typing import Any

import pytest

from callcenter.db.queries import load_queries
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.touches.claim import SQL as TOUCHES
from tests.calls.floor import together
from tests.outbound.dialling.promising import HIS_OWN, Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import THREE, promising
from tests.races.sabotage import CONTROL

__all__ = ["calling", "promising"]

BLIND = load_queries(__file__, "blind.sql")


@pytest.mark.parametrize(
    "locks", [TOUCHES, pytest.param(BLIND, marks=CONTROL)], ids=["guarded", "control"]
)
async def test_of_two_agents_who_ask_at_once_one_is_shown_him(
    promising: Promising, monkeypatch: pytest.MonkeyPatch, locks: Any
):
    await promising.promises(THREE)
    agents = [await promising.another() for _ in range(2)]
    await promising.clock(THREE + HIS_OWN)
    await promising.the_worker_looks()
    both, looks = asyncio.Barrier(2), locks.lock_calls_of_agent

    async def lock_calls_of_agent(*asked: Any, **given: Any) -> Any:
        found = await looks(*asked, **given)
        await both.wait()
        return found

    monkeypatch.setattr(TOUCHES, "lock_calls_of_agent", lock_calls_of_agent)
    found = await together(*(promising.takes(agent) for agent in agents))
    assert sum(isinstance(one, OwnerCall) for one in found) == 1
