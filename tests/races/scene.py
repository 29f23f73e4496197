"""The stage of the races: stations, rescues, and verbs that begin at the same moment."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from callcenter.db.database import Database
from callcenter.db.jobs import Work, run_job
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.places.model import Datum, Position, Source
from callcenter.routing import answers, by_hand, confirmed_place, repository
from callcenter.routing.model import Dispatch, Offer
from callcenter.settings import PlacesSettings, RoutingSettings
from callcenter.stations.model import Station
from callcenter.tickets import location
from callcenter.tickets import service as tickets
from callcenter.tickets.location import NamedPlace
from callcenter.tickets.model import Kind
from tests.service import SHENYANG, add_station

Verb = Callable[[Tx], Awaitable[Any]]
DESK = "staff:desk"


def widening_ms(number: int) -> float:
    """Within which the verbs of this round begin: close together at first, so that they meet; up
    to 100 ms apart after 50 rounds, so that a slow machine sees either of them first."""
    return 4.0 + 2.0 * number


def rounds(at_least: int, seen: set[Any]) -> Iterator[int]:
    """Their numbers; more of them, ten times as many at most, until `seen` holds both orders: on a
    machine that is busy elsewhere one of them is rare."""
    for number in range(10 * at_least):
        if number >= at_least and len(seen) > 1:
            return
        yield number


@dataclass
class Scene:
    """One database, and what happened in it."""

    database: Database
    routing: RoutingSettings
    work: Work
    deadlocks: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(2020))

    async def station(self, code: str, km_north: float, trucks: int = 1) -> Station:
        """A station so far north of the middle of Shenyang."""
        return await self.database.run(
            lambda tx: add_station(tx, code, km_north, trucks=[["flatbed"]] * trucks)
        )

    async def rescue(self, km_north: float = 0.0, **told: Any) -> UUID:
        """A rescue whose place is confirmed; nobody has been asked yet."""

        async def open_it(tx: Tx) -> UUID:
            ticket = await tickets.open_ticket(
                tx, DESK, kind=Kind.RESCUE, particulars={"fault": "flat_tyre"}, **told
            )
            await name_place(tx, ticket.id, km_north)
            return ticket.id

        return await self.database.run(open_it)

    async def ask(self, ticket_id: UUID) -> list[Offer]:
        """The ladder begins: the offers it made, nearest first."""
        await self.do(confirmed_place.place_confirmed, ticket_id, self.routing)
        return await self.offers(ticket_id)

    async def offers(self, ticket_id: UUID) -> list[Offer]:
        """The open offers of a rescue, nearest first."""
        found = await self.database.run(lambda tx: repository.open_offers(tx, ticket_id))
        return sorted(found, key=lambda offer: offer.distance_m)

    def accept(self, offer: Offer, truck_id: UUID | None = None) -> Verb:
        """The verb of a station that says yes."""
        return lambda tx: answers.accept_offer(
            tx,
            f"station:{offer.station_id}",
            offer.id,
            eta_minutes=20,
            truck_id=truck_id,
            settings=self.routing,
        )

    async def accepted(self, offer: Offer) -> Dispatch:
        """The dispatch of an offer that meets nobody on its way."""
        dispatch: Dispatch = await self.database.run(self.accept(offer))
        return dispatch

    async def do(self, verb: Callable[..., Awaitable[Any]], *given: Any, **named: Any) -> Any:
        """One verb in a transaction of its own."""
        return await self.database.run(lambda tx: verb(tx, *given, **named))

    async def cancel(self, ticket_id: UUID) -> None:
        """The round is over: its stations and trucks are free again."""
        await self.do(by_hand.cancel_rescue, DESK, ticket_id, "round over")

    async def together(self, *verbs: Verb, within_ms: float = 0.0) -> list[Any]:
        """All verbs in transactions that are open before the first one begins.

        Each then waits a random part of `within_ms`, so that over many rounds every order comes
        up. A clean refusal is an answer; anything else fails the test.
        """
        ready = asyncio.Barrier(len(verbs))
        return list(await asyncio.gather(*(self._race(verb, ready, within_ms) for verb in verbs)))

    async def answer(self, verb: Verb) -> Any:
        """What the verb answers in a transaction of its own; a clean refusal is an answer."""

        async def work(tx: Tx) -> Any:
            try:
                return await verb(tx)
            except asyncpg.DeadlockDetectedError:
                self.deadlocks += 1
                raise

        try:
            return await self.database.run(work)
        except CallCenterError as refusal:
            return refusal

    async def _race(self, verb: Verb, ready: asyncio.Barrier, within_ms: float) -> Any:
        begun = False

        async def begin_together(tx: Tx) -> Any:
            nonlocal begun
            if not begun:
                begun = True
                await ready.wait()
                await asyncio.sleep(self.dice.random() * within_ms / 1000)
            return await verb(tx)

        return await self.answer(begin_together)

    async def see_deadlocks_soon(self, owner: asyncpg.Connection) -> None:
        """Controls run into them by the dozen: no second is waited for each."""
        name = await owner.fetchval("select quote_ident(current_database())")
        await owner.execute(f"alter database {name} set deadlock_timeout = '20ms'")
        await self.database.pool.expire_connections()

    async def react(self) -> None:
        """Runs what is due of the reactions and timers, as the worker would, until none is left."""
        while jobs := await self._due():
            for name, payload in jobs:
                if name in self.work.errands:
                    continue
                await run_job(self.database, self.work, name, payload)

    async def _due(self) -> Sequence[tuple[str, Any]]:
        async with self.database.transaction() as tx:
            rows = await tx.connection.fetch(
                "with due as (delete from pgqueuer where execute_after <= now() returning *) "
                "select entrypoint, convert_from(payload, 'UTF8') as told from due order by id"
            )
        return [(row["entrypoint"], json.loads(row["told"])) for row in rows]


async def name_place(tx: Tx, ticket_id: UUID, km_north: float) -> None:
    """The car stands so far north of the middle of Shenyang: named and confirmed."""
    position = Position(
        lat=SHENYANG[0] + km_north / 111,
        lon=SHENYANG[1],
        accuracy_m=None,
        fixed_at=None,
        source=Source.AGENT_PIN,
        source_datum=Datum.WGS84,
    )
    place = await location.propose_place(
        tx, DESK, ticket_id, NamedPlace(position, province="LN"), PlacesSettings()
    )
    if place.state != "confirmed":
        await location.confirm_place(tx, DESK, ticket_id, place.id, None)
