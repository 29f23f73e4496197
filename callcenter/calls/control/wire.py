"""What call control looks like on the wire."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from callcenter.calls.control.callees import Dialled, Whom
from callcenter.calls.control.model import Order, OrderState, Party, Verb
from callcenter.phones import masked
from callcenter.web.wire import QueryModel, WireModel


class OrderIn(WireModel):
    """What is wanted; `to` for consulting and transferring."""

    verb: Verb
    to: Whom | None = None


class OrderOut(WireModel):
    """What was wanted of a call, and whether it is so: `refusal` is a code, `done_at` when it was
    done or refused."""

    id: UUID
    call_id: UUID
    asked_by: UUID
    verb: Verb
    party: Party | None
    staff_id: UUID | None
    station_id: UUID | None
    group: str | None
    state: OrderState
    refusal: str | None
    asked_at: datetime
    done_at: datetime | None

    @classmethod
    def of(cls, order: Order) -> Self:
        """Without any number."""
        whom = order.callee
        return cls(
            id=order.id,
            call_id=order.call_id,
            asked_by=order.asked_by,
            verb=order.verb,
            party=whom.party if whom else None,
            staff_id=whom.staff_id if whom else None,
            station_id=whom.station_id if whom else None,
            group=whom.group if whom else None,
            state=order.state,
            refusal=order.refusal,
            asked_at=order.asked_at,
            done_at=order.done_at,
        )


class LegOut(WireModel):
    """Somebody who was on the line, from his ring to his end."""

    party: Party
    staff_id: UUID | None
    station_id: UUID | None
    number: str | None
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    ending: str | None


class Course(WireModel):
    """How a call went: who was on the line, and what desks wanted of it, oldest first."""

    legs: list[LegOut]
    orders: list[OrderOut]


class DialIn(WireModel):
    """Whom to dial, and the ticket it is about."""

    to: Dialled
    ticket_id: UUID | None = None


class OrderPath(QueryModel):
    """The order in the address."""

    call_id: UUID
    order_id: UUID


def leg_out(row: Any, *, phones: bool) -> LegOut:
    """A row of `call_legs`; `phones`: whether the reader may see whole numbers."""
    fields = {name: row[name] for name in LegOut.model_fields} | {"party": Party(row["party"])}
    if not phones and fields["number"]:
        fields["number"] = masked(fields["number"])
    return LegOut(**fields)
