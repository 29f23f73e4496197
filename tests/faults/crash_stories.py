"""How to bring a rescue to the moment at which each step of the worker is due, and what the step
leaves behind: one story per job, and one per loop that runs beside the jobs."""

import hashlib
import json
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from callcenter.customers.by_file import jobs as owner_jobs
from callcenter.customers.by_file import planning
from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.tiers import service as tiers
from callcenter.customers.tiers.model import Measure, TierRule
from callcenter.ids import new_id
from callcenter.messages import service as messages
from callcenter.messages.many import ToSay, queue_many
from callcenter.messages.model import Channel
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.surveys import ready_made, responses
from callcenter.places import repository as places
from callcenter.routing import by_hand, clocks, confirmed_place, journey
from callcenter.routing.merging import service as merging
from callcenter.routing.towing import service as towing
from callcenter.settings import PlacesSettings, QueueSettings, RoutingSettings, TravelSettings
from callcenter.telephony.agent_phones.door import spool_of
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.walk import Heard, What
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.simulator import service as simulator
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.geocoding import ask_geocoder
from callcenter.tickets.model import Kind, Stage
from callcenter.tickets.said_place import tell_direction
from tests.calls.floor import Floor
from tests.faults import outbound_stories as outbound
from tests.faults.doomed_worker import data_dir_of
from tests.faults.story import CALLER, Story
from tests.outbound.surveys.cast import published, says
from tests.push_service import keys_of_a_browser
from tests.races.scene import DESK, name_place
from tests.telephony import kept


async def opened(story: Story) -> None:
    await story.scene.do(
        ticket_verbs.open_ticket,
        DESK,
        kind=Kind.RESCUE,
        particulars={"fault": "flat_tyre"},
        caller_phone=CALLER,
    )


async def stands_still(story: Story) -> None:
    await opened(story)
    await story.scene.react()
    await story.make_due()


async def located(story: Story) -> None:
    await opened(story)
    await story.scene.react()
    async with story.scene.database.transaction() as tx:
        (ticket,) = await tickets.queue(tx, limit=2)
        await name_place(tx, ticket.id, 0)


async def asked(story: Story) -> None:
    await story.asked()


async def to_be_measured(story: Story) -> None:
    """A router is set: the errand that measures before the first is asked is due."""
    ticket_id = await story.opened()
    settings = RoutingSettings(travel=TravelSettings(url="http://127.0.0.1:9"))
    await story.scene.do(confirmed_place.place_confirmed, ticket_id, settings)


async def danger_marked(story: Story) -> None:
    ticket_id = await story.asked_and_told()
    async with story.scene.database.transaction() as tx:
        ticket = await tickets.lock(tx, ticket_id)
        await ticket_verbs.edit_ticket(tx, DESK, ticket, {"danger": True})


async def alarm_taken(story: Story) -> None:
    await story.alarm_taken()


async def alarm_taken_some_time_ago(story: Story) -> None:
    await story.alarm_taken()
    await story.scene.react()
    await story.make_due()


async def cancelled(story: Story) -> None:
    ticket_id = await story.asked_and_told()
    await story.scene.cancel(ticket_id)


async def accepted(story: Story) -> None:
    await story.accepted()


async def departed(story: Story) -> None:
    dispatch = await story.under_way()
    await story.scene.do(journey.depart, "station", dispatch.id)


async def late(story: Story) -> None:
    dispatch = await story.under_way()
    told = {"dispatch_id": str(dispatch.id)}
    await story.scene.do(clocks.check_departure, told, story.scene.routing)


async def place_moved(story: Story) -> None:
    dispatch = await story.under_way()
    async with story.scene.database.transaction() as tx:
        await name_place(tx, dispatch.ticket_id, 5)
    await story.scene.do(confirmed_place.place_confirmed, dispatch.ticket_id, story.scene.routing)


