"""A stranger who was rung once for an owner is not rung for him again; nor is a dead mailbox
written to. A new number or address of the owner's opens the way again, and so does a person."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound import wrong_address
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.people import About, people
from callcenter.outbound.model import Outcome, TouchState, Way
from callcenter.outbound.touches import service
from callcenter.outbound.touches.claim import claim
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.life import AllCars, HisCar, campaign, first_said, his_car, react
from tests.outbound.campaigns.rows import touch_of, touches, zone_of_the_morning
from tests.service import Service

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
STRANGERS, HIS_OWN = "+8613800138000", "+8613800138009"
BY_NUMBER = {"call", "automated_call", "text"}


async def dialled(
    database: Database,
    outcome: Outcome,
    number: str = STRANGERS,
    by: Way = Way.AGENT_CALL,
) -> None:
    """This number was rung for the last step that waits, and this came of it."""

    async def tells(tx: Tx) -> None:
        touch_id: UUID = await tx.connection.fetchval(
            "update touches set state = 'sent', channel = $1 where step = 1 returning id",
            by.value,
        )
        await tx.connection.execute(
            "insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words,"
            " language, state) select gen_random_uuid(), id, campaign_id, owner_id, 'preview', $2,"
            " '您好', 'zh', 'taken' from touches where id = $1",
            *(touch_id, number),
        )
        await service.come_of(tx, touch_id, outcome, following=after_touch)

    await database.run(tells)


async def silent(database: Database, car: HisCar) -> frozenset[str]:
    reach = await database.run(lambda tx: consents.reach_of(tx, car.owner_id))
    return reach.silent


async def number_of(database: Database, car: HisCar) -> str | None:
    """What a campaign would dial."""
    about = About(car.owner_id, car.vehicle_id)
    (who,) = await database.run(lambda tx: people(tx, [about], "400"))
    return who.phone


async def next_campaign(database: Database) -> Sequence[tuple[str, str]]:
    """A second one begins, and its first word is claimed; how its touches stand."""
    made = await campaign(database, Kind.WIN_BACK)

    async def begins(tx: Tx) -> None:
        zone = zone_of_the_morning(await tx.now())
        await tx.connection.execute("update owners set zone = $1", zone)
        await tx.connection.execute("update owner_reach set granted = '{marketing:text}'")
        await begin_at_once(tx, made, AllCars())

    await database.run(begins)
    await database.run(lambda tx: claim(tx, Way.TEXT, "me"))
    rows = await touches(database)
    return [(r["state"], r["reason"]) for r in rows if r["campaign_id"] == made.id]


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_the_next_campaign_does_not_ring_the_stranger(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(wrong_address, "number_is_wrong", _nothing)
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER)
    assert await next_campaign(database) == [("skipped", "silent")]
    assert await silent(database, car) == BY_NUMBER
    words = await database.run(lambda tx: consents.words_of(tx, car.owner_id))
    assert {(word["reason"], word["evidence"]) for word in words} == {
        ("wrong_number", "said_to_agent")
    }


async def test_by_a_key_the_key_is_the_evidence(database: Database) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER, by=Way.AUTOMATED_CALL)
    assert await silent(database, car) == BY_NUMBER
    words = await database.run(lambda tx: consents.words_of(tx, car.owner_id))
    assert {word["evidence"] for word in words} == {"key_press"}


@pytest.mark.parametrize(
    ("by", "wife_silent"),
    [(Way.AUTOMATED_CALL, BY_NUMBER), (Way.AGENT_CALL, frozenset())],
    ids=["the_key_says_it_of_the_number", "the_agent_of_the_owner"],
)
async def test_another_owner_with_the_number(
    database: Database, by: Way, wife_silent: frozenset[str]
) -> None:
    """Who presses the key hears that this number is not dialled again; an agent promises nothing,
    and asks whether it is another's."""
    car = await his_car(database)
    wife = await database.run(
        lambda tx: customers.add_owner(tx, "test", name="王芳", phones=[STRANGERS])
    )
    both = await database.run(
        lambda tx: customers.add_owner(tx, "test", name="李强", phones=[STRANGERS, HIS_OWN])
    )
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER, by=by)
    assert await silent(database, car) == BY_NUMBER
    reach = await database.run(lambda tx: consents.reach_of(tx, wife.id))
    assert reach.silent == wife_silent
    reach = await database.run(lambda tx: consents.reach_of(tx, both.id))
    assert reach.silent == frozenset()
    left = await database.run(lambda tx: customers.owners_of_number(tx, STRANGERS))
    assert set(left) == (set() if wife_silent else {wife.id, both.id})


async def _nothing(*_: object) -> None: ...


