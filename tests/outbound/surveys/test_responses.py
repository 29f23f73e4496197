"""A response over its life: by several ways, with partial answers, ended once."""

import asyncio
import json
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.outbound.surveys import repository, responses, service, texts
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.by_text import Reply, answer_by_text
from callcenter.outbound.surveys.errors import (
    AnswerRefused,
    QuestionNotAsked,
    ResponseOver,
    SurveyNotOpen,
    SurveyRefused,
    SurveyUnpublished,
)
from callcenter.outbound.surveys.response import ResponseState, Via
from callcenter.outbound.surveys.silence import end_the_late
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind
from callcenter.web.errors import VersionStale
from tests.outbound.surveys.cast import asked, option, published, question, says, survey, words

THREE = survey(
    question("csat", "all", bad_up_to=2),
    question(
        "single",
        "why",
        options=[option("slow"), option("rude")],
        only_if={"kind": "between", "question": "all", "high": 3},
    ),
    question("text", "more", required=False),
)


async def reply_of(tx: Tx, owner_id: UUID, body: str) -> Reply | None:
    return await answer_by_text(tx, "test", [owner_id], "+8613800138000", body)


async def test_begun_by_an_agent_gone_on_by_text_and_ended_on_the_web(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, THREE)
        owner = await customers.add_owner(tx, "test", name="王先生", phones=["+8613800138000"])
    response = await asked(database, survey_id, owner_id=owner.id)
    async with database.transaction() as tx:
        assert await reply_of(tx, owner.id, "1") is None
        found = await says(tx, response, "all", score=2, via=Via.AGENT_CALL)
        # The agent has it sent to him.
        await texts.keep(tx, response, None)
        assert (found.stands.next, found.state) == ("why", ResponseState.OPEN)
        reply = await reply_of(tx, owner.id, "5")
        assert reply is not None
        assert not reply.taken
        reply = await reply_of(tx, owner.id, "1 等了两小时")
        assert reply is not None
        assert reply.taken
        assert reply.words == "好吗?"
        found = await says(tx, response, "more", text="谢谢")
        assert found.state is ResponseState.COMPLETE
        assert found.via == {"all": Via.AGENT_CALL, "why": Via.TEXT, "more": Via.WEB}
        assert found.answers["why"] == Answer(choice="slow", words="等了两小时")
        assert await reply_of(tx, owner.id, "1") is None
        kinds = await tx.connection.fetch(
            "select kind, facts from events where kind like 'survey.%' order by seq"
        )
    facts = [(row["kind"], json.loads(row["facts"]).get("first")) for row in kinds]
    assert facts[-4:] == [
        ("survey.answered", True),
        ("survey.answered", False),
        ("survey.answered", False),
        ("survey.completed", None),
    ]


async def test_an_earlier_answer_may_be_changed_and_what_no_longer_is_asked_does_not_count(
    database: Database,
):
    async with database.transaction() as tx:
        survey_id = await published(tx, THREE)
        response = (await responses.open_response(tx, survey_id)).id
        await says(tx, response, "all", score=1)
        await says(tx, response, "why", choice="rude")
        found = await says(tx, response, "all", score=5)
        assert found.stands.path == ("all",)
        assert found.stands.next == "more"
        counting = await tx.connection.fetchval(
            "select array_agg(question) from survey_answers where counts"
        )
        assert counting == ["all"]
        with pytest.raises(QuestionNotAsked):
            await says(tx, response, "why", choice="slow")
        found = await says(tx, response, "all", score=3)
        assert found.stands.next == "more"
        assert found.answers["why"].choice == "rude"


async def test_what_does_not_fit_changes_nothing(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, THREE)
        response = (await responses.open_response(tx, survey_id)).id
        with pytest.raises(AnswerRefused):
            await says(tx, response, "all", score=9)
        with pytest.raises(QuestionNotAsked):
            await says(tx, response, "more", text="x")
        with pytest.raises(QuestionNotAsked):
            await says(tx, response, "nonsense", text="x")
        found = await repository.response(tx, response)
        assert (found.answers, found.answered_at) == ({}, None)


