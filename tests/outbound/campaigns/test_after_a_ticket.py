"""A complaint or rescue that closes brings its owner into the campaigns that ask how it went."""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import service
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.reactions import follow_up_ticket
from callcenter.outbound.campaigns.rendering import Invitation, Renderer
from callcenter.outbound.campaigns.survey_words import Surveys
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Touch
from callcenter.outbound.touches.model import Said
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind as TicketKind
from callcenter.tickets.model import Ticket
from tests.outbound.campaigns.asking import ASKED, open_survey
from tests.outbound.campaigns.rows import touch_of, touches


class Links:
    async def booking(self, tx: Tx, touch: Touch) -> str:
        return "https://care.example/b/1"

    async def surveys(self, tx: Tx, ids: Collection[UUID]) -> Surveys:
        return dict.fromkeys(ids, ASKED)

    async def survey(
        self, tx: Tx, touch: Touch, survey_id: UUID, language: str, *, asks: bool
    ) -> Invitation:
        return Invitation(f"https://care.example/s/{language}", "满意吗?" if asks else "")

    def unsubscribe(self, touch: Touch) -> str | None:
        return "https://care.example/u/1"


RENDERER = Renderer(Links(), "400-100-2000", {"zh": "客户关怀", "en": "Customer care"})


async def asks(database: Database, kind: Kind) -> None:
    """A running campaign that follows tickets."""
    usual = template(kind)
    survey_id = await open_survey(database)
    steps = [step.model_copy(update={"survey_id": survey_id}) for step in usual.plan.steps]
    fields: dict[str, Any] = {
        "name": "回访",
        "kind": kind,
        "purpose": usual.purpose,
        "audience_id": None,
        "policy": "cn",
        "plan": usual.plan.model_copy(update={"steps": tuple(steps)}),
        "starts_at": None,
        "ends_at": None,
    }

    async def begin(tx: Tx) -> None:
        made = await service.draft(tx, "staff:a", fields)
        await service.approve(tx, "staff:b", await service.submit(tx, "staff:a", made, [], "zh"))

    await database.run(begin)


async def opened(
    database: Database, kind: TicketKind, *, drill: bool = False, phone: str = "+8613800138000"
) -> Ticket:
    async def open_it(tx: Tx) -> Ticket:
        phones = [phone] if phone else []
        owner = await customers.add_owner(tx, "test", name="王芳", phones=phones, tier=2)
        return await tickets.open_ticket(
            tx, "test", kind=kind, particulars={}, owner_id=owner.id, drill=drill
        )

    return await database.run(open_it)


async def closes(database: Database, ticket: Ticket, stage: str = "closed") -> None:
    facts = {"ticket_id": str(ticket.id), "was": "resolved", "stage": stage, "outcome": None}
    event = StoredEvent(uuid4(), "ticket.moved", datetime.now(UTC), "test", ticket.id, None, facts)
    await database.run(lambda tx: follow_up_ticket(tx, event))


async def test_a_closed_rescue_is_asked_about_once_and_in_words_of_its_own(database: Database):
    await asks(database, Kind.RESCUE_FOLLOW_UP)
    rescue = await opened(database, TicketKind.RESCUE)
    await closes(database, rescue, "resolved")
    assert await touches(database) == []
    # Reopened and closed again, by two workers at once: he is asked once that day.
    await asyncio.gather(*(closes(database, rescue) for _ in range(3)))
    (made,) = [touch_of(row) for row in await touches(database)]
    assert (made.ticket_id, made.owner_id) == (rescue.id, rescue.owner_id)

    (said,) = (await database.run(lambda tx: RENDERER(tx, [made]))).values()
    assert isinstance(said, Said)
    assert said.recipient == "+8613800138000"
    assert said.variant == "gold"
    assert rescue.number in said.body
    assert "满意吗?网页作答:https://care.example/s/zh" in said.body
    # Who speaks, and how to hear no more: the policy wants it in such a text.
    assert said.body.startswith("【客户关怀】")
    assert said.body.endswith("电话 400-100-2000 拒收请回复TD")


@pytest.mark.parametrize(
    ("kind", "drill"), [(TicketKind.ENQUIRY, False), (TicketKind.RESCUE, True)]
)
async def test_an_enquiry_and_a_drill_are_not_asked_about(
    database: Database, kind: TicketKind, drill: bool
):
    await asks(database, Kind.RESCUE_FOLLOW_UP)
    await closes(database, await opened(database, kind, drill=drill))
    assert await touches(database) == []


async def test_who_has_no_number_has_nothing_said(database: Database):
    await asks(database, Kind.RESCUE_FOLLOW_UP)
    await closes(database, await opened(database, TicketKind.RESCUE, phone=""))
    (made,) = [touch_of(row) for row in await touches(database)]

    assert await database.run(lambda tx: RENDERER(tx, [made])) == {}
