"""What happens on the way from the confirmed place to the safe car. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact

DESK = frozenset({"agent", "supervisor", "expert"})


class DispatchFact(Fact):
    """Heard by the desk, and by the station when it is named at recording."""

    roles: ClassVar[frozenset[str]] = DESK
    ticket_id: UUID


class LadderClimbed(DispatchFact):
    """The search looks further now."""

    kind: ClassVar[str] = "ladder.climbed"
    rung: str
    round: int


class LadderHeld(DispatchFact):
    """A person stopped the asking, or let it go on."""

    kind: ClassVar[str] = "ladder.held"
    held: bool


class OfferMade(DispatchFact):
    """A station is asked."""

    kind: ClassVar[str] = "offer.made"
    offer_id: UUID
    rung: str


class OfferSeen(DispatchFact):
    """The station has opened the offer."""

    kind: ClassVar[str] = "offer.seen"
    offer_id: UUID


class OfferEnded(DispatchFact):
    """Declined, expired or withdrawn: the ladder goes on."""

    kind: ClassVar[str] = "offer.ended"
    offer_id: UUID
    state: str
    reason: str | None = None


class OfferAccepted(DispatchFact):
    """A station holds the rescue now."""

    kind: ClassVar[str] = "offer.accepted"
    offer_id: UUID
    dispatch_id: UUID
    by_phone: bool


class DispatchMoved(DispatchFact):
    """Departed, arrived, done, or ended early. `happened_at`: when, where it was told late."""

    kind: ClassVar[str] = "dispatch.moved"
    dispatch_id: UUID
    stage: str
    reason: str | None = None
    ticket_stage: str = ""
    happened_at: str | None = None


class EtaChanged(DispatchFact):
    """The station gave a new time of arrival."""

    kind: ClassVar[str] = "dispatch.eta_changed"
    dispatch_id: UUID


class TruckSeen(DispatchFact):
    """A new position of the truck has come in."""

    kind: ClassVar[str] = "dispatch.truck_seen"
    dispatch_id: UUID


class StationAsked(DispatchFact):
    """A clock ran out: the station is asked, the desk alarmed, the owner told."""

    kind: ClassVar[str] = "dispatch.station_asked"
    dispatch_id: UUID
    clock: str
    times: int = 1


class PlaceMoved(DispatchFact):
    """The place was corrected after a station was asked or had accepted."""

    kind: ClassVar[str] = "dispatch.place_moved"
    place_id: UUID
    dispatch_id: UUID | None = None
    other_carriageway: bool = False


class WayTold(DispatchFact):
    """The direction became known after a station was asked or had accepted: it is told."""

    kind: ClassVar[str] = "dispatch.way_told"
    place_id: UUID
    offer_id: UUID


class HandedOver(DispatchFact):
    """The expressway operator (12122) goes; the case stays ours."""

    kind: ClassVar[str] = "dispatch.handed_over"
    operator: str
