"""The roster: who is on duty, whose phone rings, and what is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.stations import repository
from callcenter.stations import service as stations
from callcenter.web.permission import Permission
from tests.service import Client, Refused, Service, add_station, eventually
from tests.stations.cast import next_rescue, path_of, reasons_against, shift, was_asked


async def rung(service: Service, rescue: Any) -> str:
    """The number that rang for the first offer of the rescue."""
    reader = await service.client([Permission.MESSAGES_READ, Permission.PHONES_READ])

    async def calls() -> list[str]:
        page = await reader.get("/api/v1/messages", ticket_id=rescue["ticket_id"])
        return [m["recipient"] for m in page["items"] if m["channel"] == "duty_phone"]

    (number,) = await eventually(calls)
    return str(number)


async def test_the_roster_puts_a_closed_station_on_duty_and_its_phone_rings(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 1, rescue_hours="Mo-Su off")
    far = await service.station("FAR", 9)
    assert was_asked(await next_rescue(agent), far)
    duty = shift(person="王师傅", phone="139 0013 9000")
    entry = await agent.post(path_of(near, "/roster"), duty)
    assert (entry["person"], entry["phone"]) == ("王师傅", "+8613900139000")
    rescue = await next_rescue(agent)
    assert was_asked(rescue, near)
    assert await rung(service, rescue) == "+8613900139000"


async def test_without_a_phone_on_the_roster_the_station_s_own_rings(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 1, duty_phone="+862488881234")
    await agent.post(path_of(near, "/roster"), shift(person="王师傅"))
    assert await rung(service, await next_rescue(agent)) == "+862488881234"


async def test_nobody_on_the_roster_means_nobody_until_the_entry_is_taken_off(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    holiday = await agent.post(path_of(near, "/roster"), shift(on_duty=False))
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == ["off_duty"]
    await agent.delete(path_of(near, f"/roster/{holiday['id']}"))
    assert was_asked(await next_rescue(agent), near)


async def listed(agent: Client, station: Client, **more: Any) -> list[str]:
    page = await agent.get(path_of(station, "/roster"), **more)
    return [entry["person"] for entry in page["items"]]


async def test_the_roster_shows_what_is_on_and_what_is_to_come(
    service: Service, database: Database
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    for begins_in_h, person in ((30, "third"), (-1, "first"), (5, "second"), (-3, "gone")):
        await agent.post(path_of(station, "/roster"), shift(begins_in_h, person=person))
    async with database.transaction() as tx:
        # Its hours have passed since it was written.
        await tx.connection.execute(
            "update duty_roster set ends_at = now() - interval '1 min' where person = 'gone'"
        )
    assert await listed(agent, station) == ["first", "second", "third"]
    page = await agent.get(path_of(station, "/roster"), limit=2)
    assert [entry["person"] for entry in page["items"]] == ["first", "second"]
    assert await listed(agent, station, limit=2, cursor=page["next_cursor"]) == ["third"]


async def test_an_entry_is_taken_off_once_however_often_it_is_asked(
    service: Service, database: Database
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    other = await service.station("OTHER", 2)
    entry = await agent.post(path_of(station, "/roster"), shift(person="王师傅"))
    with pytest.raises(Refused) as refusal:
        await agent.delete(path_of(other, f"/roster/{entry['id']}"))
    assert (refusal.value.status, refusal.value.code) == (404, "roster_entry_not_found")
    for _ in range(2):
        await agent.delete(path_of(station, f"/roster/{entry['id']}"))
    assert await listed(agent, station) == []
    async with database.reading() as tx:
        told = await tx.connection.fetch(
            "select facts ->> 'roster_id' as id from events where kind = 'station.duty_unrostered'"
        )
    assert [row["id"] for row in told] == [entry["id"]]


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (shift(hours=-1), "roster_backwards"),
        (shift(begins_in_h=-30), "roster_over"),
        (shift(phone=""), "phone_unreadable"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
async def test_a_duty_that_would_decide_nothing_is_refused(
    service: Service, duty: dict[str, Any], code: str
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    with pytest.raises(Refused) as refusal:
        await agent.post(path_of(station, "/roster"), duty)
    assert (refusal.value.status, refusal.value.code) == (422, code)
    assert await listed(agent, station) == []


async def test_many_duty_phones_are_looked_up_at_once_and_are_the_same_as_one_by_one(tx: Tx):
    many = [await add_station(tx, f"S{n}", n, duty_phone=f"+862400000{n:04}") for n in range(12)]
    begins = await tx.now()
    for n, station in enumerate(many[:6]):
        phone = f"+861390000{n:04}" if n % 2 else None
        times = {"starts_at": begins, "ends_at": begins + timedelta(hours=8)}
        fields = {"on_duty": n != 3, "person": "王师傅", "phone": phone}
        await stations.roster_duty(tx, "test", station.id, times | fields)
    asked: list[str] = []
    with tx.connection.query_logger(lambda query: asked.append(query.query)):
        known = await repository.by_ids(tx, [one.id for one in many])
        duties = await repository.duties_now(tx, known.values())
    assert len(asked) <= 5, asked
    assert known == {one.id: await repository.get(tx, one.id) for one in many}
    singly = {one.id: await repository.duty_now(tx, one) for one in many}
    assert duties == singly
    assert [duties[one.id].phone for one in many[:4]] == [
        *("+8624000000000", "+8613900000001", "+8624000000002", "+8624000000003")
    ]
