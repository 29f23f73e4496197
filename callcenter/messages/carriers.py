"""The carriers of a worker, with the lines they keep open."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from callcenter.db.database import Database
from callcenter.messages.following import NOBODY, Follower
from callcenter.messages.http_gateway import HttpGateway
from callcenter.messages.inbound import NO_READER, Reader
from callcenter.messages.model import Carrier, Channel, Inbox, Unsubscribing, nowhere
from callcenter.messages.smpp.carrier import SmppCarrier, desk
from callcenter.messages.smpp.link import SmppLink
from callcenter.messages.smpp.session import Desk
from callcenter.messages.smtp import SmtpCarrier
from callcenter.sender_settings import SenderSettings, SmppSettings

Carriers = Mapping[Channel, Carrier]


def inboxes() -> Carriers:
    """Nothing leaves the house."""
    return {channel: Inbox() for channel in Channel}


@asynccontextmanager
async def carriers_of(
    settings: SenderSettings,
    database: Database,
    follower: Follower = NOBODY,
    reader: Reader = NO_READER,
    unsubscribe: Unsubscribing = nowhere,
) -> AsyncIterator[Carriers]:
    """As the settings choose them; their lines are closed at the end. `follower` hears of the
    receipts that come on them, `reader` of what people write back; `unsubscribe` knows where
    e-mails can be ended."""
    async with AsyncExitStack() as stack:
        carriers = dict(inboxes())
        if settings.text == "smpp" and settings.smpp:
            line = _smpp(settings.smpp, desk(database, follower, reader))
            carriers[Channel.TEXT] = await stack.enter_async_context(line)
        if settings.text == "http" and settings.http:
            carriers[Channel.TEXT] = await stack.enter_async_context(
                HttpGateway.open(settings.http)
            )
        if settings.email == "smtp" and settings.smtp:
            carriers[Channel.EMAIL] = SmtpCarrier(settings.smtp, unsubscribe)
        yield carriers


@asynccontextmanager
async def _smpp(settings: SmppSettings, told: Desk) -> AsyncIterator[SmppCarrier]:
    link = SmppLink(settings, told)
    keeping = asyncio.create_task(link.keep())
    try:
        yield SmppCarrier(settings, link)
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
