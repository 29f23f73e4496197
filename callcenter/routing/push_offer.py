"""An offer reaches the phones that have duty by web push too, beside text and telephone.

One errand for each phone, written with the news of the offer. It tells only of an offer that is
still open, and only for as long; run again after a crash it tells nobody twice of one offer, unless
the crash came between the service's answer and ours: then the second takes the first one's place.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Errand
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.model import Offer, OfferState
from callcenter.routing.words import PUSH
from callcenter.settings import Settings
from callcenter.stations.push import devices
from callcenter.stations.push.devices import Device
from callcenter.stations.push.key import PushKey
from callcenter.stations.push.sending import PushSender
from callcenter.web.links import SignedLinks

PUSH_OFFER = "routing.push_offer"


@dataclass(frozen=True)
class Told:
    """A phone, what it is told, and how long that is worth anything."""

    device: Device
    offer_id: UUID
    words: dict[str, str]
    ttl_s: int


async def queue(tx: Tx, offer: Offer) -> None:
    """An errand for each phone that the station has on duty."""
    ids = [device.id for device in await devices.on_duty(tx, offer.station_id)]
    jobs = [
        Job(
            PUSH_OFFER,
            {"offer_id": str(offer.id), "device_id": str(one)},
            f"{PUSH_OFFER}:{offer.id}:{one}",
        )
        for one in ids
    ]
    if jobs:
        await enqueue(tx, jobs)


def pusher(settings: Settings, links: SignedLinks) -> Errand:
    """The errand: look, push outside of any transaction, write down what came of it."""

    async def push_offer(database: Database, payload: dict[str, Any]) -> None:
        offer_id, device_id = UUID(payload["offer_id"]), UUID(payload["device_id"])
        told = await database.run(
            lambda tx: _to_tell(tx, links, offer_id, device_id), readonly=True
        )
        if told is None:
            return
        # Read when it is needed: most installations have no phone that wants it.
        sender = PushSender(PushKey.load(settings.data_dir), settings.push, settings.push_contact)
        outcome = await sender.send(
            told.device, told.words, ttl_s=told.ttl_s, topic=told.offer_id.hex
        )
        await database.run(lambda tx: devices.note(tx, device_id, offer_id, outcome))

    return push_offer


async def _to_tell(tx: Tx, links: SignedLinks, offer_id: UUID, device_id: UUID) -> Told | None:
    """None when the offer is over, the duty, or both were told already."""
    offer = await repository.get_offer(tx, offer_id)
    left_s = (offer.expires_at - await tx.now()).total_seconds()
    if offer.state is not OfferState.OFFERED or left_s < 1:
        return None
    on_duty = await devices.on_duty(tx, offer.station_id)
    device = next((one for one in on_duty if one.id == device_id), None)
    if device is None or device.last_offer_id == offer_id:
        return None
    # Nothing of the rescue: it stands on the screen of a phone that lies about.
    until = offer.expires_at.astimezone(CHINA).strftime("%H:%M:%S")
    title, body = PUSH[device.language]
    words = {
        "title": title,
        "body": body.format(until=until),
        "path": f"/s/{links.make('offer', offer.id)}",
        "tag": offer.id.hex,
    }
    return Told(device, offer_id, words, int(left_s))
