"""The same menu walked by a VoiceXML browser, by addresses that nobody else can write."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest

from callcenter.db.database import Database
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.flow.walk import Heard, Position, Walked, walk
from callcenter.telephony.voicexml import document as written
from callcenter.telephony.voicexml import http as voicexml
from callcenter.telephony.voicexml.links import CallLinks
from callcenter.web.permission import Permission
from tests.service import Service
from tests.telephony.acts import EVERY_KIND, SOUNDS
from tests.telephony.twiml_carrier import PUBLIC
from tests.telephony.voice_browser import CAN_VALIDATE, NS, Posted, VoiceBrowser, faults_by_the_dtd
from tests.telephony.written import counts

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
OPEN, CLOSED = (lambda rule, at: True), (lambda rule, at: False)


@pytest.fixture
async def entry(hotline: Service) -> str:
    admin = await hotline.client([Permission.HOTLINE_ADMIN])
    told = await admin.get("/api/v1/call-flow/carriers")
    assert told["twiml"]["voice_url"] == f"{PUBLIC}/carriers/twiml/calls"
    return str(told["voicexml_url"])


@pytest.fixture
async def call(hotline: Service, entry: str) -> AsyncIterator[VoiceBrowser]:
    """One that has begun. Each document that it was given must be valid in the end."""
    browser = await VoiceBrowser(hotline).begins(entry)
    yield browser
    if CAN_VALIDATE:
        found = [await faults_by_the_dtd(document) for document in browser.documents]
        assert found == [""] * len(found)


async def the_call(database: Database) -> dict[str, Any]:
    async with database.reading() as tx:
        row = await tx.connection.fetchrow("select * from calls where carrier_ref like 'voicexml%'")
        return dict(row)


async def test_key_3_ends_in_the_rescue_group_s_queue(hotline: Service, call: VoiceBrowser):
    assert call.heard[0].startswith("zh-CN 您好")
    assert "en-US For English, press 9." in call.heard
    await call.presses("3")
    assert call.over == "exit'rescue'", "the IVR knows the group itself"
    assert any("定位短信已发出" in text for text in call.heard)
    assert (await counts(hotline.database))["links"] == 1
    assert (await the_call(hotline.database))["caller"] == "+8613900139000"


async def test_a_transfer_that_nobody_answers_rings_the_desk_phones(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", OPEN)
    await call.presses("2")
    assert call.destination() == "sip:technical@desk.example.cn"
    await call.transfer_ends("noanswer")
    assert call.destination() == "tel:+862400000000"
    await call.transfer_ends("far_end_disconnect")
    assert call.over == "disconnect"
    found = await the_call(hotline.database)
    assert (found["state"], found["end_reason"]) == ("ended", "caller_hung_up")


async def test_silence_english_and_a_message_at_night(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", CLOSED)
    await call.is_silent()
    await call.presses("9")
    assert call.heard[-1].startswith("en-US For roadside rescue")
    await call.presses("1")
    await call.presses("1")
    await call.speaks(b"RIFF....WAVE")
    assert call.over == "disconnect"
    found = await the_call(hotline.database)
    assert (found["state"], found["end_reason"]) == ("ended", "flow_hung_up")
    async with hotline.database.reading() as tx:
        kept = await tx.connection.fetchval("select recording from left_messages")
        row = await tx.connection.fetchrow(
            "select r.state, r.file from left_messages m join call_recordings r on r.id ="
            " m.recording_id"
        )
        assert tuple(row) == ("kept", kept)
    assert (hotline.settings.data_dir / kept).read_bytes() == b"RIFF....WAVE"
    # Sent again with other words: the first stay.
    last = call.log[-1]
    await call.posts(Posted(last.url, {"message": b"RIFF....XXXX"}))
    assert (hotline.settings.data_dir / kept).read_bytes() == b"RIFF....WAVE"


async def test_who_hangs_up_behind_his_message_has_left_it(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("callcenter.telephony.flow.walk.is_open", CLOSED)
    await call.presses("1")
    await call.presses("1")
    await call.speaks_and_hangs_up(b"RIFF....WAVE")
    assert (await counts(hotline.database))["messages"] == 1
    found = await the_call(hotline.database)
    assert (found["state"], found["end_reason"]) == ("ended", "caller_hung_up")
    assert found["ticket_id"] is not None


async def test_who_hangs_up_is_ended_and_what_comes_after_is_over(
    hotline: Service, call: VoiceBrowser
):
    await call.presses("9")
    key = call.log[-1]
    await call.hangs_up()
    await call.posts(call.log[-1])
    found = await the_call(hotline.database)
    assert (found["state"], found["end_reason"]) == ("ended", "abandoned")
    status, document = await call.posts(key)
    assert status == 200
    assert "<disconnect" in document


async def twice(database: Database, call: VoiceBrowser) -> None:
    """Every request again, and an old key at once with a new one: one call, one link."""
    ring = call.log[0]
    for one in await asyncio.gather(*(call.posts(ring) for _ in range(2))):
        assert _said(one[1]) == _said(call.documents[-1])
    await call.presses("9")
    old = call.log[-1]
    await call.presses("8")
    menu = _said(call.documents[-1])
    assert [_said((await call.posts(old))[1]) for _ in range(2)] == [menu, menu]
    await call.presses("3")
    before, key = await counts(database), call.log[-1]
    answers = await asyncio.gather(call.posts(key), call.posts(old), call.posts(ring))
    assert {_said(document) for _, document in answers} == {_said(call.documents[-1])}
    assert await counts(database) == before
    assert before["calls"] == before["links"] == 1


def _said(document: str) -> str:
    """Without the addresses, which end a little later each time."""
    return "|".join(text for text in ElementTree.fromstring(document).itertext() if text.strip())


async def test_what_comes_twice_at_once_or_late_is_told_the_same(
    hotline: Service, call: VoiceBrowser
):
    await twice(hotline.database, call)


@CONTROL
async def test_without_the_number_of_the_wait_an_old_key_would_be_pressed_again(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    def unnumbered(flow: Flow, at: Position, heard: Heard, now: datetime) -> Walked:
        return walk(flow, at, replace(heard, sequence=at.sequence), now)

    monkeypatch.setattr("callcenter.telephony.flow.service.walk", unnumbered)
    await twice(hotline.database, call)


def changed(url: str, **parts: str) -> str:
    """The address with one of its parts made up."""
    split = urlsplit(url)
    _, carriers, dialect, token, step = split.path.split("/", 4)
    until = parts.get("until", parse_qs(split.query)["until"][0])
    where = f"{carriers}/{dialect}/{parts.get('token', token)}/{parts.get('step', step)}"
    return f"{PUBLIC}/{where}?until={until}"


async def made_up(hotline: Service, call: VoiceBrowser) -> None:
    """Addresses that we did not write for this."""
    await call.presses("9")
    url = call.log[-1].url
    before = await counts(hotline.database)
    token = urlsplit(url).path.split("/")[3]
    for wrong in (
        changed(url, step="waits/2"),
        changed(url, step="left"),
        changed(url, step="calls"),
        changed(url, until="9999999999"),
        changed(url, token=token[::-1]),
        changed(url, token="x"),
    ):
        status, _ = await call.posts(Posted(wrong, {"key": "3"}))
        assert status == 403, wrong
    assert await counts(hotline.database) == before


async def test_an_address_that_we_did_not_write_is_refused(hotline: Service, call: VoiceBrowser):
    await made_up(hotline, call)


@CONTROL
async def test_without_the_signature_any_call_could_be_answered_for(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(CallLinks, "read", lambda *_: UUID(int=1))
    await made_up(hotline, call)


async def test_an_address_ends(
    hotline: Service, call: VoiceBrowser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(voicexml, "LONGEST_CALL", -voicexml.LONGEST_CALL)
    await call.presses("9")
    status, _ = await call.posts(Posted(_left_of(call.documents[-1]), {"outcome": "hangup"}))
    assert status == 403
    assert (await the_call(hotline.database))["state"] == "menu"


def _left_of(document: str) -> str:
    submit = ElementTree.fromstring(document).find(f"{NS}catch/{NS}submit")
    assert submit is not None
    return submit.attrib["next"]


async def test_the_entry_is_a_secret_and_looking_at_it_writes_nothing(hotline: Service, entry: str):
    browser = VoiceBrowser(hotline)
    for url, wanted in ((entry, 200), (entry[:-1] + "x", 403), (f"{entry}x", 403)):
        where = f"{hotline.server.make_url('/')}{url.removeprefix(PUBLIC).lstrip('/')}"
        agent = await hotline.agent()
        async with agent.session.get(where) as answer:
            assert answer.status == wanted
    assert (await counts(hotline.database))["calls"] == 0
    assert browser.log == []


async def test_without_the_setting_there_are_no_such_addresses(service: Service):
    agent = await service.agent()
    async with agent.session.get("/carriers/voicexml/x") as answer:
        assert answer.status == 404


@pytest.mark.skipif(not CAN_VALIDATE, reason="no w3c-sgml-lib or xmllint: VoiceXML not validated")
@pytest.mark.parametrize("fallback", ["", "tel:+862400000000"])
async def test_every_kind_of_document_is_valid_by_the_published_dtd(fallback: str):
    addresses = written.Addresses(
        heard=lambda n: f"https://x/{n}?until=1",
        left="https://x/l?a=1&b=2",
        fallback=fallback,
        groups={"far": "sip:far@example.cn"},
    )
    documents = [written.document(acts, addresses, SOUNDS) for acts in EVERY_KIND]
    documents += [written.entry("https://x/1"), written.fallback(fallback, "https://x/2")]
    for document in documents:
        assert await faults_by_the_dtd(document.decode()) == "", document.decode()
    broken = documents[0].replace(b"<block", b"<blok").replace(b"</block", b"</blok")
    assert "blok" in await faults_by_the_dtd(broken.decode())
