"""Receipts of a message centre: early, late, twice, shuffled, in parts, and at the same moment as
the answer they belong to."""

import asyncio
import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.messages import receipts, service
from callcenter.messages.model import (
    Channel,
    DeliveryState,
    Inbox,
    Message,
    MessageState,
    Part,
)
from callcenter.messages.receipts import Receipt
from callcenter.messages.sending import sender
from callcenter.messages.smpp.heard import read_receipt
from tests.db.cast import with_control
from tests.messages.desk import LONG, NUMBER, look, over, say, sending
from tests.messages.smpp_centre import Submitted, centre, receipt
from tests.messages.test_smpp import by

BLIND = load_queries(__file__, "blind.sql")
DELIVERED, UNDELIVERED = DeliveryState.DELIVERED, DeliveryState.UNDELIVERED
NAMES = ("A1", "A2", "A3")


@pytest.mark.parametrize("shape", ["plain", "by_fields", "odd"])
async def test_a_receipt_before_the_answer(database: Database, shape: str) -> None:
    """The phone was quicker than the centre's answer to us."""
    shaped = {} if shape == "plain" else {shape: True}
    async with centre(holds=asyncio.Event()) as at, sending(database, by(at, timeout_s=10)):
        await say(database)
        while not at.taken:
            await asyncio.sleep(0.02)
        assert await at.report(at.taken[0], **shaped) == 0
        assert (await look(database)).state is MessageState.SENDING
        assert at.holds
        at.holds.set()
        message = await over(database)
    assert (message.state, message.delivery) == (MessageState.SENT, DELIVERED)


async def test_a_long_text_is_delivered_when_all_of_it_is(database: Database) -> None:
    async with centre() as at, sending(database, by(at)):
        await say(database, body=LONG)
        await over(database)
        first, second, third = at.taken
        for one in (first, third):
            await at.report(one)
        assert (await look(database)).delivery is None
        await at.report(second, "UNDELIV")
        said = await look(database)
        assert (said.delivery, said.delivery_failure) == (UNDELIVERED, "UNDELIV 034")
        await at.report(second)
        after = await look(database)
        assert (after.delivery, after.delivery_failure) == (DELIVERED, None)


async def test_a_receipt_that_cannot_be_kept_is_sent_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> bool:
        raise RuntimeError("no disk")

    async with centre() as at, sending(database, by(at)):
        await say(database)
        await over(database)
        with monkeypatch.context() as broken:
            broken.setattr(receipts, "take", fails)
            assert await at.report(at.taken[0]) != 0
        assert await at.report(at.taken[0]) == 0
        assert (await look(database)).delivery is DELIVERED


async def test_what_is_no_receipt_does_not_end_the_line(database: Database) -> None:
    async with centre() as at, sending(database, by(at)):
        await say(database)
        await over(database)
        line = at.bound[0]
        for number, (command, body) in enumerate(
            [(5, b"\0"), (5, b""), (0x103, b""), (0x42, b"x")]
        ):
            line.send(command, 0, 5000 + number, body)
            line.answers[5000 + number] = asyncio.get_running_loop().create_future()
        assert await at.report(at.taken[0]) == 0
        assert at.binds == 1


async def handed_over(database: Database, names: tuple[str, ...] = ("A1",)) -> UUID:
    """A message as it is behind the claim, and not answered yet."""
    message = await say(database)

    async def claim(tx: Tx) -> None:
        await service.SQL.claim_message(tx.connection, id=message.id)
        parts = [Part(message.id, number + 1) for number in range(len(names))]
        await service.SQL.write_parts(
            tx.connection,
            message_id=message.id,
            carrier="smpp",
            parts=[part.part for part in parts],
            refs=[part.reference for part in parts],
        )

    await database.run(claim)
    return message.id


async def answered(database: Database, message_id: UUID, names: tuple[str, ...]) -> None:
    async def finish(tx: Tx) -> None:
        await receipts.keep_ids(tx, "smpp", message_id, dict(enumerate(names, start=1)))
        await service.SQL.finish_message(tx.connection, id=message_id, state="sent", failure=None)
        await service.SQL.settle_message(tx.connection, id=message_id)

    await database.run(finish)


async def reported(
    database: Database, name: str, delivery: DeliveryState | None, failure: str | None = None
) -> None:
    said = Receipt("smpp", name, delivery, failure)
    await database.run(lambda tx: receipts.take(tx, said))


@with_control(blind=["lock_provider_id"])
async def test_the_receipt_and_the_answer_at_one_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: list[str] | None
) -> None:
    """Each in its transaction, both begun before either is committed."""
    for name in blind or ():
        monkeypatch.setattr(service.SQL, name, getattr(BLIND, name))
    message_id = await handed_over(database)
    async with database.transaction() as tx:
        await receipts.keep_ids(tx, "smpp", message_id, {1: "A1"})
        meanwhile = asyncio.create_task(reported(database, "A1", DELIVERED))
        await asyncio.sleep(0.3)
    await meanwhile
    assert (await look(database)).delivery is DELIVERED


