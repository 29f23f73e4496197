"""A survey that is closed, never opened or not there holds up only those it was to be asked of."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.dialling import service as dialling
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.surveys import service as surveys
from callcenter.outbound.touches import sending
from callcenter.outbound.touches.model import Said
from callcenter.outbound.touches.sending import send_due
from tests.calls.floor import RULES, Floor
from tests.outbound.campaigns.asking import (
    ASKED,
    ASKS,
    PHONE,
    RENDERER,
    campaign,
    close_survey,
    open_survey,
    owner,
    sends,
    texts,
)
from tests.outbound.scene import Scene
from tests.outbound.test_claim_races import CONTROL

ANOTHER = "+8613800138001"


async def closed(database: Database) -> UUID:
    survey_id = await open_survey(database)
    await close_survey(database, survey_id)
    return survey_id


async def draft(database: Database) -> UUID:
    made = await database.run(lambda tx: surveys.draft(tx, "test", "问卷", ASKED))
    return made.id


async def none(database: Database) -> UUID:
    return new_id()


async def state_of(scene: Scene, owner_id: UUID) -> tuple[str, str]:
    row = await scene.connection.fetchrow(
        "select state, reason from touches where owner_id = $1 and step = 1", owner_id
    )
    assert row is not None
    return row["state"], row["reason"]


@pytest.mark.parametrize("which", [closed, draft, none])
async def test_all_others_are_told(scene: Scene, database: Database, which: Any):
    asked, told, written = [await owner(database, f"+861380013800{n}") for n in range(3)]
    await scene.connection.execute("update owners set email = 'w@example.cn'")
    await campaign(scene, [asked], await which(database))
    await campaign(scene, [told], None, "您的车该保养了。")
    await campaign(scene, [written], None, "您的车该保养了。", way=Way.EMAIL)
    assert await sends(database) == 3
    assert await state_of(scene, asked) == ("skipped", "survey_not_open")
    assert await texts(scene) == []
    assert len(await texts(scene, ANOTHER)) == 1
    assert await scene.one("select count(*) from messages where channel = 'email'") == 1


async def test_words_that_do_without_it_are_said(scene: Scene, database: Database):
    await campaign(scene, [await owner(database)], await closed(database), "好吗?{survey_link|}")
    await sends(database)
    (said,) = await texts(scene)
    assert "好吗?" in said
    assert "/q/" not in said


async def test_one_that_is_closed_while_words_are_made_skips_too(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch
):
    """It was open when the batch was looked at."""
    survey_id = await open_survey(database)
    his = await owner(database)
    await campaign(scene, [his], survey_id)
    as_it_was = await database.run(lambda tx: RENDERER.links.surveys(tx, [survey_id]))
    await close_survey(database, survey_id)

    async def before(self: Any, tx: Tx, ids: Any) -> Any:
        return as_it_was

    monkeypatch.setattr(type(RENDERER.links), "surveys", before)
    await sends(database)
    assert await state_of(scene, his) == ("skipped", "survey_not_open")


async def test_an_agent_has_the_next_owner_instead(scene: Scene, database: Database):
    floor = Floor(database, RULES)
    agent = await floor.agent()
    await floor.ready(agent)
    first, second = await owner(database), await owner(database, ANOTHER)
    await campaign(scene, [first], await closed(database), way=Way.AGENT_CALL)
    await campaign(scene, [second], None, "您好", way=Way.AGENT_CALL)
    given = (f"staff:{agent}", agent, CampaignTouches(RENDERER, after_touch))
    await scene.connection.execute("update touches set priority = 1 where owner_id = $1", first)
    taken = await floor.do(dialling.take_next, *given)
    assert taken.owner_id == second
    assert await state_of(scene, first) == ("skipped", "survey_not_open")


class OneCannotBeSaid:
    """Words that fail for one owner, as a fault of ours would."""

    def __init__(self, owner_id: UUID) -> None:
        self.owner_id = owner_id

    async def __call__(self, tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
        if any(touch.owner_id == self.owner_id for touch in touches):
            raise KeyError("words")
        return {one.id: Said("+8613800138009", "zh", "您好") for one in touches}


async def _as_it_was(self: Any, buckets: Sequence[int]) -> int:
    return await self.database.run(
        lambda tx: sending.claim_and_queue(tx, self.way, self.by, self.words, buckets=buckets)
    )


@pytest.mark.parametrize("apart", [True, pytest.param(False, marks=CONTROL)])
async def test_what_fails_keeps_few_waiting(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, apart: bool
):
    """Those who are of one bucket with him wait; nobody else does, on either way."""
    if not apart:
        monkeypatch.setattr(sending._Batches, "of", _as_it_was)
    owners = await scene.add_owners(40)
    await scene.campaign(owners[:20])
    await scene.campaign(owners[20:], way=Way.EMAIL)
    beside = [one for one in owners[:20] if one.int % 64 == owners[0].int % 64]
    with contextlib.suppress(KeyError):
        await send_due(database, OneCannotBeSaid(owners[0]), "me")
    assert await scene.states() == {"claimed": 40 - len(beside), "ready": len(beside)}


async def test_the_words_ask_the_first_question_and_lead_to_the_page(
    scene: Scene, database: Database
):
    await campaign(scene, [await owner(database)], await open_survey(database), ASKS)
    await sends(database)
    (said,) = await texts(scene, PHONE)
    assert "救援满意吗? 请回复 1 到 5 的数字。" in said
    assert "网页:https://care.example/q/" in said
