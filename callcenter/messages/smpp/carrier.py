"""Texts by SMPP, as a carrier: what the centre's answers mean for the message."""

import asyncio
from collections.abc import Sequence

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.messages import inbound, receipts
from callcenter.messages.following import NOBODY, Follower
from callcenter.messages.inbound import NO_READER, Reader, Written
from callcenter.messages.model import CarrierBusy, CarrierRefused, CarrierSilent, Message, Part
from callcenter.messages.receipts import Receipt
from callcenter.messages.smpp.heard import Reported
from callcenter.messages.smpp.link import WAIT_FOR_ROOM_S, SmppLink
from callcenter.messages.smpp.pdus import count_parts, submit_bodies
from callcenter.messages.smpp.session import OK, Answer, Desk, SessionLost
from callcenter.sender_settings import SmppSettings

SMPP = "smpp"
QUEUE_FULL, THROTTLED = 0x14, 0x58
LATER = (QUEUE_FULL, THROTTLED)
CALM_S = 1.0
WAITING_S = CALM_S + WAIT_FOR_ROOM_S


class SmppCarrier:
    """Hands texts to the link, part by part."""

    name = SMPP

    def __init__(self, settings: SmppSettings, link: SmppLink) -> None:
        self.settings = settings
        self.link = link
        self._calm_at = 0.0

    def parts(self, message: Message) -> int:
        """As many as the text is cut into."""
        return count_parts(self.settings, message)

    async def send(self, message: Message) -> Sequence[str]:
        """A text of which the first part was refused has not left; one that broke off behind it
        is unknown, and is not begun anew by itself."""
        bodies = submit_bodies(self.settings, message)
        accepted: dict[int, str] = {}
        until = asyncio.get_running_loop().time() + WAITING_S + self.settings.timeout_s
        try:
            for number, body in enumerate(bodies, start=1):
                answer = await self._submit(body, Part(message.id, number), until)
                accepted[number] = answer.provider_id
        except (CarrierBusy, CarrierRefused) as failure:
            if accepted:
                raise CarrierSilent(str(failure), accepted) from failure
            raise
        except (TimeoutError, SessionLost) as failure:
            why = str(failure) or "no answer in time"
            raise CarrierSilent(why, accepted) from failure
        return [*accepted.values()]

    async def _submit(self, body: bytes, part: Part, until: float) -> Answer:
        """A text that has begun waits for room rather than to break off."""
        while True:
            await self._calm()
            answer = await self.link.submit(body, part, until)
            if answer.status == OK:
                return answer
            if answer.status not in LATER:
                raise CarrierRefused(_refusal(answer))
            self._calm_at = asyncio.get_running_loop().time() + CALM_S
            if part.part == 1:
                raise CarrierBusy(f"throttled: {_refusal(answer)}")

    async def _calm(self) -> None:
        """After "too fast" nobody speaks for a moment: else everybody is told the same."""
        pause = self._calm_at - asyncio.get_running_loop().time()
        if pause > 0:
            await asyncio.sleep(pause)


def desk(database: Database, follower: Follower = NOBODY, reader: Reader = NO_READER) -> Desk:
    """Writes receipts and late answers to their messages; has texts read."""

    async def reported(report: Reported) -> None:
        receipt = Receipt(
            carrier=SMPP,
            provider_id=report.provider_id,
            delivery=report.delivery,
            failure=report.failure,
            reference=report.reference,
            recipient=report.recipient,
        )
        await database.run(lambda tx: receipts.take(tx, receipt, follower))

    async def answered_late(part: Part, answer: Answer) -> None:
        async def work(tx: Tx) -> None:
            if answer.status == OK:
                await receipts.accepted(tx, SMPP, part, answer.provider_id, follower)
            else:
                await receipts.refused(tx, part, _refusal(answer), follower)

        await database.run(work)

    async def written(sender: str, body: str) -> None:
        await database.run(lambda tx: inbound.take(tx, Written(SMPP, sender, body), reader))

    return Desk(reported, answered_late, written)


def _refusal(answer: Answer) -> str:
    return f"smpp status {answer.status:#010x}"
