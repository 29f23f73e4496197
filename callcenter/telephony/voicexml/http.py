"""The documents of a call in VoiceXML. They are not there unless the setting says so."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from aiohttp import web

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.telephony import message_files
from callcenter.telephony.carrier_errors import CarrierUnsigned
from callcenter.telephony.carrier_sounds import sounds_of
from callcenter.telephony.flow import service
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.service import Told
from callcenter.telephony.flow.walk import Heard, What
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings.received import received
from callcenter.telephony.voicexml.document import Addresses, document, entry, fallback
from callcenter.telephony.voicexml.links import BASE, CallLinks
from callcenter.telephony.voicexml.wire import (
    CallerForm,
    EntryPath,
    HeardForm,
    OutcomeForm,
    Until,
    WaitPath,
)
from callcenter.web.call import Call
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes

routes = Routes(tags=["carriers"])
ACTOR = "carrier:voicexml"
MEDIA_TYPE = "application/voicexml+xml"
# The address itself is the key.
SIGNED = {"permission": Permission.PUBLIC, "transaction": False, "idempotent": False}
LONGEST_CALL = timedelta(days=1)

TALKED = {"near_end_disconnect", "far_end_disconnect", "network_disconnect", "maxtime_disconnect"}
HUNG_UP = {"hangup"}


@routes.get(f"{BASE}/{{token}}", permission=Permission.PUBLIC, transaction=False)
async def entered(call: Call, path: EntryPath) -> web.StreamResponse:
    """The address an IVR is pointed at. Nothing is written: it may be fetched to be looked at."""
    links = _links(call)
    if not links.is_entry(path.token):
        raise CarrierUnsigned

    async def began(tx: Tx) -> str:
        until = await tx.now() + timedelta(seconds=call.settings.telephony.voicexml_wait_s)
        return links.make("calls", new_id(), until)

    return _vxml(entry(await call.database.run(began, readonly=True)))


@routes.post(f"{BASE}/{{token}}/calls", **SIGNED)
async def began(call: Call, path: EntryPath, query: Until, form: CallerForm) -> web.StreamResponse:
    """The phone rings."""
    house = call.part(House)

    async def work(tx: Tx) -> Told:
        ref = await _signed(call, tx, path.token, "calls", query)
        return await service.begin(tx, ACTOR, f"voicexml:{ref}", form.caller, house)

    return await _told(call, work)


@routes.post(f"{BASE}/{{token}}/waits/{{sequence}}", body_limit=UPLOAD_LIMIT, **SIGNED)
async def heard(call: Call, path: WaitPath, query: Until, form: HeardForm) -> web.StreamResponse:
    """A key, a message, or nothing at all."""
    house, sequence = call.part(House), path.sequence

    async def work(tx: Tx) -> Told:
        call_id = await _signed(call, tx, path.token, f"waits/{sequence}", query)
        if form.message is not None:
            data_dir = call.settings.data_dir
            sent = message_files.keep(data_dir, call_id, sequence, form.message.data)
            left = await received(tx, ACTOR, call_id, data_dir, sent)
            hung_up = form.outcome in HUNG_UP
            return await service.take_message(
                tx, ACTOR, call_id, sequence, left, house, hung_up=hung_up
            )
        key = form.key[:1]
        news = Heard(What.KEY if key else What.SILENCE, sequence, key)
        return await service.hear(tx, ACTOR, call_id, news, house)

    return await _told(call, work)


@routes.post(f"{BASE}/{{token}}/left", **SIGNED)
async def left(call: Call, path: EntryPath, query: Until, form: OutcomeForm) -> web.StreamResponse:
    """The caller has hung up, or the transfer is over."""
    return await _left(call, path.token, "left", query, form.outcome)


@routes.post(f"{BASE}/{{token}}/left/fallback", **SIGNED)
async def left_fallback(
    call: Call, path: EntryPath, query: Until, form: OutcomeForm
) -> web.StreamResponse:
    """The same of the desk phones, which are tried once."""
    return await _left(call, path.token, "left/fallback", query, form.outcome)


async def _left(
    call: Call, token: str, step: str, query: Until, outcome: str
) -> web.StreamResponse:
    nobody_there = outcome not in TALKED | HUNG_UP and step == "left"
    links = _links(call)

    async def work(tx: Tx) -> str:
        call_id = await _signed(call, tx, token, step, query)
        if not nobody_there:
            await service.leave(
                tx, ACTOR, call_id, call.part(House), was_answered=outcome in TALKED
            )
        return links.make("left/fallback", call_id, await tx.now() + LONGEST_CALL)

    again = await call.database.run(work)
    return _vxml(fallback(_fallback(call) if nobody_there else "", again))


async def _told(call: Call, work: Callable[[Tx], Awaitable[Told]]) -> web.StreamResponse:
    async def told(tx: Tx) -> tuple[Told, Addresses]:
        found = await work(tx)
        return found, _addresses(call, found.call_id, await tx.now())

    try:
        found, addresses = await call.database.run(told)
    except CallNotInFlow:
        # Over already: nobody is there to hear of a fault.
        return _vxml(fallback("", ""))
    sounds = await sounds_of(found.acts, call.part(Prompts), call.settings.base_url)
    return _vxml(document(found.acts, addresses, sounds))


async def _signed(call: Call, tx: Tx, token: str, step: str, query: Until) -> UUID:
    found = _links(call).read(token, step, query.until, await tx.now())
    if found is None:
        raise CarrierUnsigned
    return found


def _addresses(call: Call, call_id: UUID, now: datetime) -> Addresses:
    telephony, links = call.settings.telephony, _links(call)
    until = now + timedelta(seconds=telephony.voicexml_wait_s)
    return Addresses(
        heard=lambda sequence: links.make(f"waits/{sequence}", call_id, until),
        left=links.make("left", call_id, now + LONGEST_CALL),
        groups=telephony.group_addresses,
        fallback=_fallback(call),
    )


def _fallback(call: Call) -> str:
    number = call.settings.telephony.fallback_number
    return f"tel:{number}" if number else ""


def _links(call: Call) -> CallLinks:
    if not call.settings.telephony.voicexml:
        raise web.HTTPNotFound
    return CallLinks(call.part(SignedLinks), call.settings.base_url)


def _vxml(body: bytes) -> web.Response:
    return web.Response(body=body, content_type=MEDIA_TYPE, charset="utf-8")