async def test_two_tabs_complete_it_once(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, survey(question("nps")))

    async def tab(response: UUID, score: int) -> bool:
        try:
            async with database.transaction() as tx:
                await says(tx, response, "q", score=score)
        except ResponseOver:
            return False
        return True

    for _ in range(10):
        response = await asked(database, survey_id)
        done = await asyncio.gather(*(tab(response, score) for score in range(6)))
        assert done.count(True) == 1
        async with database.transaction() as tx:
            completed = await tx.connection.fetchval(
                "select count(*) from events where kind = 'survey.completed'"
                " and facts ->> 'response_id' = $1",
                str(response),
            )
        assert completed == 1


async def test_its_time_ends_and_what_was_answered_is_kept(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, THREE)
        response = (await responses.open_response(tx, survey_id)).id
        await says(tx, response, "all", score=4)
        await tx.connection.execute("update survey_responses set expires_at = now()")
    async with database.transaction() as tx:
        with pytest.raises(ResponseOver):
            await says(tx, response, "more", text="x")
    assert await end_the_late(database) == 1
    assert await end_the_late(database) == 0
    async with database.transaction() as tx:
        found = await repository.response(tx, response)
        assert (found.state, found.answers["all"].score) == (ResponseState.EXPIRED, 4)


async def test_a_survey_is_drafted_published_opened_and_closed(database: Database):
    async with database.transaction() as tx:
        made = await service.draft(tx, "test", "test", survey())
        with pytest.raises(SurveyRefused):
            await service.publish(tx, "test", made.id, made.version)
        with pytest.raises(SurveyUnpublished):
            await service.open_survey(tx, "test", made.id)
        edited = await service.edit(tx, "test", made.id, made.version, "test", THREE)
        with pytest.raises(VersionStale):
            await service.edit(tx, "test", made.id, made.version, "test", THREE)
        with pytest.raises(VersionStale):
            await service.publish(tx, "test", made.id, made.version)
        assert await service.publish(tx, "test", made.id, edited.version) == 1
        with pytest.raises(SurveyNotOpen):
            await responses.open_response(tx, made.id)
        await service.open_survey(tx, "test", made.id)
        begun = await responses.open_response(tx, made.id)
        stored = await repository.get(tx, made.id)
        other = survey(question("nps", "new"))
        stored = await service.edit(tx, "test", made.id, stored.version, "test", other)
        assert await service.publish(tx, "test", made.id, stored.version) == 2
        # Who has begun goes on with what he began; the next is asked anew.
        assert (await says(tx, begun.id, "all", score=5)).edition == 1
        assert (await responses.open_response(tx, made.id)).stands.next == "new"
        await service.close_survey(tx, "test", made.id)
        with pytest.raises(SurveyNotOpen):
            await says(tx, begun.id, "more", text="x")
        with pytest.raises(CallCenterError):
            await responses.open_response(tx, made.id)


async def test_a_touch_and_a_ticket_are_asked_once_even_at_one_moment(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, THREE)
        ticket = await tickets.open_ticket(tx, "test", kind=Kind.COMPLAINT, particulars={})
    ids = await asyncio.gather(*(asked(database, survey_id, ticket_id=ticket.id) for _ in range(8)))
    assert len({*ids}) == 1
    others = {await asked(database, survey_id) for _ in range(2)}
    assert len(others) == 2


async def test_what_is_known_of_the_owner_is_kept_with_his_response(database: Database):
    over = survey(
        question("nps", "q"),
        quotas=[
            {
                "code": "gold",
                "words": words(),
                "target": 0,
                "when": {"kind": "known", "fact": "tier", "any_of": ["2"]},
            }
        ],
        over_quota=words("已满", "full"),
    )
    async with database.transaction() as tx:
        survey_id = await published(tx, over)
        gold = await customers.add_owner(tx, "test", name="金", tier=2)
        usual = await customers.add_owner(tx, "test", name="普")
        response = await responses.open_response(tx, survey_id, owner_id=gold.id)
        assert response.about == {"tier": "2"}
        assert (await says(tx, response.id, "q", score=9)).state is ResponseState.OVER_QUOTA
        response = await responses.open_response(tx, survey_id, owner_id=usual.id)
        assert (await says(tx, response.id, "q", score=9)).state is ResponseState.COMPLETE