async def direction_told(story: Story) -> None:
    dispatch = await story.under_way()
    async with story.scene.database.transaction() as tx:
        ticket = await tickets.get(tx, dispatch.ticket_id)
        await tell_direction(tx, DESK, ticket.id, ticket.place_id, "往大连方向", PlacesSettings())
    await story.scene.do(confirmed_place.place_confirmed, dispatch.ticket_id, story.scene.routing)


async def address_to_look_up(story: Story) -> None:
    """A geocoder is set, and what it once said of these words is kept."""
    ticket_id = await story.asked_and_told()
    found = [{"lat": 41.8, "lon": 123.4, "accuracy_m": 50.0, "words": "东望街39号"}]
    digest = hashlib.sha256("东望街39号".encode()).hexdigest()
    async with story.scene.database.transaction() as tx:
        await places.keep_geocode_answer(
            tx, provider="photon", asked=digest, answer=json.dumps(found), days=30
        )
        note = await ticket_verbs.write_note(tx, DESK, ticket_id, "东望街39号")
        await ask_geocoder(tx, ticket_id, note["id"])


async def handed_over(story: Story) -> None:
    ticket_id = await story.asked_and_told()
    await story.scene.do(by_hand.hand_over, DESK, ticket_id, "12122", "nearer")


async def offer_over(story: Story) -> None:
    ticket_id = await story.asked_and_told()
    for offer in await story.scene.offers(ticket_id):
        await story.offer_runs_out(offer.id)
    await story.make_due()


async def asked_too_long(story: Story) -> None:
    await story.asked_and_told()
    await story.make_due()


async def clock_after_acceptance(story: Story) -> None:
    dispatch = await story.under_way()
    async with story.scene.database.transaction() as tx:
        past = await tx.now() - timedelta(hours=1)
        await tx.connection.execute(
            "update dispatches set last_sign_at = $2 where id = $1", dispatch.id, past
        )
    await story.make_due()


async def done(story: Story) -> None:
    dispatch = await story.under_way()
    for step in (journey.depart, journey.arrive):
        await story.scene.do(step, "station", dispatch.id)
    await story.scene.do(journey.complete, "station", dispatch.id, "repaired")


async def destination_proposed(story: Story) -> None:
    """A workshop that is open learns that a car comes."""
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute("update stations set workshop_hours = '24/7'")
    dispatch = await story.under_way()
    await story.scene.do(towing.plan, "station", dispatch.id, story.scene.routing)


async def promised_for_the_morning(story: Story) -> None:
    """The car stands in a yard, and the time of the promise has passed."""
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute(
            "update stations set workshop_hours = 'off', keeps_overnight = true, skills = '{tyre}',"
            " kind = 'tow_partner', rescue_hours = '24/7'"
        )
        await tx.connection.execute("update stations set kind = 'dealer' where code = 'FIRST'")
    dispatch = await story.under_way()
    tow = await story.scene.do(towing.plan, "station", dispatch.id, story.scene.routing)
    await story.scene.do(journey.arrive, "station", dispatch.id)
    await story.scene.do(towing.deliver, "station", tow.id, tow.destination_id)
    await story.make_due()


async def done_yesterday(story: Story) -> None:
    await done(story)
    await story.scene.react()
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute("update tickets set stage_since = now() - interval '2 days'")
    await story.make_due()


async def asked_about(story: Story) -> None:
    """A complaint is closed while a campaign asks how complaints went."""
    plan = template(CampaignKind.COMPLAINT_CALL_BACK).plan
    campaign, owner = new_id(), new_id()
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute("insert into owners (id, name) values ($1, '王')", owner)
        await tx.connection.execute(
            "insert into campaigns"
            " (id, name, kind, purpose, policy, plan, state, priority, made_by) values"
            " ($1, 'x', 'complaint_call_back', 'satisfaction', 'cn', $2, 'running', 10, 'x')",
            campaign,
            plan.model_dump_json(),
        )
    complaint = {"kind": Kind.COMPLAINT, "particulars": {}, "owner_id": owner}
    ticket = await story.scene.do(ticket_verbs.open_ticket, DESK, **complaint)
    for stage in (Stage.RESOLVED, Stage.CLOSED):
        ticket = await story.scene.do(ticket_verbs.move_from_desk, DESK, ticket.id, stage)


