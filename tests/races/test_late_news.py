"""What comes late: an answer after the offer's clock, news of a rescue that has changed since."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.queries import load_queries
from callcenter.routing import by_hand, ladder
from callcenter.routing import repository as routing
from callcenter.routing.errors import OfferGone
from callcenter.routing.model import Dispatch, Offer
from callcenter.tickets import service as tickets
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL
from tests.races.scene import DESK, Scene, name_place, rounds

ROUNDS = 60


def lifetime_s(number: int) -> float:
    """Of the offer in this round: from 8 ms on, so that a slow machine meets both answers."""
    return 0.008 + 0.04 * number / ROUNDS


async def accept_late(scene: Scene, offer: Offer, lives_s: float) -> Any:
    """The station's answer arrives some ms before or behind the deadline."""
    await asyncio.sleep(scene.dice.random() * 2 * lives_s)
    return await scene.answer(scene.accept(offer))


async def expire(scene: Scene, offer: Offer, lives_s: float) -> None:
    """The clock of the offer, which never runs before its time."""
    await asyncio.sleep(lives_s + scene.dice.random() * 0.004)
    await scene.do(ladder.expire_offer, {"offer_id": str(offer.id)}, scene.routing)


@pytest.mark.parametrize(
    "guarded", [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)]
)
async def test_an_answer_at_the_deadline_wins_or_comes_too_late(
    scene: Scene, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    if not guarded:
        monkeypatch.setattr(routing.SQL, "win_offer", load_queries(__file__, "blind.sql").win_offer)
    await scene.station("NEAR", 1)
    await scene.station("NEXT", 9)
    answers: set[type[Any]] = set()
    for number in rounds(ROUNDS, answers):
        ticket_id = await scene.rescue()
        (offer,) = await scene.ask(ticket_id)
        lives_s = lifetime_s(number)
        await owner.execute(
            "update offers set expires_at = clock_timestamp() + make_interval(secs => $2) "
            "where id = $1",
            offer.id,
            lives_s,
        )
        answer, _ = await asyncio.gather(
            accept_late(scene, offer, lives_s), expire(scene, offer, lives_s)
        )
        assert await violations(owner) == []
        still_open = await scene.offers(ticket_id)
        assert isinstance(answer, Dispatch) == (still_open == [])
        answers.add(type(answer))
        await scene.cancel(ticket_id)
    assert answers == {Dispatch, OfferGone}
    assert scene.deadlocks == 0


async def dispatching(scene: Scene) -> UUID:
    await scene.station("NEAR", 1)
    await scene.station("NEXT", 9)
    ticket_id = await scene.rescue()
    await scene.ask(ticket_id)
    await scene.react()
    return ticket_id


async def test_a_place_corrected_before_the_end_and_heard_of_after_it_asks_nobody(
    scene: Scene, owner: asyncpg.Connection
):
    ticket_id = await dispatching(scene)
    await scene.do(name_place, ticket_id, km_north=30)
    await scene.cancel(ticket_id)
    await scene.react()
    assert await violations(owner) == []
    assert await scene.offers(ticket_id) == []


async def test_a_rescue_taken_up_again_is_asked_for_though_news_of_its_end_come_late(
    scene: Scene, owner: asyncpg.Connection
):
    ticket_id = await dispatching(scene)
    await scene.cancel(ticket_id)
    await scene.do(tickets.reopen, DESK, ticket_id)
    await scene.do(by_hand.ask_again, DESK, ticket_id, scene.routing)
    assert len(await scene.offers(ticket_id)) == 1
    await scene.react()
    assert await violations(owner) == []
    assert len(await scene.offers(ticket_id)) == 1
