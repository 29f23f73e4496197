"""A message leaves once, by its channel's carrier; a drill's never leaves."""

import asyncio
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.messages import service as messages
from callcenter.messages.model import CarrierRefused, Channel, Message, MessageState
from callcenter.messages.sending import sender


class Post:
    """A carrier that keeps what it was given, and then does as told."""

    name = "post"

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.carried: list[str] = []

    def parts(self, message: Message) -> int:
        return 1

    async def send(self, message: Message) -> list[str]:
        self.carried.append(message.recipient)
        if self.trouble:
            raise self.trouble
        return [f"id of {message.id}"]


async def say(database: Database, **changes: Any) -> Message:
    fields: dict[str, Any] = {
        "key": "one cause",
        "channel": Channel.TEXT,
        "recipient": "+8613800138000",
        "language": "zh",
        "purpose": "test",
        "body": "【救援】",
        "drill": False,
    }
    await database.run(lambda tx: messages.queue(tx, **(fields | changes)))
    return await newest(database)


async def newest(database: Database) -> Message:
    return (await database.run(lambda tx: messages.listed(tx, limit=1)))[0]


async def deliver(database: Database, message: Message, post: Post) -> Message:
    """As the worker does, who may get the same job twice."""
    send = sender({channel: post for channel in Channel})
    for _ in range(2):
        await send(database, {"message_id": str(message.id)})
    return await newest(database)


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (None, MessageState.SENT),
        (CarrierRefused("no such number"), MessageState.FAILED),
        (TimeoutError("no answer"), MessageState.UNKNOWN),
    ],
    ids=["sent", "refused", "no_answer"],
)
async def test_it_is_handed_over_once_whatever_comes_of_it(
    database: Database, trouble: Exception | None, state: MessageState
) -> None:
    post = Post(trouble)
    after = await deliver(database, await say(database), post)
    assert (after.state, post.carried) == (state, ["+8613800138000"])


async def test_one_cause_is_one_message(database: Database) -> None:
    first = await say(database)
    assert (await say(database, body="again")).id == first.id


async def test_what_a_drill_says_stays_here(database: Database) -> None:
    post = Post()
    after = await deliver(database, await say(database, drill=True), post)
    assert (after.state, post.carried) == (MessageState.SENT, [])
    assert await database.run(lambda tx: messages.listed(tx, limit=9, drills=False)) == []


async def test_a_job_that_was_taken_twice_does_not_end_while_the_other_releases(
    database: Database, owner: Any
):
    """The clock has jumped: a second worker takes what the first is just giving back."""
    message, post = await say(database), Post()
    await owner.execute("update messages set state = 'sending'")
    async with owner.transaction():
        await owner.execute("update messages set state = 'queued'")
        send = sender({channel: post for channel in Channel})
        second = asyncio.create_task(send(database, {"message_id": str(message.id)}))
        await asyncio.sleep(0.3)
    await second
    assert (await newest(database)).state is MessageState.SENT
