"""Who may hear a recording, how each access is written down, and how long it is kept."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.staff.model import Role
from callcenter.telephony.recordings import service as recordings
from callcenter.telephony.recordings.errors import RecordingHeld
from callcenter.telephony.recordings.model import RemovedWhy
from callcenter.telephony.recordings.retention import keep_by_rule
from callcenter.telephony.recordings.store import FILE, NotOurs, Store, kept_file
from callcenter.tickets import repository as tickets
from tests.contract.browser import browser
from tests.db.cast import CONTROL
from tests.service import Client, Refused, Service, running
from tests.telephony import kept
from tests.telephony.kept import sound

PLAYED = "select actor, facts from events where kind = 'recording.played' order by id"


@pytest.fixture
async def service(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(database, intake, data_dir=tmp_path) as it:
        yield it


@pytest.fixture
async def me(service: Service) -> AsyncIterator[Client]:
    async with browser(service, Role.AGENT) as session:
        yield Client(session, None)


@pytest.fixture
async def supervisor(service: Service) -> AsyncIterator[Client]:
    async with browser(service, Role.SUPERVISOR) as session:
        yield Client(session, None)


async def answered(by: Client, ref: str = "c-1") -> str:
    """A call that this colleague has taken."""
    rung = await by.post("/api/v1/calls", {"carrier_ref": ref, "caller": "13900139001"})
    call_id = str(rung["call"]["id"])
    await by.post(f"/api/v1/calls/{call_id}/answer")
    return call_id


async def recorded(service: Service, by: Client, ref: str = "c-1") -> tuple[str, str]:
    """A call of his with its recording: a complaint."""
    call_id = await answered(by, ref)
    made = await kept.kept(service.database, service.settings.data_dir, UUID(call_id))
    return call_id, str(made)


async def refused(doing: Any) -> tuple[int, str]:
    with pytest.raises(Refused) as found:
        await doing
    return found.value.status, found.value.problem["code"]


async def audited(service: Service) -> list[Any]:
    async with service.database.reading() as tx:
        return [dict(row) for row in await tx.connection.fetch(PLAYED)]


async def piece(of: Client, audio: str, asked: str = "") -> tuple[int, dict[str, str], bytes]:
    headers = {"Range": asked} if asked else {}
    async with of.session.get(audio, headers=headers) as answer:
        return answer.status, dict(answer.headers), await answer.read()


async def test_in_pieces_and_one_access_is_one_line_of_the_audit(service: Service, me: Client):
    call_id, made = await recorded(service, me)
    (listed,) = (await me.get(f"/api/v1/calls/{call_id}/recordings"))["items"]
    assert (listed["may_play"], listed["seconds"], listed["state"]) == (True, 1.0, "kept")
    opened = await me.post(f"/api/v1/recordings/{made}/plays", {})
    status, headers, whole = await piece(me, opened["audio"])
    assert (status, headers["Content-Type"], headers["Accept-Ranges"]) == (
        200,
        "audio/wav",
        "bytes",
    )
    assert "no-store" in headers["Cache-Control"]
    assert whole == sound(600.0)
    status, headers, first = await piece(me, opened["audio"], "bytes=0-43")
    assert (status, first) == (206, whole[:44])
    assert headers["Content-Range"] == f"bytes 0-43/{len(whole)}"
    status, _, rest = await piece(me, opened["audio"], "bytes=44-")
    assert (status, first + rest) == (206, whole)
    assert (await piece(me, opened["audio"], f"bytes={len(whole)}-"))[0] == 416
    assert len(opened["peaks"]) == 300
    assert min(opened["peaks"]) > 0.2
    (line,) = await audited(service)
    assert line["actor"] == (await me.get("/api/v1/session"))["id"]
    # A second look is a second access.
    await me.post(f"/api/v1/recordings/{made}/plays", {})
    assert len(await audited(service)) == 2


async def test_only_a_supervisor_takes_one_along(service: Service, me: Client, supervisor: Client):
    _, made = await recorded(service, me)
    path, wanted = f"/api/v1/recordings/{made}/plays", {"purpose": "download"}
    assert await refused(me.post(path, wanted)) == (403, "forbidden")
    opened = await supervisor.post(path, wanted)
    _, headers, _ = await piece(supervisor, opened["audio"])
    assert headers["Content-Disposition"] == f'attachment; filename="{made}.wav"'
    (line,) = await audited(service)
    assert json.loads(line["facts"])["purpose"] == "download"


async def test_who_may_not_is_refused_and_nothing_was_heard(
    service: Service, me: Client, supervisor: Client
):
    _, theirs = await recorded(service, supervisor)
    path = f"/api/v1/recordings/{theirs}/plays"
    assert await refused(me.post(path, {})) == (403, "recording_not_yours")
    async with browser(service, Role.ADMIN) as session:
        assert await refused(Client(session, None).post(path, {})) == (403, "forbidden")
    assert await audited(service) == []
    _, mine = await recorded(service, me, "c-2")
    opened = await supervisor.post(f"/api/v1/recordings/{mine}/plays", {})
    # A playback is its opener's: its address is no key for others, nor for another recording.
    assert (await piece(me, opened["audio"]))[0] == 403
    assert (await piece(supervisor, opened["audio"].replace(mine, theirs)))[0] == 403
    forged = f"/api/v1/recordings/{mine}/audio?play={uuid4()}"
    assert (await piece(me, forged))[0] == 403
    assert await refused(me.post(f"/api/v1/recordings/{uuid4()}/plays", {})) == (
        404,
        "recording_not_found",
    )
    for odd in ("..%2f..%2fpasswd", "%2e%2e/audio", "x/audio"):
        assert (await piece(me, f"/api/v1/recordings/{odd}/audio?play={uuid4()}"))[0] in (404, 422)
    assert len(await audited(service)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "../passwords.json",
        "recordings/../../x.wav",
        "/etc/passwd",
        "recordings/2026-11/a/b.wav",
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_none(tmp_path: Path, path: str):
    assert not FILE.fullmatch(path)
    with pytest.raises(NotOurs):
        kept_file(tmp_path, path)
    with pytest.raises(NotOurs):
        Store(tmp_path, tmp_path).is_settled(path)


async def test_only_who_speaks_pauses_and_nothing_runs_no_pause(
    service: Service, me: Client, supervisor: Client
):
    call_id = await answered(me)
    pause = f"/api/v1/calls/{call_id}/recording/pause"
    assert await refused(me.post(pause, {"reason": "card"})) == (409, "nothing_recorded")
    await kept.running(service.database, UUID(call_id))
    paused = await me.post(pause, {"reason": "card"})
    # It is so when the switch has said so.
    assert (paused["pause_wanted"], paused["paused"]) == (True, False)
    theirs = await answered(supervisor, "c-2")
    await kept.running(service.database, UUID(theirs))
    path = f"/api/v1/calls/{theirs}/recording/pause"
    assert await refused(me.post(path, {"reason": "card"})) == (403, "recording_not_yours")


async def grows_old(owner: asyncpg.Connection, days: int) -> None:
    await owner.execute(f"update call_recordings set begun_at = now() - interval '{days} days'")


async def states(service: Service) -> dict[str, tuple[str, bool]]:
    """Each recording's state, and whether its row still names a file."""
    async with service.database.reading() as tx:
        rows = await tx.connection.fetch("select id, state, file from call_recordings")
    return {str(row["id"]): (row["state"], row["file"] is not None) for row in rows}


