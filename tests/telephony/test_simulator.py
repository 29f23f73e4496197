"""A telephone without a telephone: the page drives the call that it began, and no other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import samples
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.ports import House, NoQueue
from callcenter.telephony.flow.walk import walk
from callcenter.telephony.prompts.store import Prompts, digest_of
from callcenter.telephony.prompts.voice import Voice
from callcenter.telephony.simulator import service as simulator
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from tests.calls.floor import Floor
from tests.service import Client, Refused, Service, eventually, running
from tests.telephony.house import Linked
from tests.telephony.test_prompts import SPEAKS, tone

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
CALLS = "/api/v1/simulated-calls"
NIGHT = "callcenter.telephony.flow.walk.is_open"


@pytest.fixture
async def demo(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(database, intake, data_dir=tmp_path, demo=True) as it:
        yield it


@pytest.fixture
async def client(demo: Service) -> Client:
    """Somebody who tries the hotline, and may do nothing else."""
    return await demo.client([Permission.HOTLINE_TRY])


@dataclass
class Page:
    """The page with the telephone; `acts` is what it was told last."""

    client: Client
    token: str = ""
    acts: list[Any] = field(default_factory=list)

    async def dials(self, caller: str | None = samples.SAMPLE_CALLER) -> "Page":
        begun = await self.client.post(CALLS, {"caller": caller})
        self.token, self.acts = begun["token"], begun["acts"]
        return self

    async def presses(self, key: str | None, sequence: int = 1) -> list[Any]:
        body = {"sequence": sequence, "key": key}
        self.acts = (await self.client.post(f"{CALLS}/{self.token}/keys", body))["acts"]
        return self.acts

    async def line(self) -> Any:
        return await self.client.put(f"{CALLS}/{self.token}/beat", None)

    async def hangs_up(self) -> None:
        await self.client.delete(f"{CALLS}/{self.token}")

    async def says(self, wav: bytes, sequence: int, **query: str) -> Any:
        path = f"{CALLS}/{self.token}/messages/{sequence}"
        headers = {"Content-Type": "audio/wav"}
        return await self.client._send("PUT", path, data=wav, headers=headers, params=query)


@pytest.fixture
async def page(client: Client) -> Page:
    return await Page(client).dials()


def kinds(acts: list[Any]) -> list[str]:
    return [one["kind"] for one in acts]


async def rows(database: Database, query: str) -> list[dict[str, Any]]:
    async with database.reading() as tx:
        return [dict(row) for row in await tx.connection.fetch(query)]


async def the_call(database: Database) -> dict[str, Any]:
    (found,) = await rows(database, "select * from calls order by id desc limit 1")
    return found


async def test_he_hears_the_menu_presses_3_waits_and_an_agent_picks_up_and_hangs_up(
    demo: Service, page: Page
):
    assert kinds(page.acts) == ["say", "ask"]
    assert page.acts[0]["words"]["step"] == "greeting"
    assert [one["language"] for one in page.acts[1]["words"]] == ["en", "zh"]
    acts = await page.presses("3")
    assert (acts[-1]["kind"], acts[-1]["step"]) == ("wait", "rescue_queue")
    assert any("定位短信已发出" in one["words"]["text"] for one in acts[:-1])
    line = await page.line()
    assert (line["state"], line["place"], line["ahead"]) == ("ringing", "waiting", 0)

    floor = Floor(demo.database)
    agent = await floor.agent()
    await floor.ready(agent)
    assert (await page.line())["place"] == "offered"
    await floor.picks_up(agent)
    line = await page.line()
    assert (line["state"], line["agent"]) == ("answered", "agent0")
    call = await the_call(demo.database)
    desk = await demo.agent()
    await desk.post(f"/api/v1/calls/{call['id']}/end", {"reason": "agent_hung_up"})
    line = await page.line()
    assert (line["state"], line["end_reason"]) == ("ended", "agent_hung_up")
    await page.hangs_up()
    assert await rows(demo.database, "select from flow_positions") == []
    assert (await floor.seat(agent)).contact == "wrap_up"


async def test_he_hangs_up_in_a_talk_and_the_agent_writes_it_up(demo: Service, page: Page):
    floor = Floor(demo.database)
    agent = await floor.agent()
    await floor.ready(agent)
    await page.presses("0")
    await floor.picks_up(agent)
    await page.hangs_up()
    assert (await the_call(demo.database))["end_reason"] == "caller_hung_up"
    assert (await floor.seat(agent)).contact == "wrap_up"


async def test_nobody_takes_him_out_of_the_menu_and_without_a_seat_out_of_the_queue(
    demo: Service, page: Page
):
    desk = await demo.agent()
    call = await the_call(demo.database)
    with pytest.raises(Refused, match="call_move_refused"):
        await desk.post(f"/api/v1/calls/{call['id']}/answer")
    await page.presses("3")
    await desk.post(f"/api/v1/calls/{call['id']}/answer")
    assert (await page.line())["state"] == "answered"
    await page.hangs_up()
    assert (await the_call(demo.database))["end_reason"] == "caller_hung_up"


async def test_who_hangs_up_in_the_queue_is_called_back_and_who_does_in_the_menu_is_gone(
    demo: Service, page: Page
):
    await page.hangs_up()
    assert (await the_call(demo.database))["end_reason"] == "abandoned"
    await page.dials()
    await page.presses("3")
    await page.hangs_up()
    places = await rows(demo.database, "select kind, state, caller from queue_entries order by id")
    assert [tuple(one.values()) for one in places] == [
        ("call", "abandoned", samples.SAMPLE_CALLER),
        ("call_back", "waiting", samples.SAMPLE_CALLER),
    ]


async def presses_twice(demo: Service, page: Page) -> None:
    both = await asyncio.gather(page.presses("3"), page.presses("3"))
    late, again = await page.presses("9"), await page.presses("3")
    assert [acts == again for acts in (*both, late)] == [True, True, True]
    assert len(await rows(demo.database, "select from location_links")) == 1
    assert len(await rows(demo.database, "select from queue_entries")) == 1


async def test_a_key_pressed_twice_and_another_behind_it_are_one_key(demo: Service, page: Page):
    await presses_twice(demo, page)


@CONTROL
async def test_without_the_number_of_the_wait_each_press_would_be_another(
    demo: Service, page: Page, monkeypatch: pytest.MonkeyPatch
):
    def any_wait(of: Any, at: Any, heard: Any, now: Any) -> Any:
        began = flow.Position() if at.is_over else at
        at_menu = walk(of, began, flow.Heard(flow.What.BEGAN), now).position
        key = flow.Heard(heard.what, at_menu.sequence, heard.key)
        return walk(of, at_menu, key, now)

    await page.presses("9")
    monkeypatch.setattr(flow, "walk", any_wait)
    await presses_twice(demo, page)


async def test_a_key_before_the_prompt_is_over_and_one_that_comes_too_late(
    demo: Service, page: Page, monkeypatch: pytest.MonkeyPatch
):
    """English at once, then a silence that belonged to the first menu: it changes nothing."""
    acts = await page.presses("9")
    assert acts[-1]["words"][-1]["text"].startswith("For roadside rescue")
    assert await page.presses(None, 1) == acts
    monkeypatch.setattr(NIGHT, lambda *_: False)
    assert kinds(await page.presses("1", 2)) == ["ask"]


async def too_late(page: Page) -> None:
    await page.hangs_up()
    for word in (lambda: page.presses("3"), page.line, page.hangs_up):
        assert await refusal(word) == 404


async def test_what_comes_behind_the_hang_up_is_told_that_it_is_over(demo: Service, page: Page):
    await too_late(page)
    assert len(await rows(demo.database, "select from queue_entries")) == 0


@CONTROL
async def test_without_letting_the_line_go_it_would_be_heard(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    async def only_the_call(tx: Any, call_id: UUID, rules: Any, **_: bool) -> None:
        await flow.leave(tx, "x", call_id, House(queue=NoQueue(), links=Linked()))

    monkeypatch.setattr(simulator, "hang_up", only_the_call)
    await too_late(page)


async def refusal(word: Any) -> int:
    """The status of the refusal; 0: it was heard."""
    try:
        await word()
    except Refused as refused:
        return refused.status
    return 0


async def strangers(demo: Service, client: Client, page: Page) -> None:
    """Another who may try the hotline, too, with the call's id and the page's own token."""
    other = await demo.client([Permission.HOTLINE_TRY])
    call_id: UUID = (await the_call(demo.database))["id"]
    forged = SignedLinks(b"another key").make("simulated call", call_id)
    location = SignedLinks(b"another key").make("location", call_id)
    for who, token in (
        (other, page.token),
        (client, forged),
        (client, location),
        (client, str(call_id)),
        (client, page.token[:-1] + ("A" if page.token[-1] != "A" else "B")),
    ):
        stolen = Page(who, token)
        for word in (partial(stolen.presses, "3"), stolen.line, stolen.hangs_up):
            assert await refusal(word) == 404, f"{token} was believed"


async def test_nobody_drives_a_call_but_the_page_that_began_it(
    demo: Service, client: Client, page: Page
):
    await strangers(demo, client, page)
    assert (await page.line())["state"] == "menu"
    nobody = await demo.client([Permission.CALLS_WRITE])
    with pytest.raises(Refused) as refused:
        await Page(nobody).dials()
    assert refused.value.status == 403


@CONTROL
async def test_without_the_look_at_who_holds_it_anybody_could(
    demo: Service, client: Client, page: Page, monkeypatch: pytest.MonkeyPatch
):
    async def anybody(tx: Any, call_id: UUID, holder: str) -> UUID:
        return call_id

    monkeypatch.setattr(simulator, "held", anybody)
    await strangers(demo, client, page)


async def silent_page(demo: Service, page: Page, *, seconds: int) -> str:
    """It was not heard of for so long, and its clock goes off: what became of the call."""
    await page.presses("3")
    async with demo.database.transaction() as tx:
        await tx.connection.execute(
            "update simulated_calls set seen_at = now() - make_interval(secs => $1)", seconds
        )
        await tx.connection.execute(
            "update pgqueuer set execute_after = now() where entrypoint = 'simulator.is_he_there'"
        )
    jobs = "select from jobs_done where key like 'simulator.%'"
    await eventually(lambda: rows(demo.database, jobs))
    return str((await the_call(demo.database))["state"])


async def test_a_page_that_is_gone_has_hung_up_and_waits_for_nobody(demo: Service, page: Page):
    assert await silent_page(demo, page, seconds=91) == "ended"
    assert (await the_call(demo.database))["end_reason"] == "line_lost"
    assert await rows(demo.database, "select from simulated_calls") == []


async def test_a_page_in_the_background_speaks_once_a_minute_and_keeps_its_call(
    demo: Service, page: Page
):
    assert await silent_page(demo, page, seconds=61) == "ringing"
    clock = (
        "select from pgqueuer where entrypoint = 'simulator.is_he_there' and execute_after > now()"
    )
    assert len(await rows(demo.database, clock)) == 1


@CONTROL
async def test_without_the_clock_a_closed_tab_would_wait_for_ever(
    demo: Service, page: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(simulator, "SILENCE", simulator.SILENCE * 1000)
    assert await silent_page(demo, page, seconds=91) == "ended"


async def at_the_record(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NIGHT, lambda *_: False)
    await page.presses("1")
    acts = await page.presses("1", 2)
    assert (acts[-1]["kind"], acts[-1]["sequence"]) == ("record", 3)


async def test_a_message_is_kept_once_and_somebody_will_call_back(
    demo: Service, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await at_the_record(page, monkeypatch)
    with pytest.raises(Refused) as refused:
        await page.says(b"no sound", 3)
    assert refused.value.code == "recording_refused"
    told = await page.says(tone(8000), 3)
    assert kinds(told["acts"]) == ["say", "close"]
    assert (await page.says(tone(8000), 3)) == told, "sent again"
    assert (await page.says(tone(8000), 9)) == told, "to a wait that never was"
    (left,) = await rows(demo.database, "select * from left_messages")
    assert (tmp_path / left["recording"]).is_file()
    call = await the_call(demo.database)
    assert (call["end_reason"], call["ticket_id"] is None) == ("flow_hung_up", False)
    assert (await page.line())["state"] == "ended"


async def test_who_hangs_up_behind_his_message_has_left_one(
    demo: Service, page: Page, monkeypatch: pytest.MonkeyPatch
):
    await at_the_record(page, monkeypatch)
    assert kinds((await page.says(tone(8000), 3, hung_up="true"))["acts"]) == ["close"]
    assert len(await rows(demo.database, "select from left_messages")) == 1
    assert (await the_call(demo.database))["end_reason"] == "caller_hung_up"


@SPEAKS
async def test_what_he_is_told_he_can_hear_and_nothing_else(demo: Service, page: Page):
    words = page.acts[0]["words"]
    async with page.client.session.get(words["sound"]) as answer:
        assert (answer.status, answer.content_type) == (200, "audio/wav")
        assert len(await answer.read()) > 8000
    other = words["sound"].rpartition("/")[0] + "/" + "0" * 32
    async with page.client.session.get(other) as answer:
        assert answer.status == 404


async def test_without_a_voice_the_browser_is_told_to_speak(
    database: Database, intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Voice, "of_this_machine", lambda: Voice(None))
    async with running(database, intake, data_dir=tmp_path, demo=True) as mute:
        client = await mute.client([Permission.HOTLINE_TRY])
        assert (await client.get("/api/v1/simulated-phone"))["voice"] is False
        page = await Page(client).dials()
        assert page.acts[0]["words"]["sound"] is None
        recorded = digest_of(page.acts[0]["words"]["text"], "zh")
        Prompts.of(tmp_path).keep_recording(recorded, tone(8000))
        assert (await page.dials()).acts[0]["words"]["sound"].endswith(recorded)


async def test_only_the_demo_takes_numbers(service: Service):
    client = await service.client([Permission.HOTLINE_TRY])
    phone = await client.get("/api/v1/simulated-phone")
    assert (phone["any_number"], [one["who"] for one in phone["callers"]]) == (False, ["withheld"])
    with pytest.raises(Refused) as refused:
        await Page(client).dials("13800138000")
    assert refused.value.code == "simulated_number_refused"
    page = await Page(client).dials(None)
    assert (await page.line())["state"] == "menu"
