"""An owner is called by an agent or a voice, is promised a call, and time goes on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Variant
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.key_answers import PlanKeys
from callcenter.outbound.model import Outcome, Touch, Way
from callcenter.outbound.promises.keeping import keep_promises
from tests.calls.floor import RULES
from tests.outbound.dialling.test_by_campaign import WORDS, Calling
from tests.outbound.scene import Scene, stop_clock

HIS_OWN = timedelta(hours=2)
THEN_A_ROBOT = Plan(
    steps=(
        PlanStep(way=Way.AGENT_CALL),
        PlanStep(way=Way.AUTOMATED_CALL),
        PlanStep(way=Way.TEXT),
    ),
    variants=(
        Variant(
            code="all",
            words=dict.fromkeys((Way.AGENT_CALL, Way.AUTOMATED_CALL, Way.TEXT), WORDS),
        ),
    ),
)
"""A person first, then the machine."""


@dataclass
class Promising:
    """One owner, one agent, and whoever comes later."""

    calling: Calling
    scene: Scene

    async def clock(self, at: datetime) -> None:
        await stop_clock(self.scene.connection, at)

    async def takes(self, agent: UUID | None = None) -> Any:
        """Whom he gets, or the refusal."""
        me = agent or self.calling.agent
        given = (f"staff:{me}", me, self.calling.touches)
        return await self.calling.floor.attempt(service.take_next, *given)

    async def ready(self, *agents: UUID) -> None:
        """They are at their seats at this moment."""
        for agent in agents or (self.calling.agent,):
            await self.calling.floor.ready(agent)

    async def another(self) -> UUID:
        agent = await self.calling.floor.agent()
        await self.ready(agent)
        return agent

    async def talks(self, one: OwnerCall) -> OwnerCall:
        """Dialled, picked up, over."""
        floor, me = self.calling.floor, self.calling.agent
        dialled = await self.calling.dials(one)
        await floor.do(contacts.connected, f"staff:{me}", dialled.call_id)
        await floor.do(service.connected, f"staff:{me}", one.id, me, self.calling.touches)
        assert dialled.call_id is not None
        await floor.ends(dialled.call_id, EndReason.CALLER_HUNG_UP)
        return dialled

    async def says(self, one: OwnerCall, outcome: Outcome, at: datetime | None = None) -> Any:
        me = self.calling.agent
        given = (f"staff:{me}", me, one.id, outcome, self.calling.touches, RULES)

        async def told(tx: Tx) -> OwnerCall:
            return await service.came_of_talk(tx, *given, promised_at=at)

        return await self.calling.floor.attempt(told)

    async def promises(self, at: datetime) -> Any:
        """In a talk that begins and ends now."""
        return await self.says(await self.talks(await self.takes()), Outcome.CALL_BACK, at)

    async def is_not_reached(self, one: OwnerCall, reason: EndReason) -> None:
        dialled = await self.calling.dials(one)
        assert dialled.call_id is not None
        await self.calling.floor.ends(dialled.call_id, reason)
        given = (dialled.call_id, self.calling.touches)
        await self.calling.floor.do(service.call_ended, "test", *given)

    async def presses_two(self, before: Callable[[], Awaitable[None]] | None = None) -> None:
        """In an automated call that is due now; `before`: what happens while it is spoken."""
        touches = self.calling.touches

        async def begun(tx: Tx) -> Touch:
            (touch,) = await touches.claim(tx, Way.AUTOMATED_CALL, "voice", 1)
            assert await touches.sending(tx, touch.id, "voice")
            return touch

        async def pressed(tx: Tx, touch: Touch) -> None:
            await touches.outcome(tx, touch.id, Outcome.CALL_BACK)
            await PlanKeys().call_back(tx, cast(OwnerCall, SimpleNamespace(touch_id=touch.id)))

        touch = await self.calling.floor.do(begun)
        if before is not None:
            await before()
        await self.calling.floor.do(pressed, touch)

    async def the_worker_looks(self) -> None:
        await keep_promises(self.calling.floor.database, after_touch, HIS_OWN)

    async def not_kept(self) -> list[tuple[str, str]]:
        """As the supervisor sees them."""
        return [
            (row["state"], row["reason"])
            for row in await self.calling.floor.rows(
                "select state, reason from promised_calls where state <> 'kept' order by due_at"
            )
        ]

    async def waiting(self) -> list[tuple[str, UUID | None]]:
        """Ways by which something still is to be said, and by whom alone."""
        rows = await self.calling.floor.rows(
            "select channel, promised_to from touches where state = 'ready' order by id"
        )
        return [(row["channel"], row["promised_to"]) for row in rows]
