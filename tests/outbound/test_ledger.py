"""What was said to an owner is there when he rings, whoever said it and on whatever way."""

from uuid import UUID

from callcenter.calls.last_words import LastContact
from callcenter.db.database import Database
from callcenter.ids import new_id
from callcenter.outbound.ledger import service as ledger
from callcenter.outbound.ledger.service import Unplanned
from callcenter.outbound.model import Way
from callcenter.outbound.touches.by_message import claim_and_queue
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import published, question, survey
from tests.outbound.test_by_message import Provider, handed_over, the_message, words
from tests.service import Service

SURVEY = """
with survey as (
    insert into surveys (id, name, state, draft, made_by)
    values (gen_random_uuid(), 's', 'open', '{}', 'test') returning id
), edition as (
    insert into survey_editions (survey_id, edition, questions, published_by)
    select id, 1, '[]', 'test' from survey
)
insert into survey_responses (id, survey_id, edition, owner_id, language, expires_at)
select $1, id, 1, $2, 'zh', now() + interval '30 days' from survey
"""
CALLED = """
insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words, language, state,
    outcome, note, ended_at)
select $1, id, campaign_id, owner_id, 'preview', '+8613800138000', '您的车该保养了', 'zh', 'ended',
    'call_back', $3, now() from touches where id = $2
"""
TOLD = """
insert into contact_ledger (id, owner_id, touch_id, channel, purpose, at, state, words, outcome,
    promised)
values ($1, $2, $3, 'agent_call', 'contract', now(), 'said', '您的车该保养了', 'call_back',
    'call_back 2026-11-28T02:00:00+00:00')
"""


async def test_he_rings_and_the_desk_sees_what_he_was_told(scene: Scene, service: Service) -> None:
    """A text at eleven; at noon he asks what it was about."""
    database = service.database
    (owner_id,) = await scene.add_owners(1)
    await scene.campaign([owner_id])
    await database.run(lambda tx: claim_and_queue(tx, Way.TEXT, "one", words))
    await handed_over(database, await the_message(scene), Provider())
    agent = await service.agent()
    (item,) = (await agent.get(f"/api/v1/owners/{owner_id}/last-words"))["items"]
    assert item["words"] == f"您好 {owner_id}"
    assert (item["channel"], item["campaign"], item["is_sure"]) == ("text", "story", True)


async def test_what_nobody_knows_of_is_shown_as_such_and_what_came_to_nothing_is_not(
    scene: Scene, database: Database
) -> None:
    (owner_id,) = await scene.add_owners(1)
    for state in ("reserved", "void", "unknown"):
        await scene.connection.execute(
            "insert into contact_ledger (id, owner_id, channel, purpose, at, state, words)"
            " values ($1, $2, 'text', 'contract', now(), $3, $3)",
            new_id(),
            owner_id,
            state,
        )
    found = await database.run(lambda tx: ledger.last_words(tx, owner_id))
    assert [(one.words, one.is_sure) for one in found] == [("unknown", False)]


async def test_a_survey_he_has_begun_is_gone_on_with(scene: Scene, database: Database) -> None:
    (owner_id,) = await scene.add_owners(1)
    response_id = new_id()
    await scene.connection.execute(SURVEY, response_id, owner_id)
    said = Unplanned(owner_id, "web", "satisfaction", "一份问卷", survey_response_id=response_id)
    await database.run(lambda tx: ledger.note(tx, said, {"because": "his rescue is over"}))

    async def last() -> LastContact:
        return (await database.run(lambda tx: ledger.last_words(tx, owner_id)))[0]

    assert ((await last()).half_done, (await last()).reason["because"]) == (
        response_id,
        "his rescue is over",
    )
    await scene.connection.execute("update survey_responses set state = 'complete'")
    assert (await last()).half_done is None


async def test_who_rings_back_is_known_by_what_the_agent_noted_and_promised(
    scene: Scene, service: Service
) -> None:
    """With what came of it, or at his seat; why somebody else was not called is no note to him."""
    (owner_id,) = await scene.add_owners(1)
    await scene.campaign([owner_id])
    touch_id = await scene.connection.fetchval("select id from touches")
    await scene.connection.execute(CALLED, new_id(), touch_id, "想先问价格,周六再打")
    await scene.connection.execute(TOLD, new_id(), owner_id, touch_id)
    agent = await service.client([Permission.CALLS_READ])
    supervisor = await service.client([Permission.OUTBOUND_READ])
    for client, page in ((agent, "last-words"), (supervisor, "contacts")):
        (item,) = (await client.get(f"/api/v1/owners/{owner_id}/{page}"))["items"]
        assert item["note"] == "想先问价格,周六再打"
        assert item["promised"] == "call_back 2026-11-28T02:00:00+00:00"
    await scene.connection.execute("update owner_calls set outcome = null")
    (item,) = (await agent.get(f"/api/v1/owners/{owner_id}/last-words"))["items"]
    assert item["note"] == ""
    written_up = await service.agent()
    call = await written_up.post("/api/v1/calls", {"carrier_ref": "n", "caller": "+8613800138000"})
    await scene.connection.execute(
        "update calls set disposition_note = '不在家' where id = $1", UUID(call["call"]["id"])
    )
    await scene.connection.execute(
        "update owner_calls set outcome = 'answered', note = '', call_id = $1, dialled_at = now()",
        UUID(call["call"]["id"]),
    )
    (item,) = (await agent.get(f"/api/v1/owners/{owner_id}/last-words"))["items"]
    assert item["note"] == "不在家"


async def test_the_pages_of_a_ledger_hold_each_contact_once(scene: Scene, service: Service) -> None:
    """Several at one moment, too."""
    (owner_id,) = await scene.add_owners(1)
    for number in range(7):
        said = Unplanned(owner_id, "email", "contract", f"{number}")
        await service.database.run(lambda tx, said=said: ledger.note(tx, said))  # type: ignore[misc]
    client = await service.client([Permission.OUTBOUND_READ])
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await client.get(f"/api/v1/owners/{owner_id}/contacts", limit=3, **cursor)
        seen += [item["words"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == [f"{number}" for number in reversed(range(7))]


async def test_what_his_links_open_is_his_alone(scene: Scene, service: Service) -> None:
    """Who may read what he was told cannot book or answer in his name."""
    (owner_id,) = await scene.add_owners(1)
    token = SignedLinks(b"k" * 32).make("booking", owner_id)
    said = Unplanned(owner_id, "text", "contract", f"预约:https://x.example/b/{token}。退订回T")
    await service.database.run(lambda tx: ledger.note(tx, said))
    agent = await service.agent()
    supervisor = await service.client([Permission.OUTBOUND_READ])
    for client, page in ((agent, "last-words"), (supervisor, "contacts")):
        (item,) = (await client.get(f"/api/v1/owners/{owner_id}/{page}"))["items"]
        assert item["words"] == "预约:https://x.example/b/…。退订回T"


async def test_who_asks_the_questions_has_no_key_to_answer_as_the_owner(service: Service) -> None:
    """The agent answers as himself."""
    async with service.database.transaction() as tx:
        survey_id = await published(tx, survey(question("csat")))
    agent = await service.agent()
    begun = await agent.post("/api/v1/survey-responses", {"survey_id": str(survey_id)})
    path = f"/api/v1/survey-responses/{begun['id']}"
    said = await agent.post(f"{path}/answers", {"question": "q", "answer": {"score": 5}})
    assert begun["page"] is said["page"] is (await agent.get(path))["page"] is None
    assert "/q/" not in str([begun, said])
