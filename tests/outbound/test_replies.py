"""Owners write back: that they want no more, over a real line of SMPP, and over HTTP."""

import json
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.model import Outcome
from callcenter.places.intake import Intake
from tests.messages.gateway import gateway, headers_of
from tests.messages.smpp_centre import centre
from tests.messages.test_http_gateway import base
from tests.messages.test_http_gateway import by as by_http
from tests.messages.test_smpp import by as by_smpp
from tests.outbound.campaigns.test_story import approved, owners
from tests.service import eventually, running

ANSWERS = "/carriers/text/answers"


async def owner_of(database: Database, phone: str) -> UUID:
    return (await database.run(lambda tx: customers.find_by_phone(tx, phone)))[0].id


async def touches_of(database: Database, owner_id: UUID) -> list[Any]:
    async def read(tx: Tx) -> list[Any]:
        wanted = "select step, state, outcome from touches where owner_id = $1 order by step"
        return [tuple(row) for row in await tx.connection.fetch(wanted, owner_id)]

    return await database.run(read, readonly=True)


@pytest.mark.parametrize(("ton", "country"), [(1, "86"), (0, "86"), (0, ""), (2, "")])
async def test_who_answers_td_hears_no_more(
    database: Database, intake: Intake, ton: int, country: str
):
    """Whether or not the centre names the country."""
    async with (
        centre() as at,
        running(database, intake, senders=by_smpp(at), outbound=True) as service,
    ):
        await approved(service, await owners(service, 8))

        async def somebody() -> str | None:
            return at.taken[0].to if at.taken else None

        phone = await eventually(somebody)
        assert await at.write(country + phone.removeprefix("86"), "TD", ton) == 0
        who = await owner_of(database, f"+{phone}")

        async def told() -> bool:
            return any("停发" in text for text in at.texts(phone))

        await eventually(told)
        reach = await database.run(lambda tx: consents.reach_of(tx, who))
        first, *rest = await touches_of(database, who)
    assert Channel.TEXT in reach.silent
    assert first == (0, "sent", Outcome.OPTED_OUT)
    assert [(state, outcome) for _, state, outcome in rest] in ([], [("withdrawn", None)])


@pytest.mark.parametrize("signed", [True, False])
async def test_over_http_it_is_signed_and_said_once(
    database: Database, intake: Intake, signed: bool
):
    async with gateway() as at, running(database, intake, senders=by_http(at)) as service:
        await owners(service, 1)
        said = {"provider_id": "in-1", "sender": "+8613800138000", "body": "请别再发了"}
        body = json.dumps(said).encode()
        headers = headers_of(body, **({} if signed else {"secret": "another of 24 characters"}))
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.post(
                    base(service) + ANSWERS, data=body, headers=headers
                ) as answer:
                    assert answer.status == (204 if signed else 403)
        who = await owner_of(database, "+8613800138000")
        words = await database.run(lambda tx: consents.words_of(tx, who))
    assert len(words) == (1 if signed else 0)
