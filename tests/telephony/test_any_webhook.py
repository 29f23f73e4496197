"""Whatever a carrier signs, and whatever comes to an address that we wrote, is no fault of ours."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.telephony.twiml.http import ENDED, HUNG_UP, TALKED
from callcenter.telephony.voicexml.links import CallLinks
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from tests.contract.fuzzing import WHILE_THE_SERVICE_RUNS
from tests.service import Service
from tests.telephony.twiml_carrier import PUBLIC, TwimlCall, signed
from tests.telephony.voice_browser import VoiceBrowser

pytestmark = pytest.mark.filterwarnings(WHILE_THE_SERVICE_RUNS)
WORDS = st.text(max_size=30) | st.sampled_from(["", "3", "#", "33", "\x00", "é", "😀", "x" * 3000])
PATHS = ["calls", "left", "left?fallback=true", "left?fallback=x", "status"]
PATHS += [f"waits/{number}" for number in (0, 1, 2, 3, 1000, 1001, "x", -1)]
FIELDS = {
    "CallSid": st.sampled_from(["CA1", "CA2", "", "x" * 400]) | WORDS,
    "From": st.sampled_from(["+8613900139000", "anonymous", "sip:a@b"]) | WORDS,
    "Digits": WORDS,
    "CallStatus": st.sampled_from(sorted(ENDED)) | WORDS,
    "QueueResult": st.sampled_from(sorted(TALKED | HUNG_UP)) | WORDS,
    "RecordingUrl": st.just("") | WORDS,
    "RecordingDuration": st.sampled_from(["", "7", "-1", "9" * 30, "NaN"]),
}
FORMS = st.fixed_dictionaries({}, optional=FIELDS | {"unknown": WORDS, "csrf_token": WORDS})


@pytest.fixture
async def calls(hotline: Service) -> Service:
    """Two that stand in the menu."""
    for sid in ("CA1", "CA2"):
        await TwimlCall(hotline, sid).rings()
    return hotline


async def test_whatever_a_twiml_carrier_signs_is_answered(calls: Service):
    address = str(calls.server.make_url("/")).rstrip("/")
    statuses: set[int] = set()

    @given(path=st.sampled_from(PATHS), form=FORMS)
    @settings(max_examples=150)
    def sent(path: str, form: dict[str, str]) -> None:
        where = f"/carriers/twiml/{path}"
        own = {name: text for name, text in form.items() if name != "csrf_token"}
        headers = {"X-Twilio-Signature": signed(PUBLIC + where, own)}
        answer = line.post(address + where, data=form, headers=headers, timeout=60)
        assert answer.status_code in (200, 204, 403, 422), (path, form, answer.text)
        if answer.status_code == 200:
            assert ElementTree.fromstring(answer.content).tag == "Response"
        statuses.add(answer.status_code)

    with requests.Session() as line:
        await asyncio.to_thread(sent)
    assert {200, 204, 422} <= statuses


async def test_whatever_comes_to_an_address_of_a_call_is_answered(
    hotline: Service, database: Database
):
    admin = await hotline.client([Permission.HOTLINE_ADMIN])
    entry = (await admin.get("/api/v1/call-flow/carriers"))["voicexml_url"]
    browser = await VoiceBrowser(hotline).begins(entry)
    await browser.presses("9")
    links = await addresses(database)
    address = str(hotline.server.make_url("/")).rstrip("/")
    statuses: set[int] = set()
    outcome = st.sampled_from(["hangup", "busy", "far_end_disconnect"]) | WORDS
    form = st.fixed_dictionaries(
        {}, optional={"key": WORDS, "outcome": outcome, "caller": WORDS, "unknown": WORDS}
    )

    @given(url=st.sampled_from(links), form=form, message=st.none() | st.binary(max_size=50))
    @settings(max_examples=150)
    def sent(url: str, form: dict[str, str], message: bytes | None) -> None:
        files: Any = {"message": ("m.wav", message)} if message is not None else None
        where = address + url.removeprefix(PUBLIC)
        answer = line.post(where, data=form, files=files, timeout=60)
        assert answer.status_code in (200, 400, 422), (url, form, answer.text)
        if answer.status_code == 200:
            assert ElementTree.fromstring(answer.content).tag.endswith("vxml")
        statuses.add(answer.status_code)

    with requests.Session() as line:
        await asyncio.to_thread(sent)
    assert 200 in statuses


async def addresses(database: Database) -> list[str]:
    """Every kind, for the call that stands in its flow and for one that never began."""
    installed = await database.run(installation.ensure)
    links = CallLinks(SignedLinks(installed.link_key), PUBLIC)
    async with database.reading() as tx:
        now = await tx.now()
        call_id = await tx.connection.fetchval("select id from calls")
    steps = ["calls", "waits/1", "waits/2", "waits/3", "waits/1000", "left", "left/fallback"]
    until = now + timedelta(hours=1)
    known = [links.make(step, call_id, until) for step in steps]
    return [*known, links.make("waits/1", UUID(int=7), until)]