async def message_queued(story: Story) -> None:
    await story.scene.do(
        messages.queue,
        key="one",
        channel=Channel.TEXT,
        recipient=CALLER,
        language="zh",
        purpose="first_words",
        body="…",
        drill=False,
    )


async def messages_queued(story: Story) -> None:
    many = [ToSay("one", Channel.TEXT, CALLER, "zh", "first_words", "…")]
    await story.scene.do(queue_many, many)


async def phone_on_duty(story: Story) -> None:
    """A station that is asked has a phone on duty; where its push service was, nobody listens."""
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute(PHONE_ON_DUTY, *keys_of_a_browser())
    await story.asked()


async def ended_at_the_desk(story: Story) -> None:
    """By a verb that knows nothing of the dispatch."""
    ticket_id = await story.asked_and_told()
    async with story.scene.database.transaction() as tx:
        ticket = await tickets.lock(tx, ticket_id)
        await ticket_verbs.move(tx, DESK, ticket, Stage.CANCELLED, outcome="starts again")


async def merged(story: Story) -> None:
    """Two callers, one car: the second one's rescue is merged into the first one's."""
    goes_on = await story.asked_and_told()
    ends = await story.scene.rescue(caller_phone="+8613900139000")
    await story.scene.ask(ends)
    await story.scene.react()
    await story.scene.do(merging.merge, DESK, goes_on, ends, reason="one car")


async def merge_undone(story: Story) -> None:
    await merged(story)
    await story.scene.react()
    async with story.scene.database.transaction() as tx:
        ends = await tx.connection.fetchval("select merged_id from ticket_merges")
        await merging.undo_merge(tx, DESK, ends, "two cars", story.scene.routing)


async def reported_again(story: Story) -> None:
    await story.asked_and_told()
    await opened(story)


async def promised_anew(story: Story) -> None:
    dispatch = await story.under_way()
    await story.scene.do(journey.change_eta, "station", dispatch.id, 45)


async def clock_lost(story: Story) -> None:
    """The offer's time is over, and the job that should notice it is gone."""
    ticket_id = await story.asked_and_told()
    for offer in await story.scene.offers(ticket_id):
        await story.offer_runs_out(offer.id)
    await story.write(
        "delete from pgqueuer where entrypoint = 'routing.expire_offer'",
        "update ladders set began_at = now() - interval '1 h'",
    )


async def job_given_up(story: Story) -> None:
    await story.write(
        "insert into jobs_parked (id, name, key, payload, error)"
        " values (gen_random_uuid(), 'messages.send', 'one', '{}', 'no')"
    )


async def answers_grown_old(story: Story) -> None:
    await story.write(
        "insert into idempotency_keys (actor, key, request_digest, created_at)"
        " values ('x', 'one', '', now() - interval '2 days')"
    )


async def failures_grown_old(story: Story) -> None:
    await story.write(
        "insert into sign_in_failures (account, address, at)"
        " values ('', '', now() - interval '2 days')"
    )


async def jobs_grown_old(story: Story) -> None:
    await story.write(
        "insert into jobs_done (key, done_at) values ('one', now() - interval '8 days')"
    )


async def receipts_grown_old(story: Story) -> None:
    await story.write(
        "insert into early_receipts (carrier, provider_id, received_at)"
        " values ('smpp', 'C1', now() - interval '8 days')"
    )


async def recording_left_in_the_spool(story: Story) -> None:
    """The hotline's process was killed; the switch has written the file to its end."""
    database = story.scene.database
    call = await Floor(database).rings()
    _, name = await kept.running(database, call.id)
    spool = spool_of(data_dir_of(database))
    spool.mkdir(parents=True)
    (spool / f"{name}.wav").write_bytes(kept.sound(600.0))
    os.utime(spool / f"{name}.wav", (0, 0))