async def test_another_number_of_his_is_dialled_instead(database: Database) -> None:
    car = await his_car(database)
    await database.run(lambda tx: customers.add_phone(tx, "test", car.owner_id, HIS_OWN))
    await first_said(database, Kind.MAINTENANCE)
    assert await number_of(database, car) == STRANGERS
    await dialled(database, Outcome.WRONG_NUMBER)
    assert await number_of(database, car) == HIS_OWN
    assert await silent(database, car) == frozenset()
    assert await next_campaign(database) == [("claimed", "")]


async def test_a_new_number_opens_the_way_and_the_strangers_stays_shut(database: Database) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER)
    await database.run(lambda tx: customers.add_phone(tx, "test", car.owner_id, HIS_OWN))
    await react(database)
    assert await silent(database, car) == frozenset()
    assert await number_of(database, car) == HIS_OWN


async def test_what_he_asked_for_himself_stays_when_he_has_a_new_number(database: Database) -> None:
    car = await his_car(database)
    proof = consents.Proof(Evidence.PAPER)
    await database.run(lambda tx: consents.silence(tx, "test", car.owner_id, [Channel.CALL], proof))
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER)
    assert await silent(database, car) == BY_NUMBER
    await database.run(lambda tx: customers.add_phone(tx, "test", car.owner_id, HIS_OWN))
    await react(database)
    assert await silent(database, car) == {"call"}


async def test_a_person_takes_it_back(service: Service) -> None:
    """It was a slip of the hand: the number is his after all."""
    database = service.database
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await dialled(database, Outcome.WRONG_NUMBER)
    assert await number_of(database, car) is None
    agent = await service.agent()
    word = {
        "granted": True,
        "purposes": [],
        "channels": sorted(BY_NUMBER),
        "evidence": "said_to_agent",
    }
    shown = await agent.post(f"/api/v1/owners/{car.owner_id}/consents", word)
    assert shown["reach"]["silent"] == []
    assert {one["reason"] for one in shown["words"]} == {"wrong_number", None}
    assert await number_of(database, car) == STRANGERS


async def letter_fails(database: Database, failure: str) -> None:
    """The last step that waits is an e-mail, and the mail server refuses it."""

    async def fails(tx: Tx) -> None:
        row = await tx.connection.fetchrow(
            "update touches set state = 'failed', channel = 'email', reason = $1"
            " where step = 1 returning *",
            failure,
        )
        await after_touch(tx, touch_of(dict(row)), state=TouchState.FAILED)

    await database.run(fails)


@pytest.mark.parametrize(
    ("failure", "is_silent"),
    [
        ("smtp rcpt 550 5.1.1 <…>: Recipient address rejected: User unknown", True),
        ("smtp rcpt 550 no such user here", True),
        ("smtp rcpt 550 Mailbox not found", True),
        ("smtp rcpt 551 user not local", True),
        ("smtp rcpt 553 5.1.3 bad address", True),
        ("smtp rcpt 550-5.1.1 The email account does not exist", True),
        ("smtp rcpt 550 5.2.1 mailbox disabled", True),
        ("smtp data 550 5.1.1 user unknown", True),
        ("smtp 550 5.1.1 <…>: User unknown", True),
        ("smtp 550 no such user here", False),
        ("smtp rcpt 550 5.7.1 blocked by policy", False),
        ("smtp rcpt 550 5.1.8 sender address rejected", False),
        ("smtp rcpt 550 5.4.1 Recipient address rejected: Access denied", False),
        ("smtp rcpt 550 relaying denied", False),
        ("smtp rcpt 550 Sender verify failed", False),
        ("smtp rcpt 550 Connection frequency limited", False),
        ("smtp rcpt 550 blocked using spamhaus", False),
        ("smtp rcpt 552 5.2.2 mailbox full", False),
        ("smtp mail 553 Mail from must equal authorized user", False),
        ("smtp mail 550 no such user", False),
        ("smtp mail 550 5.1.1 no such sender here", False),
        ("smtp connect 550 Connection frequency limited", False),
        ("smtp connect 535 authentication failed", False),
        ("smtp data 550 Message rejected as spam", False),
        ("smtp data 554 5.6.0 content", False),
        ("smtp 553 Mail from must equal authorized user", False),
        ("smtp 550 Connection frequency limited", False),
        ("smtp 550 Message rejected as spam", False),
    ],
)
async def test_a_mailbox_that_is_not_there_is_not_written_to_again(
    database: Database, failure: str, is_silent: bool
) -> None:
    """What is about us as senders says nothing about him."""
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await letter_fails(database, failure)
    assert await silent(database, car) == (frozenset({"email"}) if is_silent else frozenset())


async def test_a_new_address_is_written_to(database: Database) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await letter_fails(database, "smtp 550 5.1.1 unknown")

    async def edits_it(tx: Tx) -> None:
        owner = await customers.get_owner(tx, car.owner_id)
        await edits.edit_owner(tx, "test", owner, {"email": "wang@example.cn"})

    await database.run(edits_it)
    await react(database)
    assert await silent(database, car) == frozenset()