async def test_what_is_past_its_time_is_erased_and_its_row_stays(
    service: Service, me: Client, owner: asyncpg.Connection
):
    data_dir = service.settings.data_dir
    _, talk = await recorded(service, me)
    call_id, complaint = await recorded(service, me, "c-2")
    await me.post(f"/api/v1/calls/{call_id}/tickets", {"kind": "complaint"})
    opened = await me.post(f"/api/v1/recordings/{talk}/plays", {})
    await grows_old(owner, 179)
    assert await keep_by_rule(service.database, data_dir) == 0
    await grows_old(owner, 181)
    assert await keep_by_rule(service.database, data_dir) == 1
    assert await states(service) == {talk: ("removed", False), complaint: ("kept", True)}
    assert [file.stem for file in data_dir.glob("recordings/*/*.wav")] == [complaint]
    # Who had opened it before hears no more of it.
    assert (await piece(me, opened["audio"]))[0] == 409
    async with service.database.reading() as tx:
        asked = "select actor, facts ->> 'reason' from events where kind = 'recording.removed'"
        assert [tuple(row) for row in await tx.connection.fetch(asked)] == [("system", "expired")]


async def test_a_hold_keeps_what_the_rule_would_remove(
    service: Service, me: Client, supervisor: Client, owner: asyncpg.Connection
):
    data_dir = service.settings.data_dir
    call_id, made = await recorded(service, me)
    ticket = await me.post(f"/api/v1/calls/{call_id}/tickets", {"kind": "enquiry"})
    hold = f"/api/v1/tickets/{ticket['id']}/recording-hold"
    assert await refused(me.put(hold, {"reason": "x"})) == (403, "forbidden")
    held = await supervisor.put(hold, {"reason": "a court has asked for it"})
    assert (held["items"][0]["is_held"], held["items"][0]["kept_until"]) == (True, None)
    await grows_old(owner, 4000)
    assert await keep_by_rule(service.database, data_dir) == 0
    removal = f"/api/v1/recordings/{made}/removal"
    assert await refused(supervisor.post(removal, {"reason": "asked"})) == (
        409,
        "recording_on_hold",
    )
    assert (await supervisor.delete(hold))["hold"] is None
    assert await keep_by_rule(service.database, data_dir) == 1
    asked = "select kind from events where kind like 'recording.hold%' order by id"
    async with service.database.reading() as tx:
        told = [row["kind"] for row in await tx.connection.fetch(asked)]
    assert told == ["recording.hold_placed", "recording.hold_lifted"]


