"""A station says yes while the desk ends the rescue or takes it away: either order, one outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.routing import by_hand, journey
from callcenter.routing.errors import DispatchMoveRefused, OfferGone
from callcenter.routing.model import Dispatch, Offer
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Stage
from tests.races.invariants import violations
from tests.races.sabotage import NOTHING, WITHOUT_STATION_INDEX, WITHOUT_TICKET_LOCK, guarded_or_not
from tests.races.scene import DESK, Scene, rounds, widening_ms

ROUNDS = 50
Race = Callable[[Scene, float], Awaitable[tuple[UUID, Any]]]
"""One round: its rescue, and in which order things came."""


async def network(scene: Scene) -> None:
    for number in range(4):
        await scene.station(f"S{number}", number + 1)


async def asked(scene: Scene) -> tuple[UUID, list[Offer]]:
    """An urgent rescue: two stations have its offer."""
    ticket_id = await scene.rescue(expressway=True)
    offers = await scene.ask(ticket_id)
    assert len(offers) == 2
    return ticket_id, offers


def reassign(scene: Scene, dispatch: Dispatch) -> Callable[[Tx], Awaitable[Dispatch]]:
    """The desk takes the rescue from its holder."""
    return lambda tx: journey.reassign(tx, DESK, dispatch.id, "too slow", scene.routing)


async def stage_of(scene: Scene, ticket_id: UUID) -> Stage:
    ticket = await scene.do(tickets.get, ticket_id)
    return Stage(ticket.stage)


async def the_owner_cancels(scene: Scene, within_ms: float) -> tuple[UUID, Any]:
    """He is never told no; the station holds it for a moment, or hears that the offer is gone."""
    ticket_id, (offer, _) = await asked(scene)
    answer, cancelled = await scene.together(
        scene.accept(offer),
        lambda tx: by_hand.cancel_rescue(tx, DESK, ticket_id, "starts again"),
        within_ms=within_ms,
    )
    assert not isinstance(cancelled, CallCenterError)
    assert isinstance(answer, Dispatch | OfferGone)
    assert await stage_of(scene, ticket_id) is Stage.CANCELLED
    return ticket_id, type(answer)


async def the_first_is_reassigned(scene: Scene, within_ms: float) -> tuple[UUID, Any]:
    """The second's yes meets the first's yes and, at once behind it, the reassignment."""
    ticket_id, (first, second) = await asked(scene)

    async def accepts(offer: Offer) -> Any:
        await asyncio.sleep(scene.dice.random() * within_ms / 1000)
        return await scene.answer(scene.accept(offer))

    async def first_holds_and_is_reassigned() -> Any:
        held = await accepts(first)
        return await scene.answer(reassign(scene, held)) if isinstance(held, Dispatch) else held

    taken_away, answer = await asyncio.gather(first_holds_and_is_reassigned(), accepts(second))
    second_holds = isinstance(answer, Dispatch)
    assert isinstance(taken_away, OfferGone if second_holds else Dispatch)
    assert second_holds or isinstance(answer, OfferGone)
    stage = Stage.ASSIGNED if second_holds else Stage.DISPATCHING
    assert await stage_of(scene, ticket_id) is stage
    return ticket_id, second_holds


async def the_new_round_is_accepted(scene: Scene, within_ms: float) -> tuple[UUID, Any]:
    """The two who are asked next say yes while the desk presses its button again."""
    ticket_id, (first, second) = await asked(scene)
    held = await scene.accepted(first)
    await scene.do(reassign(scene, held))
    new = await scene.offers(ticket_id)
    *answers, pressed_again = await scene.together(
        *map(scene.accept, new), reassign(scene, held), within_ms=within_ms
    )
    assert isinstance(pressed_again, DispatchMoveRefused), "nobody else is taken away"
    (won,) = [answer for answer in answers if isinstance(answer, Dispatch)]
    assert sum(isinstance(answer, OfferGone) for answer in answers) == 1
    assert await stage_of(scene, ticket_id) is Stage.ASSIGNED
    return ticket_id, won.station_id == second.station_id


@guarded_or_not(WITHOUT_TICKET_LOCK, WITHOUT_STATION_INDEX)
@pytest.mark.parametrize(
    "race", [the_owner_cancels, the_first_is_reassigned, the_new_round_is_accepted]
)
async def test_the_rescue_has_one_outcome_that_everybody_was_told(
    scene: Scene, owner: asyncpg.Connection, race: Race, sabotage: str
):
    await owner.execute(sabotage)
    await scene.see_deadlocks_soon(owner)
    await network(scene)
    orders: set[str] = set()
    # A control goes on until it is hit, close together again and again.
    is_control = sabotage != NOTHING
    for number in rounds(ROUNDS, set() if is_control else orders):
        ticket_id, order = await race(scene, widening_ms(number % ROUNDS if is_control else number))
        assert await violations(owner) == []
        assert scene.deadlocks == 0
        orders.add(order)
        if await stage_of(scene, ticket_id) is not Stage.CANCELLED:
            await scene.cancel(ticket_id)
    assert len(orders) == 2, "both orders came up"
