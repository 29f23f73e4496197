"""One rescue, and the moments of its life that jobs begin at."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.routing import ladder
from callcenter.routing.model import Dispatch
from callcenter.staff import alarms
from tests.races.scene import DESK, Scene

CALLER = "+8613800138000"


@dataclass
class Story:
    """One rescue, and what happens to it."""

    scene: Scene
    name: str

    async def opened(self) -> UUID:
        return await self.scene.rescue(caller_phone=CALLER)

    async def asked(self) -> UUID:
        ticket_id = await self.opened()
        await self.scene.ask(ticket_id)
        return ticket_id

    async def asked_and_told(self) -> UUID:
        ticket_id = await self.asked()
        await self.scene.react()
        return ticket_id

    async def accepted(self) -> Dispatch:
        ticket_id = await self.asked_and_told()
        (offer, *_) = await self.scene.offers(ticket_id)
        return await self.scene.accepted(offer)

    async def under_way(self) -> Dispatch:
        dispatch = await self.accepted()
        await self.scene.react()
        return dispatch

    async def alarm_taken(self) -> UUID:
        """Nobody is left to ask, and a person has said that he looks after it."""
        ticket_id = await self.asked_and_told()
        while offers := await self.scene.offers(ticket_id):
            for offer in offers:
                await self.offer_runs_out(offer.id)
                told = {"offer_id": str(offer.id)}
                await self.scene.do(ladder.expire_offer, told, self.scene.routing)
        async with self.scene.database.transaction() as tx:
            for alarm in await alarms.listed(tx, limit=9, only_open=True):
                await alarms.take_alarm(tx, DESK, alarm.id)
        return ticket_id

    async def offer_runs_out(self, offer_id: UUID) -> None:
        """Its time is over; nobody has noticed yet."""
        async with self.scene.database.transaction() as tx:
            await tx.connection.execute(
                "update offers set made_at = now() - interval '1 h', "
                "expires_at = now() - interval '1 min' where id = $1",
                offer_id,
            )

    async def make_due(self) -> None:
        """The clock of the job's timer has run out."""
        async with self.scene.database.transaction() as tx:
            await tx.connection.execute(
                "update pgqueuer set execute_after = now() where entrypoint = $1", self.name
            )

    async def write(self, *statements: str) -> None:
        """What no verb does: time that passes, rows that are lost."""
        async with self.scene.database.transaction() as tx:
            for statement in statements:
                await tx.connection.execute(statement)
