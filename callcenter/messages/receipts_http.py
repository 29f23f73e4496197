"""Where a provider that is spoken to by HTTP reports of what it was given, and hands over what
people answer. Without its settings it is not there."""

import time
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from pydantic import Field

from callcenter.db.transaction import Tx
from callcenter.messages import inbound, receipts
from callcenter.messages.errors import ReceiptUnsigned
from callcenter.messages.following import Followed
from callcenter.messages.http_gateway import HTTP, LONGEST_ID
from callcenter.messages.inbound import Written
from callcenter.messages.model import DeliveryState, Part
from callcenter.messages.receipts import Receipt
from callcenter.messages.signature import is_signed
from callcenter.phones import e164
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["messages"])
ADDRESS = "/carriers/text/receipts"
ANSWERS = "/carriers/text/answers"


class ReceiptIn(WireModel):
    """What became of a message: named by the id we gave it. `accepted`: it is on its way."""

    message_id: UUID
    provider_id: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)] | None = None
    outcome: Literal["accepted", "delivered", "undelivered"]
    reason: Annotated[str, Field(max_length=200)] | None = None


# The signature is asked for in the handler; said twice, it changes nothing.
@routes.post(ADDRESS, permission=Permission.PUBLIC, transaction=False, idempotent=False)
async def report(call: Call, body: ReceiptIn) -> None:
    """A receipt, signed by the provider. It may come early, late, twice and in any order."""
    _check(call)
    provider_id = body.provider_id or str(body.message_id)
    receipt = Receipt(
        carrier=HTTP,
        provider_id=provider_id,
        delivery=None if body.outcome == "accepted" else DeliveryState(body.outcome),
        failure=body.reason,
        part=Part(body.message_id, 1),
    )

    async def work(tx: Tx) -> None:
        await receipts.take(tx, receipt, call.part(Followed).by)

    await call.database.run(work)


class WrittenIn(WireModel):
    """What somebody has answered; `sender`: his number with its country."""

    provider_id: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    sender: Annotated[str, Field(min_length=5, max_length=20)]
    body: Annotated[str, Field(min_length=1, max_length=2000)]


@routes.post(ANSWERS, permission=Permission.PUBLIC, transaction=False, idempotent=False)
async def take_answer(call: Call, body: WrittenIn) -> None:
    """A text that came back, signed by the provider; said twice, it is one text."""
    _check(call)
    written = Written(HTTP, e164(body.sender), body.body.replace("\0", ""), body.provider_id)
    reader = call.part(Followed).reader
    await call.database.run(lambda tx: inbound.take(tx, written, reader))


def _check(call: Call) -> None:
    senders = call.settings.senders
    if senders.text != "http" or senders.http is None:
        raise web.HTTPNotFound
    secrets = [senders.http.secret, senders.http.former_secret]
    known = [secret.get_secret_value() for secret in secrets if secret is not None]
    if not is_signed(known, call.request.headers, int(time.time()), call.raw):
        raise ReceiptUnsigned
