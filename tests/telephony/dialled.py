"""Agents at desk phones, owners behind the carrier's line, and campaigns that are dialled."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from callcenter.ids import new_id
from callcenter.outbound.dialling.repository import SQL
from callcenter.telephony.owners.dialler import Dialler
from tests.outbound.dialling.answered_before import answered_before
from tests.outbound.dialling.kept_touches import KeptTouches
from tests.telephony.desks import Desks
from tests.telephony.owner_scene import OwnerScene
from tests.telephony.sip.agent import UserAgent


@dataclass
class Dialled:
    """One campaign, or more."""

    desks: Desks
    owners: OwnerScene
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    async def serve(self, mode: str = "progressive", **more: str) -> None:
        """The campaign is set so, and a process of ours begins."""
        await self.set(self.owners.touches, mode, **more)
        await self.begin()

    async def set(
        self,
        touches: KeptTouches,
        mode: str = "progressive",
        *,
        group: str = "desk",
        machine: str = "not_asked",
        version: int = 0,
    ) -> None:
        """As a supervisor does."""
        given = {"campaign_id": touches.campaign_id, "mode": mode, "group_name": group}
        async with self.owners.database.transaction() as tx:
            await SQL.keep_dialling(
                tx.connection, **given, cap=0.03, machine=machine, version=version
            )

    async def begin(self) -> None:
        """A process of ours."""
        switch = await self.desks.serve()
        dialler = Dialler(self.owners.means, self.desks.hotline, switch)
        self.tasks.append(asyncio.create_task(dialler.serve()))

    async def die(self) -> None:
        for task in self.tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.tasks.clear()
        await self.desks.exchange.die()

    async def agent(self, extension: str = "101", *, ready: bool = True) -> tuple[UUID, UserAgent]:
        return await self.desks.agent(extension, ready=ready)

    async def owner(self, number: str = "+8613800138000") -> UUID:
        return await self.owners.touches.add(self.owners.database, number)

    async def another_campaign(self) -> KeptTouches:
        """With owners of its own, whose numbers both know."""
        other = replace(self.owners.touches, campaign_id=new_id(), run_id=new_id())
        await other.begin(self.owners.database)
        return other

    async def answered_before(self, answered: int, abandoned: int) -> None:
        """By this campaign's calls, an hour ago."""
        given = (self.owners.touches, self.owners.database, answered, abandoned)
        await answered_before(*given)

    async def stood(self) -> dict[str, Any]:
        (row,) = await self.owners.rows("select stood::text from campaign_dialling")
        found: dict[str, Any] = json.loads(row["stood"])
        return found
