"""How to bring a rescue to the moment at which each job is due: one story per job."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from callcenter.messages import service as messages
from callcenter.messages.model import Channel
from callcenter.routing import by_hand, clocks, journey, ladder
from callcenter.routing.model import Dispatch
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Kind
from tests.races.scene import DESK, Scene, name_place

CALLER = "+8613800138000"


@dataclass
class Story:
    """One rescue, and what happens to it."""

    scene: Scene
    name: str

    async def opened(self) -> UUID:
        return await self.scene.rescue(caller_phone=CALLER)

    async def asked(self) -> UUID:
        ticket_id = await self.opened()
        await self.scene.ask(ticket_id)
        return ticket_id

    async def asked_and_told(self) -> UUID:
        ticket_id = await self.asked()
        await self.scene.react()
        return ticket_id

    async def accepted(self) -> Dispatch:
        ticket_id = await self.asked_and_told()
        (offer, *_) = await self.scene.offers(ticket_id)
        return await self.scene.accepted(offer)

    async def under_way(self) -> Dispatch:
        dispatch = await self.accepted()
        await self.scene.react()
        return dispatch

    async def alarm_taken(self) -> UUID:
        ticket_id = await self.asked_and_told()
        for offer in await self.scene.offers(ticket_id):
            await self.offer_runs_out(offer.id)
        await self.scene.do(ladder.sound_deadline, {"ticket_id": str(ticket_id), "round": 1})
        async with self.scene.database.transaction() as tx:
            for alarm in await alarms.listed(tx, limit=9, only_open=True):
                await alarms.take_alarm(tx, DESK, alarm.id)
        return ticket_id

    async def offer_runs_out(self, offer_id: UUID) -> None:
        """Its time is over; nobody has noticed yet."""
        async with self.scene.database.transaction() as tx:
            await tx.connection.execute(
                "update offers set made_at = now() - interval '1 h', "
                "expires_at = now() - interval '1 s' where id = $1",
                offer_id,
            )

    async def make_due(self) -> None:
        """The clock of the job's timer has run out."""
        async with self.scene.database.transaction() as tx:
            await tx.connection.execute(
                "update pgqueuer set execute_after = now() where entrypoint = $1", self.name
            )


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
    await story.scene.do(clocks.check_departure, {"dispatch_id": str(dispatch.id)})


async def place_moved(story: Story) -> None:
    dispatch = await story.under_way()
    async with story.scene.database.transaction() as tx:
        await name_place(tx, dispatch.ticket_id, 5)
    await story.scene.do(ladder.place_confirmed, dispatch.ticket_id, story.scene.routing)


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


async def done_yesterday(story: Story) -> None:
    await done(story)
    await story.scene.react()
    async with story.scene.database.transaction() as tx:
        await tx.connection.execute("update tickets set stage_since = now() - interval '2 days'")
    await story.make_due()


async def message_queued(story: Story) -> None:
    await story.scene.do(
        messages.queue,
        key="one",
        channel=Channel.TEXT,
        recipient=CALLER,
        language="zh",
        purpose="first_words",
        body="…",
    )


STORIES: dict[str, Callable[[Story], Awaitable[None]]] = {
    "messages.send": message_queued,
    "routing.check_arrival": clock_after_acceptance,
    "routing.check_departure": clock_after_acceptance,
    "routing.check_silence": clock_after_acceptance,
    "routing.check_standstill": stands_still,
    "routing.end_asking": cancelled,
    "routing.expire_offer": offer_over,
    "routing.follow_up_alarm": alarm_taken,
    "routing.hasten": danger_marked,
    "routing.look_again": alarm_taken_some_time_ago,
    "routing.place_confirmed": located,
    "routing.sound_deadline": asked_too_long,
    "routing.tell_accepted": accepted,
    "routing.tell_delay": late,
    "routing.tell_handed_over": handed_over,
    "routing.tell_moved": departed,
    "routing.tell_offer_ended": cancelled,
    "routing.tell_offer_made": asked,
    "routing.tell_place_moved": place_moved,
    "routing.watch_standstill": opened,
    "tickets.close_resolved": done_yesterday,
    "tickets.send_first_words": opened,
    "tickets.watch_resolved": done,
}
