"""Automated calls to owners on a real Asterisk: said, answered by key, left on a machine."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from callcenter.db.database import Database
from callcenter.outbound.dialling.keys import Asked, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine
from callcenter.outbound.model import Way
from callcenter.telephony.owners import speaking
from tests.outbound.dialling.kept_touches import KeptTouches
from tests.service import eventually
from tests.telephony.exchange import Exchange
from tests.telephony.failing import fails_once, nobody_closes
from tests.telephony.owner_scene import OwnerScene, hears
from tests.telephony.sip.sound import tone


@pytest.fixture
async def owners(
    database: Database, exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OwnerScene]:
    """One owner who is due; nobody serves yet. A key is pressed slowly on a busy machine."""
    monkeypatch.setattr(speaking, "KEY_S", 20.0)
    touches = KeptTouches()
    await touches.begin(database)
    await touches.add(database, way=Way.AUTOMATED_CALL)
    folder = exchange.asterisk.folder / tmp_path.name
    at = OwnerScene(database, exchange, folder, await exchange.carrier(), touches)
    yield at
    await at.die()


@pytest.mark.parametrize(
    ("key", "outcome", "did"),
    [
        ("1", "call_back", "book"),
        ("2", "call_back", "call_back"),
        ("8", "wrong_number", "wrong_number"),
        ("9", "opted_out", "opt_out"),
    ],
)
async def test_a_key_is_done_and_answered(owners: OwnerScene, key: str, outcome: str, did: str):
    """That a number is wrong is kept by its outcome; the others have a verb of their own."""
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words", "menu")
    call.press("7")
    await hears(call, "wrong", "menu")
    call.press(key)
    await hears(call, did)
    await call.until("over")
    await owners.until_touches(("sent", outcome))
    assert owners.answers.done == ([] if did == "wrong_number" else [did])

    async def is_closed() -> list[dict[str, Any]]:
        return await owners.rows("select end_reason from calls where state = 'ended'")

    # Written behind the outcome, when the owner is off the line already.
    assert await eventually(is_closed) == [{"end_reason": "flow_hung_up"}]


async def test_a_survey_by_keys_and_what_was_answered_stays(owners: OwnerScene):
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words")
    call.press("3")
    await hears(call, "question")
    call.press("4")
    await hears(call, "question")
    call.hang_up()
    await owners.until_touches(("sent", "survey_begun"))
    assert owners.answers.done == ["q1=4"]


async def test_a_survey_of_many_keys_is_done(owners: OwnerScene):
    """Two digits, a row after a row, one passed over; what is no answer is asked anew."""
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words")
    call.press("3")
    for keys in ("4", "11", "2", "10", "2", "*"):
        await hears(call, "question")
        call.press(keys)
    await hears(call, "survey_done")
    await owners.until_touches(("sent", "survey_done"))
    assert owners.answers.done == ["q1=4", "q2=10,2", "q3=*"]


@pytest.mark.parametrize(("may_pass", "done"), [(True, ["m=4,2"]), (False, [])])
async def test_who_hangs_up_between_rows_has_answered_those_before(
    owners: OwnerScene, may_pass: bool, done: list[str]
):
    """Where rows may be left out; else it is no answer yet."""
    row = Asked("打几分呢", "12345", may_pass=may_pass)
    owners.answers.questions = [Question("m", [row] * 3)]
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words")
    call.press("3")
    for key in "42":
        await hears(call, "question")
        call.press(key)
    await hears(call, "question")
    call.hang_up()

    async def outcomes() -> list[dict[str, Any]]:
        return await owners.rows("select outcome from owner_calls where outcome is not null")

    (came,) = await eventually(outcomes)
    assert (came["outcome"] == "survey_begun") is may_pass
    assert owners.answers.done == done


@pytest.mark.parametrize(("answers", "outcome"), [(0, "answered"), (1, "survey_begun")])
async def test_a_survey_that_is_closed_meanwhile_ends_with_a_good_bye(
    owners: OwnerScene, answers: int, outcome: str
):
    """Nobody is cut off in the middle, and it does not count as done."""
    owners.answers.closed_after = answers
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words")
    call.press("3")
    for _ in range(answers):
        await hears(call, "question")
        call.press("4")
    await hears(call, "bye")
    await call.until("over")
    await owners.until_touches(("sent", outcome))


@pytest.mark.parametrize(
    ("status", "outcome"), [(486, "busy"), (480, "no_answer"), (404, "unreachable")]
)
async def test_who_is_not_reached(owners: OwnerScene, status: int, outcome: str):
    owners.carrier.on_ring = lambda call: call.refuse(status)
    await owners.serve()
    await owners.until_touches(("sent", outcome))
    assert (await owners.rows("select outcome from owner_calls")) == [{"outcome": outcome}]


async def test_who_hangs_up_at_once_has_heard_nothing(owners: OwnerScene):
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words")
    call.hang_up()
    await owners.until_touches(("sent", "hung_up"))


async def test_a_machine_is_let_finish_and_hears_the_words(owners: OwnerScene):
    owners.answers.menu_is = KeyMenu({}, Machine.LEAVE_MESSAGE)
    await owners.serve()
    call = await owners.picks_up()
    call.say(tone(450.0, seconds=3.0))
    await owners.until_touches(("sending", None))
    heard = await call.hear(3.0)
    assert heard.is_silent
    call.say(np.zeros(8000))
    await hears(call, "words", "bye")
    await call.until("over")
    await owners.until_touches(("sent", "machine"))


async def test_a_machine_is_hung_up_on_by_rule(owners: OwnerScene):
    owners.answers.menu_is = KeyMenu({}, Machine.HANG_UP)
    await owners.serve()
    call = await owners.picks_up()
    call.say(tone(450.0, seconds=3.0))
    await call.until("over")
    await owners.until_touches(("sent", "machine"))


async def test_a_person_is_told_after_his_first_word(owners: OwnerScene):
    owners.answers.menu_is = KeyMenu({}, Machine.HANG_UP)
    await owners.serve()
    call = await owners.picks_up()
    call.say(np.concatenate([np.zeros(2000), tone(450.0, seconds=0.4), np.zeros(160_000)]))
    await hears(call, "words")
    call.press("9")
    await owners.until_touches(("sent", "opted_out"))


@pytest.mark.parametrize(
    "guarded",
    [
        pytest.param(True, id="closed"),
        pytest.param(
            False, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)
        ),
    ],
)
async def test_a_call_that_breaks_has_its_end(
    owners: OwnerScene, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    """The switch does not answer in time when the words are to be said."""
    if not guarded:
        nobody_closes(monkeypatch)
    fails_once(monkeypatch, "/play/")
    await owners.serve()
    await (await owners.picks_up()).until("over")

    async def is_closed() -> list[dict[str, Any]]:
        return await owners.rows("select end_reason from calls where state = 'ended'")

    assert await eventually(is_closed, within_s=8.0) == [{"end_reason": "line_lost"}]
    await owners.until_touches(("unknown", None))
    assert await owners.rows("select state from owner_calls") == [{"state": "ended"}]


async def test_what_was_pressed_stands_when_the_call_breaks_behind_it(
    owners: OwnerScene, monkeypatch: pytest.MonkeyPatch
):
    await owners.serve()
    call = await owners.picks_up()
    await hears(call, "words", "menu")
    fails_once(monkeypatch, "/play/")
    call.press("9")
    await call.until("over")
    await owners.until_touches(("sent", "opted_out"))
    assert owners.answers.done == ["opt_out"]
