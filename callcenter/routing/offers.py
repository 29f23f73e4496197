"""One offer: made with its deadline, ended by an answer, by the clock, or taken back."""

from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing import repository
from callcenter.routing.events import OfferEnded, OfferMade
from callcenter.routing.model import Ladder, Offer, OfferState

SQL = repository.SQL


async def make_offer(
    tx: Tx,
    ladder: Ladder,
    *,
    station_id: UUID,
    distance: float,
    rung: str,
    made_by: str,
    lifetime_s: float,
    overruled: tuple[str, ...] = (),
    hand_reason: str | None = None,
) -> Offer:
    """The offer with its deadline, the clock that ends it, and the word to the station."""
    row = await SQL.insert_offer(
        tx.connection,
        id=new_id(),
        ticket_id=ladder.ticket_id,
        station_id=station_id,
        place_id=ladder.place_id,
        round=ladder.round,
        rung=rung,
        distance_m=distance,
        overruled=list(overruled),
        hand_reason=hand_reason,
        made_by=made_by,
        lifetime_s=lifetime_s,
    )
    offer = repository.offer_of(row)
    await schedule(
        tx,
        "routing.expire_offer",
        {"offer_id": str(offer.id)},
        at=offer.expires_at,
        key=str(offer.id),
    )
    fact = OfferMade(ticket_id=offer.ticket_id, offer_id=offer.id, rung=rung)
    await record(tx, fact, actor=made_by, ticket_id=offer.ticket_id, station_id=station_id)
    return offer


async def withdraw_open_offers(
    tx: Tx, actor: str, ticket_id: UUID, reason: str, *, keep: UUID | None = None
) -> None:
    """Take back every offer that still waits, and tell the stations why."""
    for offer in await repository.open_offers(tx, ticket_id):
        if offer.id != keep:
            await end_offer(tx, actor, offer, OfferState.WITHDRAWN, reason)


async def end_offer(
    tx: Tx, actor: str, offer: Offer, state: OfferState, reason: str | None
) -> Offer | None:
    """Compare-and-set of an open offer; None when it had ended already."""
    row = await SQL.end_offer(
        tx.connection, id=offer.id, state=state.value, reason=reason, ended_by=actor
    )
    if row is None:
        return None
    await tell_offer_ended(tx, actor, repository.offer_of(row))
    return repository.offer_of(row)


async def tell_offer_ended(tx: Tx, actor: str, offer: Offer) -> None:
    """The fact of an offer's end, for the desk and its station."""
    fact = OfferEnded(
        ticket_id=offer.ticket_id,
        offer_id=offer.id,
        state=offer.state.value,
        reason=offer.end_reason,
    )
    await record(tx, fact, actor=actor, ticket_id=offer.ticket_id, station_id=offer.station_id)
