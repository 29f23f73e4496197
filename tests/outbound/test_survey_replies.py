"""Texts that come back while a survey is open: answers to what was asked, and all the others."""

from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.messages import inbound
from callcenter.messages.inbound import Written
from callcenter.outbound import replies
from callcenter.outbound.replies import Replies
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.response import Via
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind
from tests.db.cast import CONTROL
from tests.outbound.campaigns.asking import (
    LINKS,
    PHONE,
    arrive,
    campaign,
    open_survey,
    owner,
    sends,
    texts,
)
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import question, says, survey, words

FREE = survey(question("text", "more", words=words("说说看。", "Tell us.")))
PLEA = "车又坏了"
LATER = "update survey_texts set queued_at = now() - interval '1 hour'"
NEW_TEXT = """
insert into messages (id, key, channel, recipient, language, purpose, body, ticket_id, created_at)
values (gen_random_uuid(), 'x', 'text', $1, 'zh', 'on_the_way', '救援车已出发', $2, now())
"""


async def wrote(database: Database, body: str, sender: str = PHONE) -> str:
    """What it was taken for."""
    written = Written("centre", sender, body)
    reader = Replies("https://care.example", LINKS)
    text_id = await database.run(lambda tx: inbound.take(tx, written, reader))

    async def meant(tx: Tx) -> str:
        found: str = await tx.connection.fetchval(
            "select meant from inbound_texts where id = $1", text_id
        )
        return found

    return await database.run(meant, readonly=True)


async def answers(scene: Scene) -> list[tuple[str, str]]:
    rows = await scene.connection.fetch("select question, value from survey_answers")
    return [(row["question"], row["value"]) for row in rows]


async def asked(scene: Scene, database: Database, owner_id: UUID, survey_id: UUID) -> None:
    """By a text that has arrived."""
    await campaign(scene, [owner_id], survey_id)
    await sends(database)
    await arrive(scene)


async def test_a_digit_answers_the_question_in_the_text_and_the_next_one_follows(
    scene: Scene, database: Database
):
    await asked(scene, database, await owner(database), await open_survey(database))
    assert await wrote(database, "5") == "answer"
    assert (await texts(scene))[-1] == "还有什么要说?"
    assert await wrote(database, "师傅很好") == "answer"
    assert [code for code, _ in await answers(scene)] == ["all", "more"]


async def test_what_is_no_answer_reaches_a_person(scene: Scene, database: Database):
    await asked(scene, database, await owner(database), await open_survey(database))
    assert await wrote(database, PLEA) == "nothing_known"
    assert "同事" in (await texts(scene))[-1]
    assert await wrote(database, "9") == "nothing_known"
    assert await wrote(database, "坏了3次了") == "nothing_known"
    assert await answers(scene) == []


async def test_a_survey_that_was_not_asked_by_text_takes_none(scene: Scene, database: Database):
    """Its link was made, and the text held back; another is an agent's; a third was long ago."""
    his = await owner(database)
    await campaign(scene, [his], await open_survey(database))
    await sends(database)
    assert await wrote(database, "5") == "nothing_known"
    survey_id = await open_survey(database)
    async with database.transaction() as tx:
        begun = await responses.open_response(tx, survey_id, owner_id=his)
        await says(tx, begun.id, "all", score=4, via=Via.AGENT_CALL)
    assert await wrote(database, PLEA) == "nothing_known"
    await arrive(scene)
    await scene.connection.execute("update contact_ledger set at = now() - interval '15 days'")
    assert await wrote(database, "4") == "nothing_known"
    assert [code for code, _ in await answers(scene)] == ["all"]


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_a_call_for_help_that_wants_no_texts_is_no_free_words(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
):
    if blind:
        monkeypatch.setattr(replies, "speaks_of_both", lambda text: False)
    his = await owner(database)
    await asked(scene, database, his, await open_survey(database, FREE))
    assert await wrote(database, "别再发短信了,车又抛锚了,快派人来") == "nothing_known"
    assert await answers(scene) == []
    reach = await database.run(lambda tx: consents.reach_of(tx, his))
    assert reach.silent == frozenset()


async def test_free_words_answer_only_what_was_asked_last(scene: Scene, database: Database):
    """A text about his rescue has come after the question: he answers that."""
    his = await owner(database)
    await asked(scene, database, his, await open_survey(database, FREE))
    ticket = await database.run(
        lambda tx: tickets.open_ticket(tx, "test", kind=Kind.RESCUE, particulars={}, owner_id=his)
    )
    await scene.connection.execute("update contact_ledger set at = now() - interval '1 hour'")
    await scene.connection.execute(NEW_TEXT, PHONE, ticket.id)
    assert await wrote(database, PLEA) == "nothing_known"
    await scene.connection.execute("delete from messages where key = 'x'")
    assert await wrote(database, "都很好") == "answer"


async def test_free_words_after_a_link_alone_are_read_by_a_person(scene: Scene, database: Database):
    his = await owner(database)
    await campaign(scene, [his], await open_survey(database, FREE), "请看:{survey_link}")
    await sends(database)
    await arrive(scene)
    assert await wrote(database, PLEA) == "nothing_known"


@pytest.mark.parametrize("shared", [False, True])
async def test_it_answers_the_survey_that_he_was_asked_last(
    scene: Scene, database: Database, shared: bool
):
    """Though he has gone further with the one before; so it is with two who share the number."""
    his = await owner(database)
    other = await owner(database) if shared else his
    before, last = await open_survey(database), await open_survey(database)
    await asked(scene, database, his, before)
    assert await wrote(database, "4") == "answer"
    await scene.connection.execute(LATER)
    await asked(scene, database, other, last)
    assert await wrote(database, "2") == "answer"
    row = await scene.connection.fetchrow(
        "select r.survey_id, r.owner_id from survey_answers a join survey_responses r"
        " on r.id = a.response_id where a.value ->> 'score' = '2'"
    )
    assert row is not None
    assert tuple(row) == (last, other)


async def test_it_answers_the_question_that_stood_in_the_text(scene: Scene, database: Database):
    """He has gone on by the page meanwhile: his 1 is no answer to what the page asks now."""
    two = survey(*(question("csat", code) for code in ("first", "second", "third")))
    await asked(scene, database, await owner(database), await open_survey(database, two))
    async with database.transaction() as tx:
        (row,) = await tx.connection.fetch("select id from survey_responses")
        await says(tx, row["id"], "first", score=5)
    assert await wrote(database, "1") == "answer"
    assert [code for code, _ in await answers(scene)] == ["first"]


@pytest.mark.parametrize(
    ("body", "silent", "words"),
    [
        ("TD", {Channel.TEXT}, "停发短信"),
        ("别再打电话了", {Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL}, "不再给您打电话"),
        ("Do not call me", {Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL}, "打电话"),
        ("请勿打扰", set(Channel), "邮件"),
    ],
)
async def test_who_wants_no_calls_is_not_called(
    scene: Scene, database: Database, body: str, silent: set[Channel], words: str
):
    his = await owner(database)
    assert await wrote(database, body) in ("refusal", "likely_refusal")
    reach = await database.run(lambda tx: consents.reach_of(tx, his))
    assert set(reach.silent) == silent
    assert words in (await texts(scene))[-1]


async def test_it_is_told_in_his_language(scene: Scene, database: Database):
    await database.run(
        lambda tx: customers.add_owner(tx, "test", name="Li", phones=[PHONE], language="en")
    )
    await wrote(database, "stop calling me")
    assert "no more calls or texts" in (await texts(scene))[-1]
