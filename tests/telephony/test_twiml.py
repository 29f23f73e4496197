"""The menu over TwiML webhooks, and all that a line may do to them."""

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.telephony.flow import service
from callcenter.telephony.twiml import http as twiml
from tests.service import Service
from tests.telephony.twiml_carrier import PUBLIC, Sent, TwimlCall, signed
from tests.telephony.written import counts

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)


async def ended(database: Database, sid: str = "CA1") -> tuple[str, str | None]:
    async with database.reading() as tx:
        row = await tx.connection.fetchrow(
            "select state, end_reason from calls where carrier_ref = $1", f"twiml:{sid}"
        )
        return row["state"], row["end_reason"]


async def test_key_3_from_the_ring_to_the_rescue_queue(hotline: Service):
    call = await TwimlCall(hotline).rings()
    assert "本次通话可能会被录音" in call.heard[1]
    await call.presses("3")
    assert call.last() == "Enqueue rescue"
    assert any("定位短信已发出" in text for text in call.heard)
    assert not any("{" in text for text in call.heard)
    assert (await counts(hotline.database))["links"] == 1
    await call.says(f"{PUBLIC}/carriers/twiml/left", QueueResult="bridged")
    assert call.last() == "Hangup"
    assert await ended(hotline.database) == ("ended", "caller_hung_up")


async def test_the_rest_of_the_menu(hotline: Service):
    silent = await TwimlCall(hotline, "CA1").rings()
    await silent.is_silent()
    assert silent.last().startswith("Gather 没有听到")
    await silent.is_silent()
    assert silent.last() == "Enqueue desk"
    english = await TwimlCall(hotline, "CA2").rings()
    await english.presses("9")
    assert "For roadside rescue press 3" in english.last()
    await english.presses("0")
    assert english.last() == "Enqueue desk"
    person = await TwimlCall(hotline, "CA3", caller="anonymous").rings()
    await person.presses("0")
    assert person.last() == "Enqueue desk"


