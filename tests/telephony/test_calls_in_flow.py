"""A call in its flow: written at the ring, told what to do, let go into the queue, ended once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import service as calls
from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.telephony.flow import repository
from callcenter.telephony.flow import service as flows
from callcenter.telephony.flow.acts import Acts, Speak
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.link import LinkByText
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.flow.ports import NoQueue, Waiting
from callcenter.telephony.flow.service import Told
from callcenter.telephony.flow.walk import Heard, What
from tests.service import Service
from tests.telephony.house import Entered, House, Linked, house

BLIND = load_queries(__file__, "blind.sql")
MOBILE, LANDLINE = "13900139000", "024 8888 1234"


class SlowlyEntered(Entered):
    """Long enough that the other one has looked, too."""

    async def enter(self, tx: Tx, call_id: UUID, **how: Any) -> Waiting:
        await asyncio.sleep(0.2)
        return await super().enter(tx, call_id, **how)


class Carrier:
    """One call, as its carrier speaks of it."""

    def __init__(self, database: Database, its_house: House, ref: str = "c-1") -> None:
        self.database, self.house, self.ref = database, its_house, ref
        self.call_id = UUID(int=0)

    async def rings(self, caller: str | None = MOBILE) -> Told:
        told = await self.database.run(
            lambda tx: flows.begin(tx, "carrier", self.ref, caller, self.house)
        )
        self.call_id = told.call_id
        return told

    async def hears(self, what: What, sequence: int, key: str = "") -> Told:
        heard = Heard(what, sequence, key)
        return await self.database.run(
            lambda tx: flows.hear(tx, "carrier", self.call_id, heard, self.house)
        )

    async def leaves(self, reason: EndReason | None = None) -> None:
        await self.database.run(
            lambda tx: flows.leave(tx, "carrier", self.call_id, self.house, reason)
        )

    async def row(self, query: str) -> Any:
        async with self.database.reading() as tx:
            return await tx.connection.fetchrow(query, self.call_id)


def said(acts: Acts) -> str:
    return " ".join(act.spoken.text for act in acts if isinstance(act, Speak))


async def test_key_3_sends_the_link_tells_the_wait_and_lets_him_into_the_queue(database: Database):
    its_house = house(wait_s=61)
    carrier = Carrier(database, its_house)
    await carrier.rings()
    told = await carrier.hears(What.KEY, 1, "3")
    assert "定位短信已发出" in said(told.acts)
    assert "预计2分钟内" in said(told.acts)
    assert isinstance(its_house.queue, Entered)
    assert isinstance(its_house.links, Linked)
    assert its_house.links.calls == [carrier.call_id]
    ((call_id, how),) = its_house.queue.calls
    assert call_id == carrier.call_id
    assert (how["group"], how["urgency"], how["language"]) == ("rescue", "rescue", "zh")


async def test_a_wait_that_is_not_known_is_not_promised(database: Database):
    carrier = Carrier(database, house(wait_s=None))
    await carrier.rings()
    told = await carrier.hears(What.KEY, 1, "3")
    assert "分钟" not in said(told.acts)
    assert told.acts[-1].kind == "enter_queue"


async def everything_twice(database: Database, again: str) -> House:
    """Each word of the carrier comes twice, and all at once."""
    its_house = house()
    carrier = Carrier(database, its_house)
    first = await asyncio.gather(*(carrier.rings() for _ in range(3)))
    assert len({told.call_id for told in first}) == 1
    assert first[0].acts == first[1].acts == first[2].acts
    keys = [carrier.hears(What.KEY, 1, "3"), carrier.hears(What.KEY, 1, again)]
    both = await asyncio.gather(*keys)
    assert both[0].acts == both[1].acts
    assert await carrier.hears(What.SILENCE, 1) == both[0]
    return its_house


async def test_what_a_carrier_says_twice_or_too_late_is_told_the_same_and_done_once(
    database: Database,
):
    its_house = await everything_twice(database, "3")
    assert isinstance(its_house.queue, Entered)
    assert isinstance(its_house.links, Linked)
    assert len(its_house.queue.calls) == len(its_house.links.calls) == 1


@pytest.mark.parametrize(
    "guarded",
    [
        pytest.param(True, id="guarded"),
        pytest.param(
            False, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)
        ),
    ],
)
async def test_of_two_words_at_once_about_one_wait_one_is_news(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    if not guarded:
        monkeypatch.setattr(repository.SQL, "lock_call", BLIND.lock_call)
    queue = SlowlyEntered()
    carrier = Carrier(database, House(queue=queue, links=Linked()))
    await carrier.rings()
    both = await asyncio.gather(*(carrier.hears(What.KEY, 1, "3") for _ in range(2)))
    assert both[0] == both[1]
    assert len(queue.calls) == 1


async def test_who_hangs_up_is_ended_once_and_what_comes_after_is_refused(database: Database):
    carrier = Carrier(database, house())
    await carrier.rings()
    await asyncio.gather(carrier.leaves(), carrier.leaves())
    row = await carrier.row("select state, end_reason from calls where id = $1")
    assert tuple(row) == ("ended", "abandoned")
    with pytest.raises(CallNotInFlow):
        await carrier.hears(What.KEY, 1, "3")
    assert [act.kind for act in (await carrier.rings()).acts] == ["close"]
    assert await carrier.row("select from flow_positions where call_id = $1") is None


async def test_a_call_that_others_have_ended_is_not_led_on(database: Database):
    its_house = house()
    carrier = Carrier(database, its_house)
    await carrier.rings()
    await database.run(lambda tx: calls.end(tx, "x", carrier.call_id, EndReason.LINE_LOST))
    with pytest.raises(CallNotInFlow):
        await carrier.hears(What.KEY, 1, "3")
    await carrier.leaves()
    assert isinstance(its_house.queue, Entered)
    assert its_house.queue.calls == []
    row = await carrier.row("select state, end_reason from calls where id = $1")
    assert tuple(row) == ("ended", "line_lost")


async def test_a_ring_told_again_and_a_key_do_not_wait_for_each_other(database: Database):
    for number in range(5):
        carrier = Carrier(database, house(), f"c-{number}")
        await carrier.rings()
        keys = [carrier.hears(What.KEY, 1, "3") for _ in range(2)]
        rings = [carrier.rings() for _ in range(2)]
        words = asyncio.gather(*keys, *rings, carrier.leaves(), return_exceptions=True)
        told = await asyncio.wait_for(words, 20)
        refused = [one for one in told if isinstance(one, BaseException)]
        assert all(isinstance(one, CallNotInFlow) for one in refused), refused


async def test_a_message_left_at_night_is_an_enquiry_for_who_calls_back(database: Database):
    carrier = Carrier(database, house())
    await carrier.rings()
    async with database.transaction() as tx:
        # In the step that takes it, whatever the hour.
        await tx.connection.execute(
            "update flow_positions set step = 'message', sequence = 3 where call_id = $1",
            carrier.call_id,
        )
    left = LeftMessage("recordings/1", 12)

    async def take() -> Told:
        return await database.run(
            lambda tx: flows.take_message(tx, "carrier", carrier.call_id, 3, left, carrier.house)
        )

    first, second = await take(), await take()
    assert first == second
    assert "留言" in said(first.acts)
    assert first.acts[-1].kind == "close"
    row = await carrier.row(
        "select c.state, c.end_reason, t.kind, t.caller_phone, m.recording, m.duration_s"
        " from calls c join tickets t on t.id = c.ticket_id"
        " join left_messages m on m.call_id = c.id where c.id = $1"
    )
    assert tuple(row) == (
        "ended",
        "flow_hung_up",
        "enquiry",
        "+8613900139000",
        "recordings/1",
        12,
    )


@pytest.mark.parametrize(("caller", "receives"), [(MOBILE, True), (LANDLINE, False), (None, False)])
async def test_the_link_goes_to_a_mobile_with_a_rescue_and_to_no_other(
    service: Service, caller: str | None, receives: bool
):
    real = House(queue=NoQueue(), links=LinkByText(service.settings))
    carrier = Carrier(service.database, real)
    await carrier.rings(caller)
    told = await carrier.hears(What.KEY, 1, "3")
    assert ("定位短信已发出" in said(told.acts)) == receives
    assert told.acts[-1].kind == "enter_queue"
    row = await carrier.row(
        "select t.kind, m.purpose, m.recipient from calls c"
        " left join tickets t on t.id = c.ticket_id"
        " left join messages m on m.ticket_id = t.id where c.id = $1"
    )
    wanted = ("rescue", "location_link", "+8613900139000") if receives else (None, None, None)
    assert tuple(row) == wanted


async def test_who_calls_again_about_his_rescue_gets_a_link_for_that_one(service: Service):
    real = House(queue=NoQueue(), links=LinkByText(service.settings))
    tickets = set()
    for ref in ("c-1", "c-2"):
        carrier = Carrier(service.database, real, ref)
        await carrier.rings()
        await carrier.hears(What.KEY, 1, "3")
        tickets.add((await carrier.row("select ticket_id from calls where id = $1"))[0])
    assert len(tickets) == 1