async def recording_past_its_time(story: Story) -> None:
    database = story.scene.database
    call = await Floor(database).rings()
    await kept.kept(database, data_dir_of(database), call.id)
    await story.write("update call_recordings set begun_at = now() - interval '181 days'")


async def playbacks_grown_old(story: Story) -> None:
    database = story.scene.database
    call = await Floor(database).rings()
    await kept.running(database, call.id)
    await story.write(
        "insert into recording_plays (id, recording_id, actor, purpose, opened_at)"
        " select id, id, 'x', 'play', now() - interval '3 days' from call_recordings"
    )


PHONE_ON_DUTY = """
with technician as (
    insert into staff_users (id, login, name, role, station_id)
    select gen_random_uuid(), 'technician', 'x', 'station', id from stations order by code limit 1
    returning id, station_id)
insert into push_devices (id, station_id, staff_id, session_id, endpoint, p256dh, auth, language,
                          ends_at)
select gen_random_uuid(), station_id, id, id, 'http://127.0.0.1:9/', $1, $2, 'zh',
       now() + interval '1 h'
from technician
"""


@dataclass(frozen=True)
class Step:
    """Where a step of the worker begins, and what of the picture there is more of behind it."""

    begins: Callable[[Story], Awaitable[None]]
    leaves: str


async def rings_at_an_agent(story: Story) -> None:
    floor = Floor(story.scene.database)
    await floor.ready(await floor.agent())
    await floor.waits()
    await story.make_due()


async def waits_for_experts(story: Story) -> None:
    floor = Floor(story.scene.database)
    await floor.ready(await floor.agent("expert"))
    await floor.waits()
    await story.write(
        "update queue_entries set entered_at = entered_at - interval '31 s'",
    )
    await story.make_due()


async def browser_gone(story: Story) -> None:
    floor = Floor(story.scene.database)
    await floor.ready(await floor.agent())
    await floor.waits()
    await story.write("update seats set seen_at = seen_at - interval '1 min'")


class NoLinks:
    """No text messages."""

    async def send(self, *_: object) -> bool:
        return False


async def page_gone(story: Story) -> None:
    """A simulated call waits in the queue, and its page was not heard of for two minutes."""
    house = House(queue=OurQueue(QueueSettings()), links=NoLinks())
    told = await story.scene.do(simulator.dial, "staff:x", CALLER, house)
    key = Heard(What.KEY, 1, "3")
    await story.scene.do(flow.hear, "carrier", told.call_id, key, house)
    await story.write("update simulated_calls set seen_at = seen_at - interval '2 min'")
    await story.make_due()


async def tiers_of_yesterday(story: Story) -> None:
    """The rules of the tiers were last applied two nights ago."""
    rule = TierRule(tier=1, needs_all=True, thresholds={Measure.CARS: 1})
    await story.scene.do(tiers.make_rules, DESK, [rule], instead_of=0)
    await story.write("update tier_rules set applied_at = now() - interval '2 days'")


async def fell_silent(story: Story) -> None:
    """Somebody began a survey with a quota, and his place is kept no longer."""
    async with story.scene.database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("charging"))
        response = (await responses.open_response(tx, survey_id)).id
        await says(tx, response, "energy", choice="electric")
        await says(tx, response, "region", choice="north")
    await story.write("update survey_quota_places set until = now()")


async def never_came_back(story: Story) -> None:
    """And the time of his response is over."""
    await fell_silent(story)
    await story.write("update survey_responses set expires_at = now()")


OWNER_SHEET = "姓名,电话\n王伟,13900000001\n李敏,13900000002\n".encode()


async def sheet_of_owners_kept(story: Story) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(OWNER_SHEET)
        file.flush()
        await story.scene.do(
            *(owner_jobs.take_in, DESK, ImportKind.OWNERS, Path(file.name)),
            file_name="o.csv",
            mapping={},
        )


