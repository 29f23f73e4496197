"""Webhooks of a TwiML carrier. Without its key they are not there."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.telephony.carrier_errors import CarrierUnsigned
from callcenter.telephony.carrier_sounds import sounds_of
from callcenter.telephony.flow import repository, service
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.service import Told
from callcenter.telephony.flow.walk import Heard, What
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.twiml.document import Addresses, document, fallback
from callcenter.telephony.twiml.signature import HEADER, is_signed
from callcenter.telephony.twiml.wire import CallWords, CarrierForm, LeftQuery, WaitPath
from callcenter.web.call import Call
from callcenter.web.parse import validated
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["carriers"])
ACTOR = "carrier:twiml"
BASE = "/carriers/twiml"
# The signature is asked for in each handler.
SIGNED = {"permission": Permission.PUBLIC, "transaction": False, "idempotent": False}

ENDED = {"completed", "busy", "failed", "no-answer", "canceled"}
LOST = {"failed": EndReason.LINE_LOST}
TALKED = {"bridged", "bridging-in-process", "redirected", "completed", "answered"}
HUNG_UP_WHILE_RECORDED = "hangup"
HUNG_UP = {"hangup", "canceled"}


@routes.post(f"{BASE}/calls", **SIGNED)
async def began(call: Call, form: CarrierForm) -> web.StreamResponse:
    """The phone rings."""
    words = _signed(call, form)
    house = call.part(House)

    async def work(tx: Tx) -> Told:
        return await service.begin(tx, ACTOR, words.carrier_ref, words.caller, house)

    return await _told(call, work)


@routes.post(f"{BASE}/waits/{{sequence}}", **SIGNED)
async def heard(call: Call, path: WaitPath, form: CarrierForm) -> web.StreamResponse:
    """A key, a message, or nothing at all."""
    words = _signed(call, form)
    house, sequence = call.part(House), path.sequence

    async def work(tx: Tx) -> Told:
        call_id = await repository.call_of(tx, words.carrier_ref)
        if words.recording_url:
            left = LeftMessage(words.recording_url, words.recording_s)
            hung_up = words.digits == HUNG_UP_WHILE_RECORDED
            return await service.take_message(
                tx, ACTOR, call_id, sequence, left, house, hung_up=hung_up
            )
        key = words.digits[:1]
        news = Heard(What.KEY if key else What.SILENCE, sequence, key)
        return await service.hear(tx, ACTOR, call_id, news, house)

    return await _told(call, work)


@routes.post(f"{BASE}/left", **SIGNED)
async def left(call: Call, query: LeftQuery, form: CarrierForm) -> web.StreamResponse:
    """The queue or the transfer is over: he talked to somebody, hung up, or nobody was there."""
    words = _signed(call, form)
    outcome = words.queue_result or words.dial_status
    if outcome not in TALKED | HUNG_UP and not query.fallback:
        # The line is open still: nobody is left in silence.
        number = call.settings.telephony.fallback_number
        return _xml(fallback(number, f"{_base(call)}/left?fallback=true"))
    await _ended(call, words, None, was_answered=outcome in TALKED)
    return _xml(document((), _addresses(call), {}))


@routes.post(f"{BASE}/status", **SIGNED)
async def status(call: Call, form: CarrierForm) -> None:
    """What became of the call as a whole; only its end is news, and that may come first of all."""
    words = _signed(call, form)
    if words.status not in ENDED:
        return
    if await _ended(call, words, LOST.get(words.status), was_answered=False):
        return

    async def work(tx: Tx) -> None:
        await service.left_unheard(tx, ACTOR, words.carrier_ref, words.caller, call.part(House))

    await call.database.run(work)


def _signed(call: Call, form: CarrierForm) -> CallWords:
    key = call.settings.telephony.twiml_key
    if key is None or not key.get_secret_value():
        raise web.HTTPNotFound
    fields = {name: str(value) for name, value in (form.model_extra or {}).items()}
    url = call.settings.base_url + call.request.raw_path
    if not is_signed(key.get_secret_value(), url, fields, call.request.headers.get(HEADER, "")):
        raise CarrierUnsigned
    words = validated(CallWords, fields, "body")
    assert isinstance(words, CallWords)
    return words


async def _told(call: Call, work: Callable[[Tx], Awaitable[Told]]) -> web.StreamResponse:
    try:
        acts = (await call.database.run(work)).acts
    except CallNotInFlow:
        # Over, or of another installation: the carrier shall hang up, not speak of a fault.
        acts = ()
    sounds = await sounds_of(acts, call.part(Prompts), call.settings.base_url)
    return _xml(document(acts, _addresses(call), sounds))


async def _ended(
    call: Call, words: CallWords, reason: EndReason | None, *, was_answered: bool
) -> bool:
    """False when there is no such call yet."""

    async def work(tx: Tx) -> bool:
        try:
            call_id = await repository.call_of(tx, words.carrier_ref)
        except CallNotInFlow:
            return False
        await service.leave(tx, ACTOR, call_id, call.part(House), reason, was_answered=was_answered)
        return True

    return await call.database.run(work)


def _addresses(call: Call) -> Addresses:
    base = _base(call)
    return Addresses(
        heard=lambda sequence: f"{base}/waits/{sequence}",
        left=f"{base}/left",
        groups=call.settings.telephony.group_addresses,
    )


def _base(call: Call) -> str:
    return call.settings.base_url + BASE


def _xml(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="text/xml", charset="utf-8")
