"""What an owner wrote and nobody understood waits until one person has dealt with it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.messages import inbound
from callcenter.messages.inbound import TextMeaning, Written
from callcenter.messages.service import SQL as MESSAGES
from callcenter.outbound.replies import Replies
from callcenter.staff import service as staff
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from tests.outbound.test_claim_races import BLIND, with_control
from tests.service import Refused, Service

PHONE = "+8613800138000"
READ = [Permission.OUTBOUND_READ, Permission.CALLS_WRITE]
WORDS = "保养要多久?打我另一个号 13912345678"


async def wrote(service: Service, body: str, sender: str = PHONE) -> UUID:
    reader = Replies("https://example.invalid", SignedLinks(b"k" * 32))
    written = Written("centre", sender, body)
    text_id = await service.database.run(lambda tx: inbound.take(tx, written, reader))
    assert text_id is not None
    return text_id


async def told_before(tx: Tx, owner_id: UUID) -> None:
    await tx.connection.execute(
        "insert into contact_ledger (id, owner_id, channel, purpose, at, state, words)"
        " values (gen_random_uuid(), $1, 'text', 'contract', now() - $2::interval, 'said', $3)",
        owner_id,
        timedelta(hours=1),
        "您的车该保养了。",
    )


async def test_it_is_listed_with_its_writer_and_what_it_answers(service: Service):
    async def known(tx: Tx) -> UUID:
        owner = await customers.add_owner(tx, "test", name="王芳", phones=[PHONE])
        await told_before(tx, owner.id)
        return owner.id

    owner_id = await service.database.run(known)
    reader = await service.client(READ)
    await wrote(service, "TD")
    asked = await wrote(service, WORDS)
    stranger = await wrote(service, "你好", "+8613900000000")
    newest, first = (await reader.get("/api/v1/inbound-texts"))["items"]
    assert (newest["id"], newest["owners"], newest["answers_to"]) == (str(stranger), [], None)
    assert (first["id"], first["sender"]) == (str(asked), "138****8000")
    assert first["body"] == "保养要多久?打我另一个号 139****"
    assert first["owners"] == [{"owner_id": str(owner_id), "name": "王芳"}]
    assert first["answers_to"]["words"] == "您的车该保养了。"
    page = await reader.get("/api/v1/inbound-texts", limit="1")
    (rest,) = (await reader.get("/api/v1/inbound-texts", cursor=page["next_cursor"]))["items"]
    assert rest["id"] == str(asked)
    full = await service.client([*READ, Permission.PHONES_READ])
    assert (await full.get("/api/v1/inbound-texts"))["items"][1]["sender"] == PHONE


async def test_a_person_deals_with_it_and_no_machine(service: Service):
    machine = await service.client(READ)
    text_id = await wrote(service, WORDS)
    with pytest.raises(Refused) as met:
        await machine.post(f"/api/v1/inbound-texts/{text_id}/seen-to", {"note": "回电了"})
    assert met.value.problem["code"] == "not_a_person"
    me = await service.database.run(
        lambda tx: staff.create_staff(
            tx, login="me", name="小李", role="agent", password="a calm night shift"
        )
    )
    await service.database.run(lambda tx: inbound.see_to(tx, f"staff:{me.id}", text_id, "回电了"))
    assert (await machine.get("/api/v1/inbound-texts"))["items"] == []
    (done,) = (await machine.get("/api/v1/inbound-texts", seen_to="true"))["items"]
    assert (done["seen_to_by"], done["note"]) == ("小李", "回电了")


@with_control("see_to_text")
async def test_of_two_at_once_one_has_dealt_with_it(
    service: Service, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
):
    for name in blind:
        monkeypatch.setattr(MESSAGES, name, getattr(BLIND, name))
    text_id = await wrote(service, WORDS)

    async def deals(who: str) -> Any:
        return await service.database.run(lambda tx: inbound.see_to(tx, who, text_id, who))

    came = await asyncio.gather(*(deals(f"staff:{n}") for n in range(4)), return_exceptions=True)
    refused = [one for one in came if isinstance(one, Exception)]
    assert [one.code for one in refused] == ["inbound_text_seen_to"] * 3


async def test_what_was_understood_is_nobodys_to_deal_with(service: Service):
    await service.database.run(
        lambda tx: customers.add_owner(tx, "test", name="王芳", phones=[PHONE])
    )
    text_id = await wrote(service, "退订")
    reader = await service.client(READ)
    assert (await reader.get("/api/v1/inbound-texts"))["items"] == []
    with pytest.raises(inbound.TextNotFound):
        await service.database.run(lambda tx: inbound.see_to(tx, "staff:x", text_id, ""))
    async with service.database.reading() as tx:
        (row,) = await tx.connection.fetch("select meant from inbound_texts")
    assert row["meant"] == TextMeaning.REFUSAL
