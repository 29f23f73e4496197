"""A refusal in a sentence counts, and a person reads it; a call for help silences nobody."""

from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.customers.consents import words
from callcenter.db.transaction import Tx
from callcenter.messages import inbound
from callcenter.staff import service as staff
from tests.db.cast import CONTROL
from tests.outbound.test_texts_back import PHONE, READ, wrote
from tests.service import Service

LIST = "/api/v1/inbound-texts"


async def wang(service: Service) -> str:
    owner = await service.database.run(
        lambda tx: customers.add_owner(tx, "test", name="王芳", phones=[PHONE])
    )
    return str(owner.id)


async def silent(service: Service) -> set[str]:
    async def read(tx: Tx) -> set[str]:
        return set(await tx.connection.fetchval("select silent from owner_reach"))

    return await service.database.run(read, readonly=True)


async def test_who_reads_it_takes_the_silence_back(service: Service) -> None:
    owner_id = await wang(service)
    await wrote(service, "别再发了")
    assert await silent(service) == {"text"}
    agent = await service.agent()
    (one,) = (await agent.get(LIST))["items"]
    assert (one["meant"], one["is_urgent"]) == ("likely_refusal", False)
    assert one["owners"] == [{"owner_id": owner_id, "name": "王芳"}]
    word = {"granted": True, "purposes": [], "channels": ["text"], "evidence": "said_to_agent"}
    await agent.post(f"/api/v1/owners/{owner_id}/consents", word)
    assert await silent(service) == set()
    me = await service.database.run(
        lambda tx: staff.create_staff(
            tx, login="me", name="小李", role="agent", password="a calm night shift"
        )
    )
    await service.database.run(
        lambda tx: inbound.see_to(tx, f"staff:{me.id}", UUID(one["id"]), "他说的是群里")
    )
    assert (await agent.get(LIST))["items"] == []
    (done,) = (await agent.get(LIST, seen_to="true"))["items"]
    assert (done["meant"], done["note"]) == ("likely_refusal", "他说的是群里")


@pytest.mark.parametrize("word", ["TD", "退订", "STOP"])
async def test_a_word_alone_is_read_by_nobody(service: Service, word: str) -> None:
    await wang(service)
    await wrote(service, word)
    assert await silent(service) == {"text"}
    reader = await service.client(READ)
    assert (await reader.get(LIST))["items"] == []


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_a_call_for_help_reaches_people_and_silences_nobody(
    service: Service, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(words, "speaks_of_trouble", lambda text: False)
    await wang(service)
    await wrote(service, "车在高速上抛锚了,你们别再发短信了,快派救援")
    reader = await service.client(READ)
    (one,) = (await reader.get(LIST))["items"]
    assert (one["meant"], one["is_urgent"]) == ("nothing_known", True)
    assert await silent(service) == set()