async def sheet_of_owners_to_be_written(story: Story) -> None:
    database = story.scene.database
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(OWNER_SHEET)
        file.flush()
        now = await story.scene.do(lambda tx: tx.now())
        named = {"file_name": "o.csv", "digest": "", "said_at": now, "mapping": {}}
        made = await story.scene.do(planning.open_import, DESK, ImportKind.OWNERS, **named)
        await planning.read_file(database, DESK, made, Path(file.name), {})
    await story.scene.do(owner_jobs.have_applied, DESK, made)


async def imports_grown_old(story: Story) -> None:
    """A file was applied long ago, and another was never applied."""
    for number, state in ((1, "applied"), (2, "planned")):
        await story.write(
            "insert into owner_imports"
            " (id, kind, file_name, digest, said_at, state, made_by, made_at, applied_at)"
            f" values ('00000000-0000-0000-0000-00000000000{number}', 'owners', 'o.csv', '', now(),"
            f" '{state}', 'x', now() - interval '40 days', now() - interval '40 days')"
        )
    await story.write(
        "insert into owner_import_rows (import_id, number, cells, person, owner_id)"
        " select id, 2, 'x', id, id from owner_imports"
    )


async def car_not_told_of(story: Story) -> None:
    """A car was expected two days ago; nobody has said whether it came."""
    await story.write(
        "insert into vehicles (id) values (gen_random_uuid())",
        "insert into service_bookings (id, station_id, vehicle_id, starts_at, wanted, source,"
        " booked_by) select gen_random_uuid(), s.id, v.id, now() - interval '3 days',"
        " 'maintenance', 'desk', 'x' from stations s, vehicles v limit 1",
    )