async def test_a_group_outside_the_carrier_is_dialled_and_a_dead_one_rings_the_fallback(
    hotline: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", lambda rule, at: True)
    call = await TwimlCall(hotline).rings()
    await call.presses("2")
    assert call.last() == "Dial sip:technical@desk.example.cn"
    await call.says(f"{PUBLIC}/carriers/twiml/left", DialCallStatus="failed")
    assert call.last() == "Dial +862400000000"
    (dial,) = call.verbs()
    await call.says(dial.attrib["action"], DialCallStatus="no-answer")
    assert call.last() == "Hangup"
    assert await ended(hotline.database) == ("ended", "abandoned")


async def test_a_message_at_night_is_kept_once_and_the_call_has_its_end(
    hotline: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", lambda rule, at: False)
    call = await TwimlCall(hotline).rings()
    await call.presses("1")
    await call.presses("1")
    assert call.last() == "Record"
    (record,) = [verb for verb in call.verbs() if verb.tag == "Record"]
    left = {"RecordingUrl": "https://carrier.example/RE1", "RecordingDuration": "7"}
    await call.says(record.attrib["action"], Digits="#", **left)
    await call.says(record.attrib["action"], Digits="#", **left)
    assert call.last() == "Hangup"
    assert (await counts(hotline.database))["messages"] == 1
    assert await ended(hotline.database) == ("ended", "flow_hung_up")
    assert await call.hangs_up() == 204


@pytest.mark.parametrize("end_first", [True, False])
async def test_a_message_is_kept_whether_its_call_s_end_is_told_before_or_behind_it(
    hotline: Service, monkeypatch: pytest.MonkeyPatch, end_first: bool
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", lambda rule, at: False)
    call = await TwimlCall(hotline).rings()
    await call.presses("1")
    await call.presses("1")
    (record,) = [verb for verb in call.verbs() if verb.tag == "Record"]
    if end_first:
        await call.hangs_up()
    left = {"RecordingUrl": "https://carrier.example/RE1", "RecordingDuration": "7"}
    for _ in range(2):
        await call.says(record.attrib["action"], Digits="hangup", **left)
    assert call.last() == "Hangup"
    await call.hangs_up()
    assert (await counts(hotline.database))["messages"] == 1
    assert await ended(hotline.database) == ("ended", "caller_hung_up")
    async with hotline.database.reading() as tx:
        kinds = await tx.connection.fetch("select kind from tickets")
    assert [row["kind"] for row in kinds] == ["enquiry"]


async def at_once(database: Database, call: TwimlCall, renumbered: bool) -> None:
    """The same key comes three times, two of them at once, and an earlier wait's word behind it."""
    await call.rings()
    await call.presses("9")
    first = call.log[-1]
    await call.presses("8")
    second = call.log[-1]
    present = call.document
    before = await counts(database)
    late = _to_wait(first, 3) if renumbered else first
    answers = await asyncio.gather(call.sends(second), call.sends(second), call.sends(late))
    assert {document for _, document in answers} == {present}
    assert await counts(database) == before
    await call.presses("3")
    assert call.last() == "Enqueue rescue"


def _to_wait(one: Sent, number: int) -> Sent:
    url = f"{PUBLIC}/carriers/twiml/waits/{number}"
    return Sent(url, one.fields, signed(url, one.fields))


async def test_what_comes_twice_at_once_or_late_is_told_the_same(hotline: Service):
    await at_once(hotline.database, TwimlCall(hotline), renumbered=False)


@CONTROL
async def test_a_late_key_that_names_the_present_wait_would_be_taken(hotline: Service):
    await at_once(hotline.database, TwimlCall(hotline), renumbered=True)


async def shuffled(hotline: Service) -> None:
    """The words of a call in any order, some twice: none is a fault, and the call has its end."""
    told = await TwimlCall(hotline, "CA0").rings()
    await told.presses("9")
    await told.presses("3")
    await told.hangs_up()
    dice = random.Random(7)
    for number in range(1, 13):
        sid = f"CA{number}"
        words = [one for one in told.log for _ in range(dice.randint(1, 2))]
        dice.shuffle(words)
        for one in words:
            fields = one.fields | {"CallSid": sid}
            status, answer = await told.sends(Sent(one.url, fields, signed(one.url, fields)))
            assert status in (200, 204), answer
    async with hotline.database.reading() as tx:
        row = await tx.connection.fetchrow(
            "select count(*) as calls, count(*) filter (where state = 'ended') as ended from calls"
        )
        assert tuple(row) == (13, 13)
        assert not await tx.connection.fetchval("select exists (select from flow_positions)")
        twice = await tx.connection.fetchval(
            "select exists (select from events where kind = 'call.ended'"
            " group by facts ->> 'call_id' having count(*) > 1)"
        )
        assert not twice


async def test_words_in_any_order_leave_no_call_without_an_end(hotline: Service):
    await shuffled(hotline)


@CONTROL
async def test_a_ring_behind_its_end_would_be_a_call_for_ever(
    hotline: Service, monkeypatch: pytest.MonkeyPatch
):
    async def unheard(*_: Any) -> None:
        """The end of a call that nobody knows is nothing."""

    monkeypatch.setattr(service, "left_unheard", unheard)
    await shuffled(hotline)


async def replayed(database: Database, call: TwimlCall, sid: str) -> None:
    """Everything the carrier said of a call that is over, once more, backwards and forwards."""
    await call.rings()
    await call.presses("3")
    await call.hangs_up()
    before = await counts(database)
    said = [replace(one, fields=one.fields | {"CallSid": sid}) for one in call.log]
    said = [replace(one, signature=signed(one.url, one.fields)) for one in said]
    for one in (*reversed(said), *said):
        status, document = await call.sends(one)
        assert status in (200, 204)
        assert "Gather" not in document
        assert "Enqueue" not in document
    assert await counts(database) == before


async def test_a_call_that_is_over_is_not_lived_again(hotline: Service):
    await replayed(hotline.database, TwimlCall(hotline), "CA1")


@CONTROL
async def test_the_same_words_of_another_call_are_another_call(hotline: Service):
    await replayed(hotline.database, TwimlCall(hotline), "CA2")


async def forged(database: Database, call: TwimlCall) -> None:
    """Words of a call that the carrier never signed."""
    await call.rings()
    before = await counts(database)
    url = f"{PUBLIC}/carriers/twiml/waits/1"
    fields = {"CallSid": "CA1", "From": call.caller, "Digits": "3"}
    good = signed(url, fields)
    ring = f"{PUBLIC}/carriers/twiml/calls"
    for one in (
        Sent(url, fields, ""),
        Sent(url, fields, signed(url, fields, "another key")),
        Sent(url, fields | {"Digits": "1"}, good),
        Sent(url, fields | {"More": "1"}, good),
        Sent(f"{PUBLIC}/carriers/twiml/waits/2", fields, good),
        Sent(f"{url}?x=1", fields, good),
        Sent(ring, fields | {"CallSid": "CA9"}, signed("http://care.example.cn", fields)),
        Sent(ring, fields | {"CallSid": "CA8"}, "é"),
    ):
        status, document = await call.sends(one)
        assert (status, "carrier" in document or "运营商" in document) == (403, True), one
    assert await counts(database) == before


async def test_what_the_carrier_has_not_signed_is_refused_and_changes_nothing(hotline: Service):
    await forged(hotline.database, TwimlCall(hotline))


@CONTROL
async def test_without_the_signature_anybody_could_ring(
    hotline: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(twiml, "is_signed", lambda *_: True)
    await forged(hotline.database, TwimlCall(hotline))


@pytest.mark.parametrize(
    ("presses", "facts"),
    # Greeted and ended; rung through to a group; the location link sent.
    [("", 2), ("9", 2), ("93", 4), ("3", 4), ("0", 3), ("77", 3)],
)
async def test_who_hangs_up_at_any_step_is_ended_once(hotline: Service, presses: str, facts: int):
    call = await TwimlCall(hotline).rings()
    for key in presses:
        await call.presses(key)
    assert await asyncio.gather(call.hangs_up(), call.hangs_up()) == [204, 204]
    assert await ended(hotline.database) == ("ended", "abandoned")
    assert (await counts(hotline.database))["events"] == facts


async def test_without_a_key_there_are_no_such_addresses(service: Service):
    call = TwimlCall(service)
    for path in ("calls", "waits/1", "left", "status"):
        status, _ = await call.send(f"{PUBLIC}/carriers/twiml/{path}")
        assert status == 404


async def test_a_call_of_another_installation_is_hung_up(hotline: Service):
    call = TwimlCall(hotline, "CA404")
    for path, fields in (("waits/1", {"Digits": "3"}), ("left", {"QueueResult": "hangup"})):
        await call.says(f"{PUBLIC}/carriers/twiml/{path}", **fields)
        assert call.last() == "Hangup"
    assert await call.hangs_up() == 204


@pytest.mark.parametrize(
    "fields",
    [{"CallSid": ""}, {"RecordingDuration": "long"}, {"CallSid": "x" * 300}, {"Digits": "\x00"}],
)
async def test_what_is_signed_and_still_nonsense_is_refused(hotline: Service, fields: Any):
    status, _ = await TwimlCall(hotline).send(f"{PUBLIC}/carriers/twiml/waits/1", **fields)
    assert status == 422
