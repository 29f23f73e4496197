"""The verbs of a call to a duty phone. Whoever dials asks first: `claim`, then `dialling`."""

from collections.abc import Sequence
from typing import Any

from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing import repository
from callcenter.routing.duty.events import (
    DutyPhoneAnswered,
    DutyPhoneEnded,
    DutyPhoneFact,
    DutyPhoneRung,
)
from callcenter.routing.duty.model import (
    MOST_ATTEMPTS,
    NOBODY_HEARD,
    DutyCall,
    DutyCallState,
    DutyOutcome,
    number_for,
    numbers_of,
)
from callcenter.routing.model import Offer, OfferState
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations

SQL = load_queries(__file__)
ACTOR = "hotline"
LEAST_S = 3.0
"""Who has less time left cannot be told what and where."""
PAUSE_S = 3.0
"""Between two attempts."""
AT_ONCE = 50


async def claim_due(
    tx: Tx, settings: RoutingSettings, *, after: DutyCall | None = None
) -> list[DutyCall]:
    """What is to be rung now and nobody rings yet, claimed by us; `after` a call that is over, only
    what is due at its phone."""
    rows = await SQL.offers_to_ring(
        tx.connection,
        after_s=settings.duty_phone_after_s,
        least_s=LEAST_S,
        pause_s=PAUSE_S,
        station_id=after.station_id if after else None,
        most=MOST_ATTEMPTS,
        again=sorted(NOBODY_HEARD),
        limit=AT_ONCE,
    )
    at = after.number if after else None
    claimed = [await _claim(tx, repository.offer_of(row), at) for row in rows]
    return [call for call in claimed if call is not None]


async def take_over(tx: Tx, call: DutyCall) -> DutyCall | None:
    """Claimed by a process that is gone: ours from now on. None when it has gone on after all."""
    row = await SQL.take_over_duty_call(tx.connection, id=call.id, was=call.claim, claim=new_id())
    return call_of(row) if row else None


async def dialling(tx: Tx, call: DutyCall, switch_call: str) -> DutyCall | None:
    """The switch is asked next. None: another has it, or the offer was opened or ended meanwhile,
    and nothing is left of the claim."""
    offer = await repository.get_offer(tx, call.offer_id)
    if offer.state is not OfferState.OFFERED or offer.seen_at is not None:
        await SQL.drop_claim(tx.connection, id=call.id, claim=call.claim)
        return None
    row = await SQL.mark_dialling(
        tx.connection, id=call.id, claim=call.claim, switch_call=switch_call
    )
    return await _told(tx, DutyPhoneRung, row)


async def answered(tx: Tx, call: DutyCall) -> DutyCall | None:
    """Somebody is there; None when it was known, or is over."""
    return await _told(tx, DutyPhoneAnswered, await SQL.mark_answered(tx.connection, id=call.id))


async def end(tx: Tx, call: DutyCall, outcome: DutyOutcome) -> DutyCall | None:
    """It is over; said again, the first word counts."""
    row = await SQL.end_duty_call(tx.connection, id=call.id, outcome=outcome.value)
    return await _told(tx, DutyPhoneEnded, row, duty_outcome=outcome.value)


async def end_and_go_on(
    tx: Tx, call: DutyCall, outcome: DutyOutcome, settings: RoutingSettings
) -> DutyCall | None:
    """The same; whoever is on the phone is told the next offer that is due there, in this call."""
    await end(tx, call, outcome)
    for following in await claim_due(tx, settings, after=call):
        assert call.switch_call is not None, "somebody is on the phone"
        if await dialling(tx, following, call.switch_call):
            return await answered(tx, following)
    return None


async def live(tx: Tx) -> Sequence[DutyCall]:
    """All that are not over, whichever process they belong to."""
    return [call_of(row) for row in await SQL.live_duty_calls(tx.connection)]


async def on_switch(tx: Tx, switch_call: str) -> DutyCall | None:
    """Whose call this is, by the switch's name of it."""
    row = await SQL.duty_call_on_switch(tx.connection, switch_call=switch_call)
    return call_of(row) if row else None


async def _claim(tx: Tx, offer: Offer, at: str | None) -> DutyCall | None:
    attempt = 1 + await SQL.count_duty_calls(tx.connection, offer_id=offer.id)
    station = await stations.get(tx, offer.station_id)
    number = number_for(numbers_of(station, await stations.duty_now(tx, station)), attempt)
    if number is None or at not in (None, number):
        return None
    if await SQL.is_at_desk(tx.connection, caller=number):
        return None
    row = await SQL.claim_duty_call(
        tx.connection,
        id=new_id(),
        offer_id=offer.id,
        ticket_id=offer.ticket_id,
        station_id=offer.station_id,
        number=number,
        attempt=attempt,
        claim=new_id(),
    )
    return call_of(row) if row else None


async def _told(tx: Tx, kind: type[DutyPhoneFact], row: Any, **more: str) -> DutyCall | None:
    if row is None:
        return None
    call = call_of(row)
    fact = kind(
        ticket_id=call.ticket_id,
        offer_id=call.offer_id,
        duty_call_id=call.id,
        attempt=call.attempt,
        **more,
    )
    await record(tx, fact, actor=ACTOR, ticket_id=call.ticket_id, station_id=call.station_id)
    return call


def call_of(row: Any) -> DutyCall:
    """A row of `duty_calls` as the model."""
    outcome = DutyOutcome(row["outcome"]) if row["outcome"] else None
    return DutyCall(**(dict(row) | {"state": DutyCallState(row["state"]), "outcome": outcome}))