@with_control(blind=["report_part"])
@pytest.mark.parametrize("seed", range(12))
async def test_shuffled_doubled_early_and_late_end_alike(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int, blind: list[str] | None
) -> None:
    for name in blind or ():
        monkeypatch.setattr(service.SQL, name, getattr(BLIND, name))
    message_id = await handed_over(database, NAMES)
    dice = random.Random(seed)
    news = [(name, word) for name in NAMES for word in (None, UNDELIVERED, DELIVERED)] * 2
    dice.shuffle(news)
    # What was delivered comes before the last "undelivered" somewhere: else nothing is tried.
    news.append(("A2", UNDELIVERED))
    at = dice.randrange(len(news))
    for number, (name, word) in enumerate(news):
        if number == at:
            await answered(database, message_id, NAMES)
        await reported(database, name, word)
    after = await look(database)
    assert (after.state, after.delivery) == (MessageState.SENT, DELIVERED)


async def test_many_at_one_time(database: Database) -> None:
    message_id = await handed_over(database, NAMES)
    news = [reported(database, name, word) for name in NAMES for word in (None, DELIVERED)] * 1
    await asyncio.gather(answered(database, message_id, NAMES), *news)
    assert (await look(database)).delivery is DELIVERED


@pytest.mark.parametrize("when", ["before_it_is_taken_up", "after"])
async def test_the_worker_died_before_the_answer(database: Database, when: str) -> None:
    """Another one takes the job up and does not send it again; the receipt says that it was."""
    message_id = await handed_over(database)
    post: list[Message] = []
    errand = sender({channel: Kept(post) for channel in Channel})
    said = Receipt("smpp", "A1", DELIVERED, None, None, Part(message_id, 1).reference, NUMBER)
    if when == "after":
        await errand(database, {"message_id": str(message_id)})
        assert (await look(database)).state is MessageState.UNKNOWN
    await database.run(lambda tx: receipts.take(tx, said))
    await errand(database, {"message_id": str(message_id)})
    after = await look(database)
    assert (after.state, after.delivery, post) == (MessageState.SENT, DELIVERED, [])


class Kept(Inbox):
    """Keeps what it is given."""

    def __init__(self, post: list[Message]) -> None:
        self.post = post

    async def send(self, message: Message) -> tuple[str, ...]:
        self.post.append(message)
        return ()


async def test_a_reference_of_another_number_finds_nothing(database: Database) -> None:
    message_id = await handed_over(database)
    reference = Part(message_id, 1).reference
    for recipient in ("+8613900139000", NUMBER):
        said = Receipt("smpp", f"R{recipient}", DELIVERED, reference=reference, recipient=recipient)
        found = await database.run(lambda tx, said=said: receipts.take(tx, said))  # type: ignore[misc]
        assert found == (recipient == NUMBER)


@pytest.mark.parametrize(
    ("stat", "delivery"),
    [
        ("DELIVRD", DELIVERED),
        ("UNDELIV", UNDELIVERED),
        ("EXPIRED", UNDELIVERED),
        ("ENROUTE", None),
        ("ACCEPTD", None),
    ],
)
@pytest.mark.parametrize("by_fields", [False, True])
def test_what_a_receipt_says(stat: str, delivery: DeliveryState | None, by_fields: bool) -> None:
    one = Submitted("C7", "1069", "8613800138000", 0, 8, True, b"", {0x0204: b"\x12\x34"})
    read = read_receipt(receipt(one, stat, by_fields=by_fields, with_reference=True))
    assert read is not None
    assert (read.provider_id, read.delivery, read.reference) == ("C7", delivery, 0x1234)
    assert read.recipient == NUMBER


@given(
    garbage=st.binary(max_size=60),
    at=st.integers(0, 120),
    by_fields=st.booleans(),
)
def test_whatever_a_centre_sends_is_read_or_refused(
    garbage: bytes, at: int, by_fields: bool
) -> None:
    one = Submitted("C7", "1069", "8613800138000", 0, 8, True, b"", {0x0204: b"\x12\x34"})
    whole = receipt(one, "DELIVRD", by_fields=by_fields, with_reference=True)
    for body in (garbage, whole[:at] + garbage + whole[at:], whole[:at] + garbage):
        try:
            read = read_receipt(body)
        except ValueError:
            continue
        if read is not None:
            # What is kept goes into a text of the database.
            for words in (read.provider_id, read.failure or "", read.recipient):
                assert "\0" not in words
                words.encode()


@pytest.mark.parametrize("cut", [0, 1, 7, 20])
def test_a_receipt_cut_short_is_refused_not_misread(cut: int) -> None:
    one = Submitted("C7", "1069", "8613800138000", 0, 8, True, b"", {})
    try:
        read = read_receipt(receipt(one, "DELIVRD", by_fields=True)[:cut])
    except ValueError:
        return
    assert read is None
