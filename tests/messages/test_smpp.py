"""Texts by SMPP, against a centre on loopback: taken, refused, too many, and what stays unclear."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.messages.model import CarrierBusy, DeliveryState, MessageState
from callcenter.messages.smpp import carrier as smpp_carrier
from callcenter.messages.smpp import pdus
from callcenter.sender_settings import SenderSettings, SmppSettings
from callcenter.web.tls import server_context
from tests.db.cast import CONTROL
from tests.messages.desk import CHINESE, LONG, PHONE, becomes, look, over, say, sending
from tests.messages.smpp_centre import (
    OF_THE_MAKER,
    THROTTLED,
    WRONG_NUMBER,
    SmppCentre,
    centre,
)
from tests.service import eventually
from tests.telephony.certificate import self_made_certificate

SENT, UNKNOWN, FAILED = MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED


def by(at: SmppCentre, **changes: Any) -> SenderSettings:
    smpp: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": at.port,
        "system_id": "care",
        "password": "secret",
        "source": "1069",
        "timeout_s": 1.0,
    }
    give_up_s = changes.pop("give_up_s", 1800)
    return SenderSettings(text="smpp", smpp=SmppSettings(**(smpp | changes)), give_up_s=give_up_s)


async def test_taken_and_delivered(database: Database) -> None:
    async with centre() as at, sending(database, by(at)):
        await say(database)
        assert (await over(database)).delivery is None
        (one,) = at.taken
        assert (one.source, one.to, one.wants_receipt) == ("1069", PHONE, True)
        assert await at.report(one) == 0
        message = await look(database)
    assert (message.state, message.delivery) == (SENT, DeliveryState.DELIVERED)
    assert message.delivered_at is not None


@pytest.mark.parametrize(
    ("without_header", "long_texts", "segments"),
    [
        (False, "segments", 3),
        (False, "payload", 1),
        pytest.param(True, "segments", 3, marks=CONTROL, id="without_the_segments_header"),
    ],
)
async def test_200_chinese_characters_arrive_whole(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    without_header: bool,
    long_texts: str,
    segments: int,
) -> None:
    if without_header:
        monkeypatch.setattr(pdus, "HAS_SEGMENT_HEADER", 0)
    async with centre() as at, sending(database, by(at, long_texts=long_texts)):
        await say(database, body=LONG)
        assert (await over(database)).state is SENT
        assert len(at.taken) == segments
        assert at.texts(PHONE) == [LONG]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 160,
        "x" * 161,
        "字" * 70,
        "字" * 71,
        "🚗" * 36,
        "https://care.example.cn/~{x}" * 8,
        "é€",
    ],
)
async def test_any_text_arrives_as_it_was(database: Database, text: str) -> None:
    async with centre() as at, sending(database, by(at)):
        await say(database, body=text)
        assert (await over(database)).state is SENT
        sizes = [len(one.octets) for one in at.taken]
        assert max(sizes) <= (160 if at.taken[0].coding == 0 else 140)
        assert at.texts(PHONE) == [text]


@pytest.mark.parametrize("status", [WRONG_NUMBER, OF_THE_MAKER])
async def test_refused_is_not_sent_and_the_line_stays(database: Database, status: int) -> None:
    async with centre() as at, sending(database, by(at)):
        at.statuses.append(status)
        await say(database)
        refused = await over(database)
        assert (refused.state, refused.failure) == (FAILED, f"smpp status {status:#010x}")
        await say(database, "two")
        assert (await over(database, "two")).state is SENT
        assert (at.binds, len(at.taken)) == (1, 1)


@pytest.mark.parametrize(
    "later", [True, pytest.param(False, marks=CONTROL, id="taken_for_a_refusal")]
)
async def test_too_many_at_once_goes_later_and_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, later: bool
) -> None:
    if not later:
        monkeypatch.setattr(smpp_carrier, "LATER", ())
    async with centre() as at, sending(database, by(at)):
        at.statuses.extend([THROTTLED, THROTTLED])
        await say(database)
        assert (await over(database)).state is SENT
        assert (len(at.refused), len(at.taken)) == (2, 1)


async def test_too_many_in_the_middle_of_a_text_does_not_begin_it_anew(database: Database) -> None:
    async with centre() as at, sending(database, by(at, timeout_s=5)):
        at.statuses.extend([0, THROTTLED, 0, 0])
        await say(database, body=LONG)
        assert (await over(database)).state is SENT
        assert at.texts(PHONE) == [LONG]
        assert (len(at.taken), len(at.refused)) == (3, 1)


@pytest.mark.parametrize(
    "lost", [None, pytest.param(CarrierBusy, marks=CONTROL, id="taken_for_not_sent")]
)
async def test_the_centre_takes_it_and_is_gone_before_it_answers(
    database: Database, monkeypatch: pytest.MonkeyPatch, lost: Any
) -> None:
    if lost:
        monkeypatch.setattr(smpp_carrier, "SessionLost", _Never)
        monkeypatch.setattr("callcenter.messages.sending.CarrierBusy", OSError)
    async with centre(cuts=True) as at, sending(database, by(at)):
        await say(database)
        await eventually(lambda: _any(at.taken))
        at.cuts = False
        await eventually(lambda: _any(at.bound))
        await asyncio.sleep(1.0)
        assert len(at.texts(PHONE)) == 1
        assert (await over(database)).state is UNKNOWN


@pytest.mark.parametrize("national", [False, True])
async def test_a_receipt_of_what_got_no_answer_makes_it_sent(
    database: Database, national: bool
) -> None:
    async with centre(cuts=True) as at, sending(database, by(at)):
        await say(database)
        assert (await over(database)).state is UNKNOWN
        at.cuts = False
        await eventually(lambda: _any(at.bound))
        assert await at.report(at.taken[0], with_reference=True, national=national) == 0
        message = await look(database)
        assert (message.state, message.delivery) == (SENT, DeliveryState.DELIVERED)
        assert (message.failure, len(at.taken)) == (None, 1)


async def test_one_part_heard_of_is_not_the_whole(database: Database) -> None:
    async with centre(cuts=True) as at, sending(database, by(at)):
        await say(database, body=LONG)
        assert (await over(database)).state is UNKNOWN
        at.cuts = False
        await eventually(lambda: _any(at.bound))
        assert await at.report(at.taken[0], with_reference=True) == 0
        message = await look(database)
        assert (message.state, message.delivery) == (UNKNOWN, None)


async def test_an_answer_that_is_late_makes_it_sent(database: Database) -> None:
    async with centre(holds=asyncio.Event()) as at, sending(database, by(at)):
        await say(database)
        assert (await over(database)).state is UNKNOWN
        assert at.holds
        at.holds.set()
        await becomes(database, SENT)
        assert await at.report(at.taken[0]) == 0
        assert (await look(database)).delivery is DeliveryState.DELIVERED
        assert len(at.taken) == 1


@pytest.mark.parametrize(("body", "state"), [(CHINESE, FAILED), (LONG, UNKNOWN)])
async def test_a_no_that_is_late_is_a_no_when_it_is_of_the_whole(
    database: Database, body: str, state: MessageState
) -> None:
    async with centre(holds=asyncio.Event()) as at, sending(database, by(at)):
        at.statuses.append(WRONG_NUMBER)
        await say(database, body=body)
        assert (await over(database)).state is UNKNOWN
        assert at.holds
        at.holds.set()
        await asyncio.sleep(0.5)
        assert (await look(database)).state is state


async def test_it_waits_while_nobody_is_there_and_leaves_when_somebody_is(
    database: Database,
) -> None:
    at = await SmppCentre().start()
    await at.stop()
    async with sending(database, by(at)):
        await say(database)
        await asyncio.sleep(3.5)
        waiting = await look(database)
        assert waiting.state in (MessageState.QUEUED, MessageState.SENDING)
        async with centre(port=at.port) as back:
            assert (await over(database)).state is SENT
            assert back.texts(PHONE) == [CHINESE]


async def test_what_nobody_took_for_too_long_has_failed(database: Database) -> None:
    at = await SmppCentre().start()
    await at.stop()
    async with sending(database, by(at, give_up_s=0.5)):
        await say(database)
        message = await over(database)
    assert message.state is FAILED
    assert "message centre" in (message.failure or "")


async def test_the_line_is_bound_anew_after_loss_and_after_silence(database: Database) -> None:
    async with centre() as at, sending(database, by(at, enquire_s=0.2)):
        await eventually(lambda: _any(at.enquiries))
        at.bound[0].writer.transport.abort()
        await eventually(lambda: _any(at.binds == 2 and at.bound))
        at.silent = True
        await eventually(lambda: _any(at.binds == 3 and at.bound))
        at.silent = False
        await say(database)
        assert (await over(database)).state is SENT


async def test_a_wrong_password_leaves_it_waiting(database: Database) -> None:
    async with centre(password="another") as at, sending(database, by(at)):
        await say(database)
        await eventually(lambda: _any(at.binds >= 2))
        assert (await look(database)).state in (MessageState.QUEUED, MessageState.SENDING)
        assert at.taken == []


async def test_over_tls(database: Database, tmp_path: Path) -> None:
    certificate, key = self_made_certificate(tmp_path)
    async with (
        centre(tls=server_context(certificate, key)) as at,
        sending(database, by(at, tls=True, ca=certificate)),
    ):
        await say(database)
        assert (await over(database)).state is SENT


async def _any(found: Any) -> Any:
    return found


class _Never(Exception):
    """Nothing raises it."""
