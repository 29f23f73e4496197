"""The moments at which the jobs of outbound begin: campaigns, calls to owners, visits."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from callcenter.calls.events import CallAnswered, CallDisposed, CallEnded
from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, SilenceReason
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import Fact, record
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.model import AllOf
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.service import GO_ON, WITHDRAW_REST
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.surveys import ready_made, responses
from callcenter.stations.bookings import service as bookings
from callcenter.stations.bookings.model import Wanted
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind as TicketKind
from tests.customers.by_file_cast import imported
from tests.faults.story import Story
from tests.outbound.surveys.cast import published, says
from tests.service import add_station

CAMPAIGN, RUN, OWNER, TOUCH, CALL, OWNER_CALL, AGENT = (UUID(int=n) for n in range(11, 18))
TODAY = "(now() at time zone 'Asia/Shanghai')::date"


async def _campaign(tx: Tx, *, state: str = "running", touch: str = "sent") -> None:
    """One that runs, with one touch that is an agent's call."""
    plan = template(CampaignKind.COMPLAINT_CALL_BACK).plan.model_dump_json()
    statements: Mapping[str, tuple[object, ...]] = {
        "insert into owners (id, name) values ($1, '王')": (OWNER,),
        "insert into owner_reach (owner_id) values ($1)": (OWNER,),
        "insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)"
        " values ($1, 'x', 'complaint_call_back', 'satisfaction', 'cn', $2, $3, 10, 'x')": (
            CAMPAIGN,
            plan,
            state,
        ),
        "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)"
        " values ($1, $2, 1, $3, 'cn', 'x')": (RUN, CAMPAIGN, plan),
        "insert into run_members (run_id, owner_id, arm) values ($1, $2, 'treated')": (RUN, OWNER),
        "insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority,"
        " bucket, state, due_at, expires_at, claimed_by) values ($1, $2, $3, $4, 0, 'agent_call',"
        " 'satisfaction', 10, 0, $5, now() + interval '1 day', now() + interval '2 days', 'x')": (
            TOUCH,
            RUN,
            CAMPAIGN,
            OWNER,
            touch,
        ),
    }
    for statement, values in statements.items():
        await tx.connection.execute(statement, *values)


async def campaign_due(story: Story) -> None:
    """A recall of every car, for three owners."""
    plan = template(CampaignKind.RECALL).plan.model_dump_json()
    async with story.scene.database.transaction() as tx:
        for number in range(3):
            await customers.add_owner(tx, "test", name="王", phones=[f"+861380013800{number}"])
        audience = await audiences.make(tx, "test", "所有人", AllOf(of=()))
        await tx.connection.execute(
            "insert into campaigns (id, name, kind, purpose, audience_id, policy, plan, state,"
            " priority, next_run_at, made_by) values"
            " ($1, 'x', 'recall', 'safety', $2, 'cn', $3, 'running', 20, now(), 'x')",
            *(CAMPAIGN, audience.id, plan),
        )


async def survey_begun(story: Story) -> None:
    """He answers the first question of the survey that his touch has sent."""
    async with story.scene.database.transaction() as tx:
        await _campaign(tx)
        survey_id = await published(tx, ready_made.ready_made("charging"))
        response = await responses.open_response(tx, survey_id, owner_id=OWNER, touch_id=TOUCH)
        await says(tx, response.id, "energy", choice="electric")


async def booked(story: Story) -> None:
    """He has booked a service by the link of his touch."""
    async with story.scene.database.transaction() as tx:
        await _campaign(tx)
        car = await customers.add_vehicle(tx, "test", {"model": "x"})
        station = await add_station(tx, "B1", workshop_hours="24/7")
        await bookings.book(
            tx,
            "test",
            station_id=station.id,
            vehicle_id=car.id,
            starts_at=await tx.now() + timedelta(days=1),
            wanted=Wanted.MAINTENANCE,
            touch_id=TOUCH,
        )


async def stopped(story: Story) -> None:
    """A campaign was stopped that has more touches than are withdrawn at once."""
    async with story.scene.database.transaction() as tx:
        await _campaign(tx, state="stopped", touch="ready")
        payload = {"campaign_id": str(CAMPAIGN), "reason": "campaign_stopped"}
        await enqueue(tx, [Job(WITHDRAW_REST, payload, f"{WITHDRAW_REST}:{CAMPAIGN}")])


async def _waits_about_his_car(tx: Tx) -> UUID:
    """An agent is to ask him to a service; the car."""
    await _campaign(tx, touch="ready")
    car = await customers.add_vehicle(tx, "test", {"model": "x", "vin": "LYXC1A2B1P0000001"})
    await customers.link_vehicle(tx, "test", OWNER, car.id)
    plan = template(CampaignKind.MAINTENANCE).plan.model_dump_json()
    await tx.connection.execute("update campaigns set kind = 'maintenance'")
    await tx.connection.execute("update campaign_runs set plan = $1", plan)
    await tx.connection.execute("update touches set vehicle_id = $1", car.id)
    return car.id


async def came_already(story: Story) -> None:
    """He is to be asked to a service, and has come."""
    async with story.scene.database.transaction() as tx:
        car_id = await _waits_about_his_car(tx)
        today = await tx.connection.fetchval(f"select {TODAY}")
        told = visits.Told(car_id, today, VisitKind.MAINTENANCE, VisitSource.STATION)
        await visits.record_visit(tx, "test", told)