JOBS = {
    "owner_imports.apply": Step(sheet_of_owners_to_be_written, "event owner_import.owners_applied"),
    "owner_imports.read": Step(sheet_of_owners_kept, "event owner_import.planned"),
    "calls.look_again": Step(waits_for_experts, "place call offered"),
    "calls.offer_unanswered": Step(rings_at_an_agent, "place call waiting"),
    "messages.send": Step(message_queued, "message first_words sent"),
    "messages.send_many": Step(messages_queued, "message first_words sent"),
    "outbound.follow_booking": Step(outbound.booked, "touch outcome booked"),
    "outbound.follow_new_email": Step(outbound.has_new_email, "all may be spoken to"),
    "outbound.follow_new_number": Step(outbound.has_new_number, "all may be spoken to"),
    "outbound.go_on": Step(outbound.resumed, "touch agent_call ready"),
    "outbound.withdraw_needless": Step(outbound.came_already, "touch agent_call withdrawn"),
    "outbound.withdraw_of_file": Step(outbound.came_already_by_file, "touch agent_call withdrawn"),
    "outbound.follow_survey": Step(outbound.survey_begun, "touch outcome survey_begun"),
    "outbound.owner_answered": Step(outbound.owner_answered, "owner call connected"),
    "outbound.owner_call_ended": Step(outbound.owner_was_busy, "owner call ended"),
    "outbound.owner_call_written_up": Step(outbound.written_up, "owner call ended"),
    "outbound.rescore_due": Step(outbound.visited, "due maintenance"),
    "outbound.rescore_file": Step(outbound.visited_by_file, "due maintenance"),
    "outbound.withdraw_rest": Step(outbound.stopped, "touch agent_call withdrawn"),
    "outbound.follow_up_ticket": Step(asked_about, "touch agent_call ready"),
    "routing.check_arrival": Step(clock_after_acceptance, "alarm dispatch_late open"),
    "routing.check_delivery": Step(promised_for_the_morning, "alarm tow_not_delivered open"),
    "routing.check_departure": Step(clock_after_acceptance, "alarm dispatch_not_departed open"),
    "routing.check_silence": Step(clock_after_acceptance, "alarm dispatch_silent open"),
    "routing.check_standstill": Step(stands_still, "alarm rescue_not_located open"),
    "routing.end_asking": Step(ended_at_the_desk, "offer withdrawn"),
    "routing.expire_offer": Step(offer_over, "offer expired"),
    "routing.follow_up_alarm": Step(alarm_taken, "waiting routing.look_again"),
    "routing.hasten": Step(danger_marked, "event offer.made"),
    "routing.look_again": Step(alarm_taken_some_time_ago, "event alarm.raised"),
    "routing.measure_and_ask": Step(to_be_measured, "offer offered"),
    "routing.place_confirmed": Step(located, "offer offered"),
    "routing.push_offer": Step(phone_on_duty, "push failed"),
    "routing.sound_deadline": Step(asked_too_long, "alarm rescue_not_accepted open"),
    "routing.tell_accepted": Step(accepted, "message owner_accepted sent"),
    "routing.tell_delay": Step(late, "message owner_delayed sent"),
    "routing.tell_eta_changed": Step(promised_anew, "message owner_eta_changed sent"),
    "routing.tell_handed_over": Step(handed_over, "message owner_handed_over sent"),
    "routing.tell_moved": Step(departed, "message owner_departed sent"),
    "routing.tell_offer_ended": Step(cancelled, "message station_withdrawn sent"),
    "routing.tell_offer_made": Step(asked, "message station_offer sent"),
    "routing.tell_place_moved": Step(place_moved, "message station_place_moved sent"),
    "routing.tell_way": Step(direction_told, "message station_way sent"),
    "routing.tell_ticket_moved": Step(cancelled, "message owner_cancelled sent"),
    "routing.tell_tow": Step(destination_proposed, "message tow_coming sent"),
    "routing.watch_standstill": Step(opened, "waiting routing.check_standstill"),
    "simulator.is_he_there": Step(page_gone, "place call abandoned"),
    "tickets.geocode": Step(address_to_look_up, "event place.proposed"),
    "tickets.close_resolved": Step(done_yesterday, "ticket closed"),
    "tickets.propose_same": Step(reported_again, "event ticket.same_proposed"),
    "tickets.send_first_words": Step(opened, "message first_words sent"),
    "tickets.send_safety_words": Step(danger_marked, "message safety_words sent"),
    "tickets.tell_merge_undone": Step(merge_undone, "message merge_undone sent"),
    "tickets.tell_merged": Step(merged, "message merged sent"),
    "tickets.watch_resolved": Step(done, "waiting tickets.close_resolved"),
}
BESIDE = {
    "campaign_runs": Step(outbound.campaign_due, "event campaign.run_begun"),
    "audience_cars": Step(outbound.owner_not_in_audiences, "owner in audiences"),
    "purge_imports": Step(imports_grown_old, "no old owner_import_rows"),
    "bookings": Step(car_not_told_of, "event booking.missed"),
    "due_dates": Step(outbound.delivered, "due first_service"),
    "seats": Step(browser_gone, "seat ready none lost"),
    "job_watch": Step(job_given_up, "alarm jobs_parked open"),
    "purge_answers": Step(answers_grown_old, "no old idempotency_keys"),
    "purge_jobs": Step(jobs_grown_old, "no old jobs_done"),
    "purge_receipts": Step(receipts_grown_old, "no old early_receipts"),
    "purge_plays": Step(playbacks_grown_old, "no old recording_plays"),
    "recordings_by_rule": Step(recording_past_its_time, "recording removed"),
    "recordings_left_over": Step(recording_left_in_the_spool, "recording kept in a file"),
    "purge_sessions": Step(failures_grown_old, "no old sign_in_failures"),
    "rescue_watch": Step(clock_lost, "offer expired"),
    "survey_places": Step(fell_silent, "survey place given_back"),
    "survey_ends": Step(never_came_back, "event survey.ended"),
    "tiers": Step(tiers_of_yesterday, "event tier.applied"),
}
STORIES = JOBS | BESIDE