@pytest.mark.parametrize("locks", [True, pytest.param(False, marks=CONTROL)])
async def test_a_removal_waits_for_the_hold_that_is_being_placed(
    service: Service, me: Client, monkeypatch: pytest.MonkeyPatch, locks: bool
):
    if not locks:
        monkeypatch.setattr(tickets, "lock", tickets.get)
    call_id, made = await recorded(service, me)
    ticket = await me.post(f"/api/v1/calls/{call_id}/tickets", {"kind": "enquiry"})
    database = service.database

    async def removed() -> bool:
        given = ("staff:1", UUID(made), RemovedWhy.ASKED)
        with contextlib.suppress(RecordingHeld):
            await database.run(lambda tx: recordings.remove(tx, *given))
            return True
        return False

    async with database.transaction() as tx:
        await recordings.place_hold(tx, "staff:1", UUID(ticket["id"]), "court")
        removing = asyncio.create_task(removed())
        await asyncio.sleep(0.5)
    assert not await removing


async def test_a_message_is_heard_handled_and_its_caller_called_back(
    service: Service, me: Client, supervisor: Client
):
    data_dir = service.settings.data_dir
    await kept.message(service.database, data_dir, "+8613900139001")
    await kept.message(service.database, data_dir, None, "en")
    unheard = "/api/v1/left-messages/unheard"
    assert (await me.get(unheard))["count"] == 2
    withheld, known = (await me.get("/api/v1/left-messages", open="true"))["items"]
    assert (known["caller"], known["language"], known["seconds"]) == ("139****9001", "zh", 3.0)
    assert (withheld["caller"], withheld["language"]) == (None, "en")
    # It has an owner from its first moment.
    assert known["ticket_number"] is not None
    (full, *_) = (await supervisor.get("/api/v1/left-messages"))["items"][1:]
    assert full["caller"] == "+8613900139001"

    opened = await me.post(f"/api/v1/recordings/{known['recording_id']}/plays", {})
    assert (await piece(me, opened["audio"]))[2] == sound(600.0, seconds=3)
    assert (await me.get(unheard))["count"] == 1
    await supervisor.post(f"/api/v1/recordings/{known['recording_id']}/plays", {})
    heard = (await me.get("/api/v1/left-messages"))["items"][1]
    assert heard["heard_by_name"] == (await me.get("/api/v1/session"))["name"]
    assert heard["handled_at"] is None

    back = f"/api/v1/left-messages/{withheld['id']}/call-back"
    assert await refused(me.post(back)) == (422, "call_back_needs_number")
    done = await me.post(f"/api/v1/left-messages/{known['id']}/call-back")
    assert done["handled_by_name"] == heard["heard_by_name"]
    (place,) = (await me.get("/api/v1/waiting"))["items"]
    assert (place["kind"], place["why"]) == ("call_back", "asked")
    await me.post(f"/api/v1/left-messages/{withheld['id']}/handling")
    assert (await me.get("/api/v1/left-messages", open="true"))["items"] == []
    assert (await me.get(unheard))["count"] == 0


async def test_the_rule_is_changed_by_version_and_its_groups_are_known(
    service: Service, supervisor: Client
):
    rule = await supervisor.get("/api/v1/recording-rule")
    assert (rule["mode"], rule["talk_days"], rule["complaint_days"]) == ("all", 180, 1095)
    fields = {"mode": "groups", "groups": ["rescue"], "talk_days": 30}
    fields |= {"complaint_days": 400, "message_days": 60}

    async def put(body: Any, version: int) -> int:
        headers = {"If-Match": f'"{version}"'}
        path = "/api/v1/recording-rule"
        async with supervisor.session.put(path, json=body, headers=headers) as answer:
            return answer.status

    assert await put(fields | {"groups": ["nobody"]}, 1) == 422
    assert await put(fields | {"talk_days": 0}, 1) == 422
    assert await put(fields, 1) == 200
    assert await put(fields, 1) == 412
    assert (await supervisor.get("/api/v1/recording-rule"))["groups"] == ["rescue"]
