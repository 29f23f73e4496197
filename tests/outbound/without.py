"""A process without one of the guards of a touch: for the controls of the storm."""

from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.messages.following import Follower, Nobody
from callcenter.messages.model import Message
from callcenter.messages.service import SQL as MESSAGES
from callcenter.outbound.policies import verdict
from callcenter.outbound.touches.by_message import KEY, TouchFollower
from callcenter.outbound.touches.claim import SQL as TOUCHES
from callcenter.outbound.touches.ports import nothing_follows

BLIND = load_queries(__file__, "blind.sql")
QUESTIONS = {"hours": "_of_hours", "caps": "_of_caps", "his_words": "_of_his_words"}
"""What a verdict asks, by what a control goes without."""


class Told(Nobody):
    """Hears of everything, and asks nothing before it sends: it begins, whoever has begun."""

    def __init__(self) -> None:
        self.follower = TouchFollower(nothing_follows)

    async def stands_against(self, tx: Any, message: Message) -> str | None:
        touch_id = UUID(message.key.removeprefix(KEY))
        given = {"by": None, "message_id": None, "call_id": None, "at": None}
        await BLIND.begin_touch(tx.connection, id=touch_id, **given)
        return None

    async def became(self, tx: Any, message: Message) -> None:
        await self.follower.became(tx, message)


def without(guard: str) -> Follower:
    """Takes it out of this process; "" takes out none. Who follows the messages then."""
    if guard == "once":
        MESSAGES.claim_message = BLIND.claim_message  # type: ignore[method-assign]
        return Told()
    if guard == "reconciling":
        TOUCHES.settle_touch = BLIND.settle_touch  # type: ignore[method-assign]
    elif guard:
        setattr(verdict, QUESTIONS[guard], _nothing_against)
    return TouchFollower(nothing_follows)


def _nothing_against(*_asked: Any) -> None:
    return None
