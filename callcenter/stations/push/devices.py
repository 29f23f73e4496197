"""Phones that are told of offers while somebody has duty on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.settings import Settings
from callcenter.stations.errors import PushServiceUnknown
from callcenter.stations.push.endpoint import may_be_asked
from callcenter.stations.push.sending import Outcome

SQL = load_queries(__file__)
MOST_PER_STATION = 20


@dataclass(frozen=True)
class Browser:
    """What a browser gives out about itself (RFC 8030, 8291)."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


@dataclass(frozen=True)
class Device(Browser):
    """A phone on duty. Whoever knows its endpoint may push: it is shown to nobody."""

    id: UUID
    language: str
    last_offer_id: UUID | None


@dataclass(frozen=True)
class OnDuty:
    """Who has duty with the phone: he, his station, and the sign-in with which it ends."""

    station_id: UUID
    staff_id: UUID
    session_id: UUID
    language: str


async def begin(tx: Tx, who: OnDuty, browser: Browser, settings: Settings) -> None:
    """From now on this phone is told; the same again only prolongs it."""
    if not may_be_asked(browser.endpoint, settings.push):
        raise PushServiceUnknown
    await SQL.keep_push_device(
        tx.connection,
        id=new_id(),
        **vars(who),
        **vars(browser),
        lifetime_s=settings.sessions.absolute_s,
    )
    await SQL.thin_out_push_devices(tx.connection, station_id=who.station_id, most=MOST_PER_STATION)


async def end(tx: Tx, station_id: UUID, endpoint: str) -> None:
    """Duty is over on this phone."""
    await SQL.end_push_device(tx.connection, station_id=station_id, endpoint=endpoint)


async def on_duty(tx: Tx, station_id: UUID) -> Sequence[Device]:
    """The phones of this station that are to be told now."""
    rows = await SQL.push_devices_on_duty(tx.connection, station_id=station_id)
    return [Device(**dict(row)) for row in rows]


async def note(tx: Tx, device_id: UUID, offer_id: UUID, outcome: Outcome) -> None:
    """What came of telling it; a phone that its service no longer knows is forgotten."""
    if outcome is Outcome.GONE:
        await SQL.forget_push_device(tx.connection, id=device_id)
    else:
        await SQL.note_push(tx.connection, id=device_id, offer_id=offer_id, outcome=outcome.value)
