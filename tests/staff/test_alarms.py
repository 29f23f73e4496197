"""An alarm sounds once, is taken by one person, and ends with its reason."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, timeline
from callcenter.db.transaction import Tx
from callcenter.staff import alarms
from callcenter.staff.errors import AlarmNotFound, AlarmOver, AlarmTakenAlready

TICKET = UUID("01890000-0000-7000-8000-00000000000a")
LIN, ZHAO = "staff:lin", "staff:zhao"
KIND = "rescue_nobody_left"

WITHOUT_ONE_OPEN = """
create function blur_kind() returns trigger language plpgsql as $$
begin
    new.kind := new.kind || random()::text;
    return new;
end $$;
create trigger blur_kind before insert on alarms
    for each row execute function blur_kind();
"""


def sound(tx: Tx, reason: str = "exhausted", kind: str = KIND, occasion: str = "") -> Any:
    return alarms.raise_alarm(tx, kind=kind, ticket_id=TICKET, reason=reason, occasion=occasion)


async def kinds(database: Database) -> list[str]:
    async def work(tx: Tx) -> Sequence[StoredEvent]:
        return await timeline(tx, TICKET)

    return [event.kind for event in await database.run(work)]


async def test_it_sounds_once_until_it_is_cleared(database: Database) -> None:
    first = await database.run(sound)
    assert await database.run(sound) == first
    assert await database.run(lambda tx: sound(tx, kind="other")) != first
    assert await database.run(lambda tx: alarms.clear_alarms(tx, ticket_id=TICKET)) == 2
    assert await database.run(lambda tx: alarms.clear_alarms(tx, ticket_id=TICKET)) == 0
    assert await database.run(sound) != first
    assert await kinds(database) == [
        "alarm.raised",
        "alarm.raised",
        "alarm.cleared",
        "alarm.cleared",
        "alarm.raised",
    ]


@pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param("select 1", id="guarded"),
        pytest.param(
            WITHOUT_ONE_OPEN,
            marks=pytest.mark.xfail(strict=True, raises=AssertionError),
            id="control",
        ),
    ],
)
async def test_raised_by_many_at_once_it_is_one(
    database: Database, owner: Any, sabotage: str
) -> None:
    await owner.execute(sabotage)
    ids = await asyncio.gather(*(database.run(sound) for _ in range(10)))
    assert len(set(ids)) == 1
    assert await kinds(database) == ["alarm.raised"]


async def test_one_person_takes_it(database: Database) -> None:
    alarm_id = await database.run(sound)
    results = await asyncio.gather(
        *(
            database.run(partial(alarms.take_alarm, actor=who, alarm_id=alarm_id))
            for who in (LIN, ZHAO) * 5
        ),
        return_exceptions=True,
    )
    takers = {a.taken_by for a in results if isinstance(a, alarms.Alarm)}
    assert len(takers) == 1
    assert sum(isinstance(result, AlarmTakenAlready) for result in results) == 5
    assert await kinds(database) == ["alarm.raised", "alarm.taken"]


async def test_taken_it_sounds_anew_for_another_reason_or_occasion_only(database: Database) -> None:
    async def taken() -> str | None:
        return (await database.run(lambda tx: alarms.get(tx, alarm_id))).taken_by

    alarm_id = await database.run(sound)
    await database.run(lambda tx: alarms.take_alarm(tx, LIN, alarm_id))
    assert await database.run(sound) == alarm_id
    assert await taken() == LIN
    for occasion in ("5 min", "10 min"):
        for _ in range(2):
            await database.run(lambda tx, o=occasion: sound(tx, "still_nobody", occasion=o))
        assert await taken() is None
        await database.run(lambda tx: alarms.take_alarm(tx, ZHAO, alarm_id))
        await database.run(lambda tx, o=occasion: sound(tx, "still_nobody", occasion=o))
        assert await taken() == ZHAO, "nothing new about it"
    assert await kinds(database) == ["alarm.raised", "alarm.taken"] * 3


async def test_what_cannot_be_taken(tx: Tx) -> None:
    with pytest.raises(AlarmNotFound):
        await alarms.take_alarm(tx, LIN, uuid4())
    alarm_id = await sound(tx)
    await alarms.clear_alarms(tx, ticket_id=TICKET, kind=KIND)
    with pytest.raises(AlarmOver):
        await alarms.take_alarm(tx, LIN, alarm_id)


async def test_over_the_wire(database: Database, browse: Any, hire: Any) -> None:
    lin = await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    alarm_id = await database.run(sound)
    address = f"/api/v1/alarms/{alarm_id}/acceptance"
    answer = await browser.send("POST", address, headers={"Idempotency-Key": "take-it-once"})
    assert (await answer.json())["taken_by"] == f"staff:{lin.id}"
    page = await (await browser.client.get(f"/api/v1/alarms?ticket_id={TICKET}")).json()
    assert [(a["id"], a["taken_by_name"]) for a in page["items"]] == [(str(alarm_id), "Lin")]
    await database.run(lambda tx: alarms.clear_alarms(tx, ticket_id=TICKET))
    assert (await (await browser.client.get("/api/v1/alarms")).json())["items"] == []
    everything = await (await browser.client.get("/api/v1/alarms?open=false")).json()
    assert everything["items"][0]["cleared_reason"] == "resolved"
