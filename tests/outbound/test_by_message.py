"""A text's touch from its claim to its receipt, and all that may come between."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.messages import receipts
from callcenter.messages.model import (
    CarrierBusy,
    CarrierRefused,
    CarrierSilent,
    Channel,
    DeliveryState,
    Message,
)
from callcenter.messages.receipts import Receipt
from callcenter.messages.sending import sender
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.touches import service as touches_verbs
from callcenter.outbound.touches.by_message import TouchFollower, claim_and_queue
from callcenter.outbound.touches.model import Planned, Said
from tests.outbound.conftest import TUESDAY
from tests.outbound.scene import Scene, stop_clock

DELIVERED, UNDELIVERED = DeliveryState.DELIVERED, DeliveryState.UNDELIVERED


async def words(tx: Any, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
    """A number of each owner's own."""
    return {
        touch.id: Said(f"+861{touch.owner_id.int % 10**10:010}", "zh", f"您好 {touch.owner_id}")
        for touch in touches
    }


async def no_words(tx: Any, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
    return {}


async def by_phone_next(
    tx: Tx, touch: Touch, *, state: TouchState | None = None, outcome: Outcome | None = None
) -> None:
    """What did not arrive is said by an agent, once."""
    if outcome is not Outcome.UNDELIVERED:
        return
    call = Planned(
        owner_id=touch.owner_id,
        step=touch.step + 1,
        channel=Way.AGENT_CALL,
        purpose=touch.purpose,
        priority=touch.priority,
        due_at=await tx.now() + timedelta(hours=1),
        expires_at=touch.expires_at,
    )
    await touches_verbs.plan(tx, touch.run_id, touch.campaign_id, [call])


FOLLOWER = TouchFollower(by_phone_next)


class Provider:
    """Takes messages, counts what it has seen of each touch, and then does as told."""

    name = "provider"

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.seen: list[str] = []

    def parts(self, message: Message) -> int:
        return 1

    async def send(self, message: Message) -> list[str]:
        if not isinstance(self.trouble, CarrierBusy):
            self.seen.append(message.key)
        if self.trouble:
            raise self.trouble
        return [f"id {message.id}"]


async def queued(scene: Scene, database: Database) -> UUID:
    """One owner's text in the outbox; the message."""
    await scene.campaign(await scene.add_owners(1))
    assert await database.run(lambda tx: claim_and_queue(tx, Way.TEXT, "one", words)) == 1
    return await the_message(scene)


async def the_message(scene: Scene) -> UUID:
    found: UUID = await scene.one("select message_id from touches where message_id is not null")
    return found


async def handed_over(database: Database, message_id: UUID, provider: Provider) -> None:
    """As the worker does, who may get a job twice."""
    errand = sender({channel: provider for channel in Channel}, follower=FOLLOWER)
    for _ in range(2):
        try:
            await errand(database, {"message_id": str(message_id)})
        except CarrierBusy:
            return


async def reported(database: Database, message_id: UUID, word: DeliveryState | None) -> None:
    said = Receipt("provider", f"id {message_id}", word)
    await database.run(lambda tx: receipts.take(tx, said, FOLLOWER))


async def ledger(scene: Scene) -> tuple[str, str | None]:
    row = await scene.connection.fetchrow("select state, outcome from contact_ledger")
    assert row is not None
    return row["state"], row["outcome"]


@pytest.mark.parametrize(
    ("trouble", "state", "contact"),
    [
        (None, "sent", ("said", None)),
        (CarrierRefused("no such number"), "failed", ("void", "undelivered")),
        (CarrierSilent("no answer"), "unknown", ("unknown", None)),
    ],
    ids=["sent", "refused", "silent"],
)
async def test_a_touch_is_what_its_message_is(
    scene: Scene,
    database: Database,
    trouble: Exception | None,
    state: str,
    contact: tuple[str, str | None],
) -> None:
    provider = Provider(trouble)
    await handed_over(database, await queued(scene, database), provider)
    assert len(provider.seen) == 1
    assert await scene.one("select state from touches where step = 1") == state
    assert await ledger(scene) == contact


async def test_the_words_that_were_said_are_kept(scene: Scene, database: Database) -> None:
    await handed_over(database, await queued(scene, database), Provider())
    assert await scene.one("select words from contact_ledger") == f"您好 {scene.owners[0]}"


async def test_unknown_is_cleared_up_by_a_receipt_and_not_repeated(
    scene: Scene, database: Database
) -> None:
    message_id = await queued(scene, database)
    provider = Provider(CarrierSilent("cut off", {1: f"id {message_id}"}))
    await handed_over(database, message_id, provider)
    await reported(database, message_id, DELIVERED)
    assert len(provider.seen) == 1
    assert await scene.reasons() == {("sent", "")}
    assert await ledger(scene) == ("said", "delivered")


async def test_receipts_twice_and_in_any_order_plan_the_next_step_once(
    scene: Scene, database: Database
) -> None:
    message_id = await queued(scene, database)
    await handed_over(database, message_id, Provider())
    for word in (None, UNDELIVERED, None, UNDELIVERED):
        await reported(database, message_id, word)
    rows = await scene.connection.fetch("select step, channel, state from touches order by step")
    assert [tuple(row) for row in rows] == [(1, "text", "sent"), (2, "agent_call", "ready")]
    await reported(database, message_id, DELIVERED)
    await reported(database, message_id, UNDELIVERED)
    assert await ledger(scene) == ("said", "delivered")
    assert await scene.one("select count(*) from touches") == 2


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("update owner_reach set silent = '{text}'", ("skipped", "silent")),
        ("update campaigns set state = 'stopped'", ("withdrawn", "campaign_over")),
        ("update campaigns set state = 'paused'", ("ready", "paused")),
        ("update touches set expires_at = now()", ("expired", "expired")),
    ],
    ids=["opt_out", "stopped", "paused", "expired"],
)
async def test_what_came_between_claim_and_sending_holds_it_back(
    scene: Scene, database: Database, change: str, after: tuple[str, str]
) -> None:
    message_id, provider = await queued(scene, database), Provider()
    await scene.connection.execute(change)
    await handed_over(database, message_id, provider)
    assert provider.seen == []
    assert await scene.reasons() == {after}
    assert await scene.one("select state from messages") == "withdrawn"
    assert await ledger(scene) == ("void", None)


