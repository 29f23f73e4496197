"""Whatever people, stations and clocks do in whatever order, the invariants of a rescue hold.

A refusal is a legal answer; an acknowledged acceptance holds until somebody ends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from callcenter.composition import all_subscriptions, all_work
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.routing import answers, by_hand, clocks, journey, ladder, ladder_alarms
from callcenter.routing.errors import OfferGone
from callcenter.routing.model import DeclineReason, Offer, OfferState
from callcenter.routing.repository import SQL, get_offer, live_dispatch, offer_of
from callcenter.settings import RoutingSettings, Settings
from callcenter.stations import service as stations
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Kind
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.conftest import Server
from tests.races.invariants import violations
from tests.races.sabotage import NOTHING, RIVALS_STAY_OPEN, guarded_or_not
from tests.races.scene import DESK, Scene, name_place
from tests.races.verbs import BY_HAND

SLOW = RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600)
RESCUES = st.integers(0, 2)
STATIONS = st.integers(0, 3)
Verb = Callable[[Tx], Awaitable[Any]]


class Dispatching(RuleBasedStateMachine):
    """Three rescues, four stations with one or two trucks, and everything that may happen."""

    def __init__(self, server: Server, sabotage: str) -> None:
        super().__init__()
        self.server = server
        self.sabotage = sabotage
        self.runner = asyncio.Runner()
        self.rescues: list[UUID] = []
        self.holders: dict[UUID, UUID] = {}
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def _begin(self) -> None:
        self.name = await self.server.copy()
        owner = await asyncpg.connect(self.server.owner_dsn(self.name))
        await owner.execute(self.sabotage)
        await owner.close()
        self.database = await Database.open(
            self.server.app_dsn(self.name), subscriptions=all_subscriptions(), min_size=1
        )
        installed = await self.database.run(installation.ensure)
        work = all_work(Settings(routing=SLOW), SignedLinks(installed.link_key))
        self.scene = Scene(self.database, SLOW, work)
        self.stations: list[Station] = [
            await self.scene.station(f"S{number}", number * 8.0, trucks=1 + number % 2)
            for number in range(4)
        ]

    async def _end(self) -> None:
        try:
            await self.scene.react()
            assert await self._broken() == []
        finally:
            await self.database.close()
            await self.server.drop(self.name)

    def teardown(self) -> None:
        try:
            self.run(self._end())
        finally:
            self.runner.close()

    async def _broken(self) -> list[str]:
        async with self.database.reading() as tx:
            return await violations(tx.connection)

    def attempt(self, verb: Verb) -> Any:
        """The verb's answer, or its refusal, which is a legal answer too."""

        async def work() -> Any:
            try:
                return await self.database.run(verb)
            except CallCenterError as refusal:
                return refusal

        return self.run(work())

    def offers_of(self, ticket_id: UUID) -> list[Offer]:
        async def look() -> list[Offer]:
            async with self.database.reading() as tx:
                rows = await SQL.offers_of(tx.connection, ticket_id=ticket_id)
            return [offer_of(row) for row in rows]

        return list(self.run(look()))

    def ends(self, ticket_id: UUID, verb: Verb) -> None:
        """A verb that takes the rescue from its holder when it is not refused."""
        if not isinstance(self.attempt(verb), CallCenterError):
            self.holders.pop(ticket_id, None)

    @initialize()
    def somebody_calls(self) -> None:
        self.open_rescue(danger=False, named=True)

    @precondition(lambda self: len(self.rescues) < 3)
    @rule(danger=st.booleans(), named=st.booleans())
    def open_rescue(self, danger: bool, named: bool) -> None:
        async def opened(tx: Tx) -> UUID:
            ticket = await ticket_verbs.open_ticket(
                tx, DESK, kind=Kind.RESCUE, particulars={"fault": "flat_tyre"}, danger=danger
            )
            if named:
                await name_place(tx, ticket.id, 0)
            return ticket.id

        self.rescues.append(self.attempt(opened))

    def one(self, number: int) -> UUID:
        return self.rescues[number % len(self.rescues)]

    @rule()
    def the_worker_reacts(self) -> None:
        self.run(self.scene.react())

    @rule(number=RESCUES, km=st.sampled_from([0.1, 9.0, 25.0]))
    def the_place_is_named_or_corrected(self, number: int, km: float) -> None:
        self.attempt(lambda tx: name_place(tx, self.one(number), km))

    @rule(number=RESCUES, which=st.integers(0, 5))
    def a_station_accepts(self, number: int, which: int) -> None:
        offers = self.offers_of(self.one(number))
        if offers:
            offer = offers[which % len(offers)]
            answer = self.attempt(self.scene.accept(offer))
            if not isinstance(answer, CallCenterError):
                assert offer.state is OfferState.OFFERED
                self.holders[offer.ticket_id] = answer.id

    @rule(number=RESCUES, which=st.integers(0, 5))
    def a_station_declines(self, number: int, which: int) -> None:
        offers = self.offers_of(self.one(number))
        if offers:
            offer = offers[which % len(offers)]
            self.attempt(
                lambda tx: answers.decline_offer(
                    tx, "station", offer.id, DeclineReason.TOO_FAR, SLOW
                )
            )

    @rule(number=RESCUES)
    def an_offer_runs_out(self, number: int) -> None:
        for offer in self.offers_of(self.one(number)):
            if offer.state is OfferState.OFFERED:
                self.run(self._run_out(offer))
                return

    async def _run_out(self, offer: Offer) -> None:
        async def pass_time(tx: Tx) -> None:
            past = await tx.now() - timedelta(seconds=1)
            await tx.connection.execute(
                "update offers set made_at = $2::timestamptz - interval '1 min', expires_at = $2 "
                "where id = $1",
                offer.id,
                past,
            )

        await self.database.run(pass_time)
        with pytest.raises(OfferGone):
            await self.database.run(self.scene.accept(offer))
        await self.scene.do(ladder.expire_offer, {"offer_id": str(offer.id)}, SLOW)
        async with self.database.reading() as tx:
            assert (await get_offer(tx, offer.id)).state is OfferState.EXPIRED

    @rule(number=RESCUES)
    def the_deadline_sounds(self, number: int) -> None:
        async def sound(tx: Tx) -> None:
            row = await SQL.get_ladder(tx.connection, ticket_id=self.one(number))
            if row is not None:
                payload = {"ticket_id": str(self.one(number)), "round": row["round"]}
                await ladder_alarms.sound_deadline(tx, payload)

        self.attempt(sound)

    @rule(
        number=RESCUES,
        step=st.sampled_from([journey.depart, journey.arrive]),
    )
    def the_truck_moves_on(self, number: int, step: Any) -> None:
        if held := self.holders.get(self.one(number)):
            self.attempt(lambda tx: step(tx, "station", held))

    @rule(number=RESCUES)
    def the_job_is_done(self, number: int) -> None:
        if held := self.holders.get(self.one(number)):
            self.ends(
                self.one(number), lambda tx: journey.complete(tx, "station", held, "repaired")
            )

    @rule(number=RESCUES, step=st.sampled_from([journey.hand_back, journey.reassign]))
    def the_holder_lets_go(self, number: int, step: Any) -> None:
        if held := self.holders.get(self.one(number)):
            self.ends(self.one(number), lambda tx: step(tx, DESK, held, "too slow", SLOW))

    @rule(number=RESCUES)
    def nobody_is_heard_of(self, number: int) -> None:
        if held := self.holders.get(self.one(number)):
            payload = {"dispatch_id": str(held)}
            self.attempt(lambda tx: clocks.check_departure(tx, payload, SLOW))
            self.attempt(lambda tx: clocks.check_silence(tx, payload, SLOW))

    @rule(number=RESCUES)
    def the_owner_cancels(self, number: int) -> None:
        ticket_id = self.one(number)
        self.ends(ticket_id, lambda tx: by_hand.cancel_rescue(tx, DESK, ticket_id, "starts again"))

    @rule(number=RESCUES)
    def the_road_operator_goes(self, number: int) -> None:
        ticket_id = self.one(number)
        self.ends(ticket_id, lambda tx: by_hand.hand_over(tx, DESK, ticket_id, "12122", "nearer"))

    @rule(number=RESCUES)
    def it_is_taken_up_again(self, number: int) -> None:
        self.attempt(lambda tx: ticket_verbs.reopen(tx, DESK, self.one(number)))

    @rule(number=RESCUES)
    def the_desk_asks_again(self, number: int) -> None:
        self.attempt(lambda tx: by_hand.ask_again(tx, DESK, self.one(number), SLOW))

    @rule(number=RESCUES, held=st.booleans())
    def the_desk_holds_or_lets_go_on(self, number: int, held: bool) -> None:
        self.attempt(lambda tx: by_hand.hold(tx, DESK, self.one(number), held, SLOW))

    @rule(number=RESCUES, to=STATIONS)
    def the_desk_assigns(self, number: int, to: int) -> None:
        self.attempt(
            lambda tx: by_hand.assign(
                tx, DESK, self.one(number), self.stations[to].id, settings=SLOW, **BY_HAND
            )
        )

    @rule(number=RESCUES, to=STATIONS)
    def a_station_said_yes_by_phone(self, number: int, to: int) -> None:
        ticket_id = self.one(number)
        answer = self.attempt(
            lambda tx: by_hand.accept_by_phone(
                tx,
                DESK,
                ticket_id,
                self.stations[to].id,
                eta_minutes=20,
                truck_id=None,
                settings=SLOW,
                **BY_HAND,
            )
        )
        if not isinstance(answer, CallCenterError):
            self.holders[ticket_id] = answer.id

    @rule(number=RESCUES, danger=st.booleans())
    def danger_is_marked_or_taken_back(self, number: int, danger: bool) -> None:
        async def mark(tx: Tx) -> None:
            ticket = await tickets.lock(tx, self.one(number))
            await ticket_verbs.edit_ticket(tx, DESK, ticket, {"danger": danger})

        self.attempt(mark)

    @rule(which=STATIONS, out=st.booleans())
    def a_station_is_suspended_or_resumed(self, which: int, out: bool) -> None:
        station_id = self.stations[which].id
        if out:
            self.attempt(
                lambda tx: stations.suspend(tx, DESK, station_id, reason="audit", until=None)
            )
        else:
            self.attempt(lambda tx: stations.resume(tx, DESK, station_id))

    @invariant()
    def nothing_is_broken(self) -> None:
        assert self.run(self._broken()) == []

    @invariant()
    def who_was_told_that_he_holds_it_does(self) -> None:
        async def look() -> dict[UUID, UUID]:
            async with self.database.reading() as tx:
                live = [(t, await live_dispatch(tx, t)) for t in self.rescues]
            return {ticket_id: held.id for ticket_id, held in live if held}

        assert self.run(look()) == self.holders


def play(
    server: Server, lives: int, steps: int, *, known: bool = False, sabotage: str = NOTHING
) -> None:
    """So many lives of the machine; `known`: the same ones in every run."""
    shrinks = () if sabotage != NOTHING else (Phase.shrink,)
    run_state_machine_as_test(
        lambda: Dispatching(server, sabotage),
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            derandomize=known,
            deadline=None,
            database=None,
            phases=(Phase.generate, *shrinks),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
@guarded_or_not(RIVALS_STAY_OPEN)
def test_nothing_that_may_happen_breaks_a_rescue(server: Server, sabotage: str) -> None:
    play(server, 50, 40, known=True, sabotage=sabotage)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_nothing_that_may_happen_breaks_a_rescue_searched_anew(server: Server) -> None:
    play(server, 600, 80)