async def came_already_by_file(story: Story) -> None:
    """The same, as a file tells it."""
    async with story.scene.database.transaction() as tx:
        await _waits_about_his_car(tx)
        now = await tx.now()
    rows = [{"车架号": "LYXC1A2B1P0000001", "进站日期": now.date().isoformat(), "类型": "保养"}]
    with tempfile.TemporaryDirectory() as folder:
        await imported(story.scene.database, Path(folder), ImportKind.VISITS, rows)


async def _silent(tx: Tx, channel: Channel, reason: SilenceReason) -> UUID:
    owner = await customers.add_owner(tx, "test", name="王")
    proof = consents.Proof(Evidence.RECEIPT, said_at=await tx.now() - timedelta(hours=1))
    await consents.silence(tx, "outbound", owner.id, [channel], proof, reason)
    return owner.id


async def has_new_number(story: Story) -> None:
    """A stranger had answered for him."""
    async with story.scene.database.transaction() as tx:
        owner_id = await _silent(tx, Channel.CALL, SilenceReason.WRONG_NUMBER)
        await customers.add_phone(tx, "test", owner_id, "+8613800138001")


async def has_new_email(story: Story) -> None:
    """His mailbox was not there."""
    async with story.scene.database.transaction() as tx:
        owner_id = await _silent(tx, Channel.EMAIL, SilenceReason.BOUNCED)
        owner = await customers.get_owner(tx, owner_id)
        await edits.edit_owner(tx, "test", owner, {"email": "wang@example.cn"})


async def resumed(story: Story) -> None:
    """While the campaign was paused a complaint was closed."""
    async with story.scene.database.transaction() as tx:
        await _campaign(tx)
        owner = await customers.add_owner(tx, "test", name="李")
        ticket = await tickets.open_ticket(
            tx, "test", kind=TicketKind.COMPLAINT, particulars={}, owner_id=owner.id, drill=False
        )
        await tx.connection.execute(
            "update tickets set stage = 'closed', closed_at = now() where id = $1", ticket.id
        )
        since = (await tx.now() - timedelta(hours=1)).isoformat()
        payload = {"campaign_id": str(CAMPAIGN), "paused_at": since}
        await enqueue(tx, [Job(GO_ON, payload, f"{GO_ON}:{CAMPAIGN}")])


async def delivered(story: Story) -> None:
    """A car was delivered; nobody has scored it yet."""
    async with story.scene.database.transaction() as tx:
        car = await customers.add_vehicle(tx, "test", {"model": "x"})
        await tx.connection.execute(
            f"update vehicles set delivered_on = {TODAY} - 30 where id = $1", car.id
        )


async def visited(story: Story) -> None:
    """A car was here."""
    async with story.scene.database.transaction() as tx:
        car = await customers.add_vehicle(tx, "test", {"model": "x"})
        today = await tx.connection.fetchval(f"select {TODAY}")
        told = visits.Told(car.id, today, VisitKind.MAINTENANCE, VisitSource.DESK, odometer_km=900)
        await visits.record_visit(tx, "test", told)


async def visited_by_file(story: Story) -> None:
    """A file told that a car was here."""
    database = story.scene.database
    async with database.transaction() as tx:
        car = await customers.add_vehicle(tx, "test", {"model": "x", "vin": "LYXC1A2B1P0000001"})
        now = await tx.now()
    rows = [{"车架号": car.vin or "", "进站日期": now.date().isoformat(), "类型": "保养"}]
    with tempfile.TemporaryDirectory() as folder:
        await imported(database, Path(folder), ImportKind.VISITS, rows)


async def owner_not_in_audiences(story: Story) -> None:
    """Somebody was written down, and the audiences do not know him yet."""
    async with story.scene.database.transaction() as tx:
        await customers.add_owner(tx, "test", name="王")


async def _called(story: Story, state: str, fact: Fact, ended: str | None = None) -> None:
    """A call to an owner, and what the hotline tells of it."""
    async with story.scene.database.transaction() as tx:
        await _campaign(tx, touch="sending")
        await tx.connection.execute(
            "insert into staff_users (id, login, name, role, password_hash)"
            " values ($1, 'li', '李', 'agent', 'x')",
            AGENT,
        )
        await tx.connection.execute(
            "insert into calls (id, carrier_ref, caller, state, ringing_at, direction, answered_at,"
            " ended_at, end_reason) values ($1, 'x', '+8613800138000', $2, now(), 'outbound',"
            " case when $3::text is distinct from 'busy' then now() end,"
            " case when $2 = 'ended' then now() end, $3::text)",
            CALL,
            "ended" if ended else "answered",
            ended,
        )
        await tx.connection.execute(
            "insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words,"
            " language, staff_id, call_id, state, dialled_at) values ($1, $2, $3, $4, 'preview',"
            " '+8613800138000', '…', 'zh', $5, $6, $7, now())",
            *(OWNER_CALL, TOUCH, CAMPAIGN, OWNER, AGENT, CALL, state),
        )
        await record(tx, fact, actor=f"staff:{AGENT}")


async def owner_answered(story: Story) -> None:
    await _called(story, "answered", CallAnswered(call_id=CALL))


async def owner_was_busy(story: Story) -> None:
    await _called(story, "dialling", CallEnded(call_id=CALL, reason="busy"), ended="busy")


async def written_up(story: Story) -> None:
    fact = CallDisposed(call_id=CALL, disposition="information")
    await _called(story, "connected", fact, ended="caller_hung_up")
