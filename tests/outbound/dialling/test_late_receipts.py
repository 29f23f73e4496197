"""A text's receipt comes days later than the call behind it: the call's time stays its own."""

from datetime import timedelta
from typing import Any

import pytest

from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.messages import receipts
from callcenter.messages.model import Channel, DeliveryState
from callcenter.messages.receipts import Receipt
from callcenter.messages.sending import sender
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.repository import SQL as CAMPAIGNS
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.model import Way
from callcenter.outbound.touches.by_message import TouchFollower, claim_and_queue
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import Calling, OneText, calling
from tests.outbound.scene import Scene
from tests.outbound.test_by_message import Provider, the_message
from tests.outbound.test_claim_races import BLIND, with_control

__all__ = ["calling"]

FOLLOWER = TouchFollower(after_touch)
FRIDAY = TUESDAY + timedelta(days=3)
"""The call is due then, by the plan."""
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture
async def texted(calling: Calling, scene: Scene, database: Database) -> Promising:
    """The provider has his text since Tuesday, and an agent is to call him on Friday."""
    await scene.connection.execute("update touches set step = 0, channel = 'text'")
    queue = (Way.TEXT, "me", OneText())
    await database.run(lambda tx: claim_and_queue(tx, *queue, following=after_touch))
    errand = sender({channel: Provider() for channel in Channel}, follower=FOLLOWER)
    await errand(database, {"message_id": str(await the_message(scene))})
    return Promising(calling, scene)


async def is_undelivered(scene: Scene, database: Database) -> None:
    said = Receipt("provider", f"id {await the_message(scene)}", DeliveryState.UNDELIVERED)
    await database.run(lambda tx: receipts.take(tx, said, FOLLOWER))


async def due(scene: Scene) -> list[Any]:
    rows = await scene.connection.fetch("select due_at from touches where state = 'ready'")
    return [row["due_at"] for row in rows]


async def goes_on(*_: object) -> None:
    """The run, for everybody."""


@with_control("bring_forward")
@pytest.mark.parametrize("said", ["call me tomorrow", "busy"])
async def test_a_call_that_was_agreed_on_or_is_tried_again_is_not_pulled_to_now(
    texted: Promising,
    scene: Scene,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    blind: tuple[str, ...],
):
    """He has said on Friday when he wants to be called: that the text of Tuesday has expired at his
    carrier does not ring him at once."""
    for name in blind:
        monkeypatch.setattr(CAMPAIGNS, name, getattr(BLIND, name))
        # Whom a call was promised is asked about no next step either: the other guard.
        monkeypatch.setattr("callcenter.outbound.campaigns.following.over_for", goes_on)
    await texted.clock(FRIDAY)
    if said == "busy":
        await texted.is_not_reached(await texted.takes(), EndReason.BUSY)
    else:
        await texted.promises(SATURDAY)
    before = await due(scene)
    await is_undelivered(scene, database)
    assert await due(scene) == before
    assert isinstance(await texted.takes(), NobodyToCall)


async def test_the_call_that_waits_for_the_text_is_due_at_once_when_that_did_not_arrive(
    texted: Promising, scene: Scene, database: Database
):
    assert await due(scene) == [FRIDAY]
    await is_undelivered(scene, database)
    assert isinstance(await texted.takes(), OwnerCall)