async def test_one_that_comes_too_late_in_the_evening_goes_out_in_the_morning(
    scene: Scene, database: Database
) -> None:
    message_id, provider = await queued(scene, database), Provider()
    await stop_clock(scene.connection, TUESDAY.replace(hour=21))
    await handed_over(database, message_id, provider)
    assert provider.seen == []
    await stop_clock(scene.connection, TUESDAY + timedelta(days=1))
    await database.run(lambda tx: claim_and_queue(tx, Way.TEXT, "two", words))
    await handed_over(database, await the_message(scene), provider)
    assert len(provider.seen) == 1
    assert await scene.reasons() == {("sent", "")}


async def test_a_provider_that_is_too_busy_is_tried_again_and_asked_for_anew(
    scene: Scene, database: Database
) -> None:
    message_id = await queued(scene, database)
    await handed_over(database, message_id, Provider(CarrierBusy("throttled")))
    assert await scene.states() == {"claimed": 1}
    await scene.connection.execute("update owner_reach set silent = '{text}'")
    provider = Provider()
    await handed_over(database, message_id, provider)
    assert provider.seen == []
    assert await scene.reasons() == {("skipped", "silent")}


async def test_without_number_or_words_it_is_skipped(scene: Scene, database: Database) -> None:
    await scene.campaign(await scene.add_owners(1))
    await database.run(lambda tx: claim_and_queue(tx, Way.TEXT, "one", no_words))
    assert await scene.reasons() == {("skipped", "no_words")}
    assert await ledger(scene) == ("void", None)


async def test_a_pause_and_the_sending_at_one_moment(scene: Scene, database: Database) -> None:
    """The pause is written first and not yet committed: the message waits for it to be."""
    message_id, provider = await queued(scene, database), Provider()
    async with database.transaction() as tx:
        await tx.connection.execute("update campaigns set state = 'paused'")
        sending = asyncio.create_task(handed_over(database, message_id, provider))
        await asyncio.sleep(0.3)
    await sending
    assert provider.seen == []
