"""An agent looks longer at an owner than his claim lasts, and then skips him."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.dialling.errors import NobodyToCall, OwnerCallNotFound
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.model import Skip, Touch
from callcenter.outbound.touches.claim import SQL as TOUCHES
from callcenter.outbound.touches.sending import take_back_lapsed
from tests.calls.floor import together
from tests.outbound.dialling.promising import HIS_OWN, Promising
from tests.outbound.dialling.test_by_campaign import OneText, calling
from tests.outbound.dialling.test_promises import THREE, moves, promising
from tests.outbound.scene import Scene
from tests.races.sabotage import CONTROL

__all__ = ["calling", "promising"]

BLIND = load_queries(__file__, "blind.sql")
WITH_CONTROL = pytest.mark.parametrize(
    "gives_back", [TOUCHES, pytest.param(BLIND, marks=CONTROL)], ids=["guarded", "control"]
)
TEN_PAST = THREE + timedelta(minutes=10, seconds=1)


async def looks_too_long(promising: Promising, database: Database) -> OwnerCall:
    """He was promised a call for three, and his agent has had him before him since then."""
    await promising.promises(THREE)
    await promising.clock(THREE)
    taken = await promising.takes()
    await promising.clock(TEN_PAST)
    await take_back_lapsed(database)
    assert await promising.scene.one("select reason from touches where attempt = 2") == (
        "claim_lapsed"
    )
    assert isinstance(taken, OwnerCall)
    return taken


async def skips(
    promising: Promising, one: OwnerCall, why: Skip, touches: Any = None
) -> Exception | None:
    me = promising.calling.agent
    given = (f"staff:{me}", me, one.id, why, touches or promising.calling.touches)
    refused: Exception | None = await promising.calling.floor.attempt(service.skip, *given)
    return refused


@WITH_CONTROL
@pytest.mark.parametrize(
    ("why", "not_kept"),
    [(Skip.SPOKE_TODAY, []), (Skip.KNOWN_DISPUTE, [("broken", "known_dispute")])],
)
async def test_his_skip_is_the_last_word_and_nobody_else_calls(
    promising: Promising,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    why: Skip,
    not_kept: list[tuple[str, str]],
    gives_back: Any,
):
    """He has called him by another line: the promise is kept, and no colleague rings him again."""
    one = await looks_too_long(promising, database)
    monkeypatch.setattr(TOUCHES, "give_touch_back", gives_back.give_touch_back)
    assert await skips(promising, one, why) is None
    assert await promising.not_kept() == not_kept
    assert await promising.waiting() == []
    await promising.clock(THREE + HIS_OWN)
    await promising.the_worker_looks()
    assert isinstance(await promising.takes(await promising.another()), NobodyToCall)


async def test_what_was_stopped_while_he_looked_stays_so(promising: Promising, database: Database):
    one = await looks_too_long(promising, database)
    await moves(promising, "stop")
    await promising.the_worker_looks()
    assert await promising.not_kept() == [("broken", "campaign_stopped")]
    assert await skips(promising, one, Skip.OTHER) is None
    assert await promising.not_kept() == [("broken", "campaign_stopped")]


@WITH_CONTROL
async def test_a_colleague_who_asks_in_the_moment_of_the_skip_is_not_shown_him(
    promising: Promising,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    gives_back: Any,
):
    one = await looks_too_long(promising, database)
    await promising.clock(THREE + HIS_OWN)
    await promising.the_worker_looks()
    colleague, me = await promising.another(), promising.calling.agent
    monkeypatch.setattr(TOUCHES, "give_touch_back", gives_back.give_touch_back)
    given = (f"staff:{me}", me, one.id, Skip.SPOKE_TODAY, promising.calling.touches)
    async with database.transaction() as tx:
        await service.skip(tx, *given)
        asking = asyncio.create_task(promising.takes(colleague))
        await asyncio.sleep(0.3)
    assert isinstance(await asking, NobodyToCall)


@dataclass(frozen=True)
class AtOnce(CampaignTouches):
    """The skip waits, behind the lock of its call, until the colleague has claimed the owner."""

    skips: asyncio.Event = field(default_factory=asyncio.Event)
    claimed: asyncio.Event = field(default_factory=asyncio.Event)

    async def drop(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        self.skips.set()
        await self.claimed.wait()
        await super().drop(tx, touch_id, reason)

    async def next_for(self, tx: Tx, by: str, staff_id: UUID) -> Sequence[Touch]:
        await self.skips.wait()
        found = await super().next_for(tx, by, staff_id)
        self.claimed.set()
        return found


async def test_of_a_skip_and_a_colleagues_claim_at_one_moment_one_counts(
    promising: Promising, scene: Scene, database: Database
):
    """Each holds what the other waits for: one of them has to begin anew."""
    one = await looks_too_long(promising, database)
    await promising.clock(THREE + HIS_OWN)
    await promising.the_worker_looks()
    colleague = await promising.another()
    touches = AtOnce(OneText())
    asks = (service.take_next, f"staff:{colleague}", colleague, touches)
    skipped, shown = await together(
        skips(promising, one, Skip.SPOKE_TODAY, touches), promising.calling.floor.attempt(*asks)
    )
    state = await scene.one("select state from touches where attempt = 2")
    if skipped is None:
        assert (type(shown), state) == (NobodyToCall, "skipped")
        assert await promising.not_kept() == []
    else:
        assert isinstance(skipped, OwnerCallNotFound)
        assert (type(shown), state) == (OwnerCall, "claimed")
        assert await promising.not_kept() == [("open", "")]
