"""One request that the switch does not answer, or a database that is away, breaks a call on a real
Asterisk: nobody is kept in it, and its books are closed within seconds."""

from typing import Any

import pytest

from callcenter.calls import contacts
from callcenter.calls.agents.model import Contact
from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, Party
from callcenter.db import database
from callcenter.db.retry import DatabaseAway
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import service
from callcenter.telephony.hotline import broken
from tests.outbound.dialling.kept_touches import KeptTouches
from tests.service import eventually
from tests.telephony.desks import Desks
from tests.telephony.dialled import Dialled
from tests.telephony.exchange import Exchange
from tests.telephony.failing import fails_once, nobody_closes
from tests.telephony.scene import AGENT_HZ, picked_up
from tests.telephony.sip.call import SipCall

Patch = pytest.MonkeyPatch
SOON_S = 8.0
GUARDED = [
    pytest.param(True, id="closed"),
    pytest.param(False, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)),
]


async def ended_as(desks: Desks) -> str:
    """The end of the first call, within seconds."""

    async def how() -> str | None:
        rows = await desks.floor.rows("select end_reason from calls order by ringing_at, id")
        return rows[0]["end_reason"] if rows else None

    return str(await eventually(how, within_s=SOON_S))


async def came_of_it(dialled: Dialled) -> tuple[str, str | None]:
    """What the worker makes of the end: the state of the touch and its outcome."""
    (one,) = await dialled.owners.rows("select call_id from owner_calls")
    given = ("hotline", one["call_id"], dialled.owners.touches)
    await dialled.desks.floor.do(service.call_ended, *given)
    (touch,) = await dialled.owners.rows("select state, outcome from touches")
    return touch["state"], touch["outcome"]


@pytest.mark.parametrize("guarded", GUARDED)
async def test_an_agent_who_cannot_be_connected_writes_up(
    dialled: Dialled, monkeypatch: Patch, guarded: bool
):
    if not guarded:
        nobody_closes(monkeypatch)
    failed = fails_once(monkeypatch, "/bridges/", type="mixing")
    me, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.picks_up()
    await owner.until("over")
    assert failed
    assert await ended_as(dialled.desks) == "line_lost"
    assert (await dialled.desks.floor.seat(me)).contact is Contact.WRAP_UP
    assert await came_of_it(dialled) == ("sent", "answered")
    await dialled.desks.everybody_is_off_the_line()


async def test_an_agent_whose_phone_cannot_be_rung_is_free(dialled: Dialled, monkeypatch: Patch):
    fails_once(monkeypatch, "/channels/", endpoint="PJSIP/101")
    me, _ = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.picks_up()
    await owner.until("over")
    assert await ended_as(dialled.desks) == "line_lost"
    assert (await dialled.desks.floor.seat(me)).contact is Contact.NONE
    assert await came_of_it(dialled) == ("sent", "abandoned")


async def test_an_owner_who_cannot_be_dialled_is_not_known_to_have_been(
    dialled: Dialled, monkeypatch: Patch
):
    """His telephone may have rung: nobody dials him again by himself."""
    fails_once(monkeypatch, "/channels/", endpoint="13800138000")
    await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    assert await ended_as(dialled.desks) == "line_lost"
    assert await came_of_it(dialled) == ("unknown", None)


async def test_while_the_database_is_away_the_end_is_tried_again(
    dialled: Dialled, monkeypatch: Patch
):
    """It goes when the two are connected, and takes its time to come back."""
    monkeypatch.setattr(database, "RETRY_BUDGET_S", 0.2)
    monkeypatch.setattr(broken, "AGAIN_S", 0.1)
    tried: list[str] = []

    async def away(*_: Any) -> None:
        raise DatabaseAway

    async def back_in_time(tx: Tx, *given: Any) -> Any:
        tried.append("end")
        if len(tried) < 8:
            raise DatabaseAway
        return await end(tx, *given)

    end = contacts.end
    monkeypatch.setattr(contacts, "connected", away)
    monkeypatch.setattr(contacts, "end", back_in_time)
    me, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve()
    await (await dialled.owners.picks_up()).until("over")
    assert await ended_as(dialled.desks) == "line_lost"
    assert (await dialled.desks.floor.seat(me)).contact is Contact.NONE


@pytest.mark.parametrize("guarded", GUARDED)
async def test_an_owner_whose_call_could_not_be_begun_is_due_again(
    dialled: Dialled, monkeypatch: Patch, guarded: bool
):
    """The database goes between the claim and the call."""
    if not guarded:
        nobody_closes(monkeypatch)
    monkeypatch.setattr(database, "RETRY_BUDGET_S", 0.2)
    tried: list[str] = []

    async def away_first(*given: Any) -> bool:
        tried.append("sending")
        if len(tried) < 6:
            raise DatabaseAway
        return await sending(*given)

    sending = KeptTouches.sending
    monkeypatch.setattr(KeptTouches, "sending", away_first)
    await dialled.agent()
    await dialled.owner()
    await dialled.serve()

    async def rings() -> list[Any]:
        return await dialled.owners.rows("select from owner_calls where state = 'dialling'")

    assert await eventually(rings, within_s=SOON_S)
    await dialled.owners.picks_up()


@pytest.mark.parametrize("guarded", GUARDED)
async def test_a_caller_whose_talk_breaks_is_called_back_and_may_come_again(
    desks: Desks, exchange: Exchange, monkeypatch: Patch, guarded: bool
):
    """He rings at the desk phones; nobody takes it there, and he begins a new call."""
    if not guarded:
        nobody_closes(monkeypatch)
    me, phone = await desks.agent("101")
    caller = await desks.rings_for_a_rescue()
    fails_once(monkeypatch, "/bridges/", type="mixing")
    agent = await picked_up(phone, AGENT_HZ)
    await agent.until("over")
    assert await ended_as(desks) == "line_lost"
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP
    (back,) = [place for place in await desks.floor.places() if place["kind"] == "call_back"]
    assert back["why"] == "line_lost"

    async def legs_again() -> list[Any]:
        return await desks.floor.rows(
            "select from calls c join call_legs l on l.call_id = c.id and l.ended_at is null"
            " where c.state = 'menu'"
        )

    assert await eventually(legs_again)
    assert caller.state == "up"


async def test_an_agent_whose_own_call_cannot_be_dialled_is_free(desks: Desks, monkeypatch: Patch):
    fails_once(monkeypatch, "/channels/", endpoint="13800138000")
    me, phone = await desks.agent("101")
    whom = Callee(Party.OUTSIDE, number="+8613800138000")
    await desks.floor.do(control.dial, f"staff:{me}", me, whom, None)
    agent = await picked_up(phone, AGENT_HZ)
    await agent.until("over")
    assert await ended_as(desks) == "line_lost"
    assert (await desks.floor.seat(me)).contact is Contact.NONE
