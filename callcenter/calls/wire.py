"""What calls look like on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.calls.model import Call, CallState, Direction, Disposition, EndReason
from callcenter.customers.wire import OwnerOut
from callcenter.phones import e164, masked, masked_words
from callcenter.tickets.wire import TicketOut
from callcenter.web.wire import Moment, Page, QueryModel, WireModel

CallerSaid = Annotated[str, Field(max_length=10_000, examples=["sip:+8613800138000@ims.net"])]


class Ringing(WireModel):
    """The carrier's word that the phone rings; `carrier_ref` names the call at the carrier.

    `caller` is a number, a SIP or tel address, or whatever else: the call is written all the same.
    """

    carrier_ref: Annotated[str, Field(min_length=1, max_length=400)]
    caller: CallerSaid | None = None


class CallOut(WireModel):
    """A call as it stands; the number masked unless the role may read it.

    `caller_words` is what the carrier sent where no number can be read in it; `owner_names` are
    those who have the number, `owner_ids` the same: several share one, nobody has an unknown one.
    """

    id: UUID
    caller: str | None
    caller_words: str | None
    state: CallState
    ringing_at: datetime
    answered_at: datetime | None
    answered_by: UUID | None
    ended_at: datetime | None
    end_reason: str | None
    ticket_id: UUID | None
    version: int
    owner_names: list[str]
    owner_ids: list[UUID]
    direction: Direction
    language: str
    disposition: Disposition | None
    disposition_note: str | None


class RingingOut(WireModel):
    """The call, and who it may be: several owners share a phone, an unknown number has none.

    `tickets` are what this caller, or somebody else about one of his cars, already has with us that
    is not ended: not to be opened a second time. Empty for who may not read tickets.
    """

    call: CallOut
    owners: list[OwnerOut]
    tickets: list[TicketOut]


class CallPath(QueryModel):
    """The call in the address."""

    call_id: UUID


class CallEnding(WireModel):
    """Who ended it, or what."""

    reason: EndReason


class CallTicket(WireModel):
    """The ticket the call is about."""

    ticket_id: UUID


class SampleCaller(WireModel):
    """A made-up caller of the demo: one owner, several who share a phone, or nobody's number."""

    who: Literal["known", "shared", "unknown"]
    number: str


class SampleCallers(WireModel):
    """The demo's, and where the first of them stands, as he would say it; none elsewhere."""

    items: list[SampleCaller]
    place: str | None = None


class CallFilter(QueryModel):
    """Only the live ones; of one owner, or of a whole number; from and until (not included) when
    they rang."""

    live: bool = False
    owner_id: UUID | None = None
    phone: Annotated[str, Field(min_length=3, max_length=40)] | None = None
    since: Moment | None = None
    until: Moment | None = None

    def asked(self) -> dict[str, Any]:
        """As the list takes them."""
        caller = e164(self.phone) if self.phone is not None else None
        return self.model_dump(include={"live", "owner_id", "since", "until"}) | {"caller": caller}


class CallQuery(CallFilter):
    """The filters, and which part of the list."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


CallPage = Page[CallOut]


def call_out(call: Call, *, phones: bool, owners: Mapping[UUID, str] | None = None) -> CallOut:
    """`phones`: whether the reader may see the caller's full number."""
    own = CallOut.model_fields.keys() - {"owner_names", "owner_ids"}
    owners = owners or {}
    fields = {name: getattr(call, name) for name in own}
    if not phones:
        fields["caller"] = call.caller and masked(call.caller)
        fields["caller_words"] = call.caller_words and masked_words(call.caller_words)
    return CallOut(**fields, owner_names=list(owners.values()), owner_ids=list(owners))
