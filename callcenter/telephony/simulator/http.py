"""Routes of the telephone in the console: the carrier of these calls is the page itself."""

from dataclasses import asdict
from uuid import UUID

from aiohttp import web

from callcenter.calls import samples
from callcenter.db.transaction import Tx
from callcenter.telephony.flow import repository, versions
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.acts import Spoken, spoken_in
from callcenter.telephony.flow.groups import groups_of
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.service import Told
from callcenter.telephony.flow.walk import Heard, What
from callcenter.telephony.prompts import wav
from callcenter.telephony.prompts.errors import NotRecorded
from callcenter.telephony.prompts.http import WAV
from callcenter.telephony.prompts.http import sound as sound_file
from callcenter.telephony.prompts.store import Prompts, digest_of
from callcenter.telephony.simulator import service
from callcenter.telephony.simulator.errors import SimulatedNumberRefused
from callcenter.telephony.simulator.line import line_of
from callcenter.telephony.simulator.told import told
from callcenter.telephony.simulator.wire import (
    BegunOut,
    CallPath,
    Dialling,
    LineOut,
    MadeUpCaller,
    MessagePath,
    MessageQuery,
    Pressed,
    SimulatorOut,
    SoundPath,
    ToldOut,
)
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["hotline"])
BASE = "/api/v1/simulated-calls"
TRY = Permission.HOTLINE_TRY
PURPOSE = "simulated call"


@routes.get("/api/v1/simulated-phone", permission=TRY)
async def get_simulated_phone(call: Call) -> SimulatorOut:
    """The telephone before a call: who may be played, and the flow that the next call walks."""
    current = await versions.current(call.tx)
    return SimulatorOut(
        callers=_callers(call),
        any_number=call.settings.demo,
        voice=call.part(Prompts).voice.program is not None,
        flow_version=current.version,
        flow=current.flow,
        groups=await groups_of(call.tx),
    )


@routes.post(BASE, permission=TRY, status=201, problems=(422,))
async def dial(call: Call, body: Dialling) -> BegunOut:
    """Dial the hotline. Outside the demo only without a number: any may be somebody's."""
    if body.caller is not None and not call.settings.demo:
        raise SimulatedNumberRefused
    begun = await service.dial(call.tx, call.actor.id, body.caller, _house(call))
    stands = await repository.position(call.tx, begun.call_id)
    assert stands is not None, "a call that has begun stands in its flow"
    token = call.part(SignedLinks).make(PURPOSE, begun.call_id)
    return BegunOut(
        acts=_told(call, token, begun).acts,
        token=token,
        flow_version=stands.flow_version,
        flow=stands.flow,
    )


@routes.post(f"{BASE}/{{token}}/keys", permission=TRY, problems=(404,))
async def press(call: Call, path: CallPath, body: Pressed) -> ToldOut:
    """A key, or silence; to another wait than the present one it changes nothing."""
    call_id = await _held(call, call.tx, path)
    news = Heard(What.KEY if body.key else What.SILENCE, body.sequence, body.key or "")
    heard = await flow.hear(call.tx, service.ACTOR, call_id, news, _house(call))
    return _told(call, path.token, heard)


@routes.put(
    f"{BASE}/{{token}}/messages/{{sequence}}",
    permission=TRY,
    transaction=False,
    media_types=(WAV,),
    problems=(404, 422),
)
async def leave_message(
    call: Call, path: MessagePath, query: MessageQuery, upload: Upload
) -> ToldOut:
    """What the caller has said, as WAV: mono, 16-bit PCM, 8 or 16 kHz."""
    heard, house, data_dir = wav.recording(upload.data), _house(call), call.settings.data_dir

    async def work(tx: Tx) -> Told:
        call_id = await _held(call, tx, path)
        given = (call_id, path.sequence, heard, house, data_dir)
        return await service.leave_message(tx, *given, hung_up=query.hung_up)

    return _told(call, path.token, await call.database.run(work))


@routes.put(f"{BASE}/{{token}}/beat", permission=TRY, problems=(404,))
async def is_there(call: Call, path: CallPath) -> LineOut:
    """The page is there, said each second: how the call stands. 90 s of silence end it."""
    call_id = await _held(call, call.tx, path)
    await service.is_there(call.tx, call_id)
    return LineOut(**asdict(await line_of(call.tx, call_id, call.settings.queue)))


@routes.delete(f"{BASE}/{{token}}", permission=TRY, problems=(404,))
async def hang_up(call: Call, path: CallPath) -> None:
    """The caller hangs up, or his page is closed."""
    call_id = await _held(call, call.tx, path)
    await service.hang_up(call.tx, call_id, _house(call))


@routes.get(
    f"{BASE}/{{token}}/sounds/{{digest}}",
    permission=TRY,
    transaction=False,
    media_types=(WAV,),
    problems=(404,),
)
async def hear_text(call: Call, path: SoundPath) -> web.StreamResponse:
    """A text that this call was told, recorded or spoken now."""

    async def find(tx: Tx) -> Spoken | None:
        acts = await service.told_last(tx, await _held(call, tx, path))
        texts = [one for one in spoken_in(acts) if digest_of(one.text, one.language) == path.digest]
        return texts[0] if texts else None

    prompts = call.part(Prompts)
    spoken = await call.database.run(find, readonly=True)
    if spoken is None or await prompts.ready(spoken) is None:
        raise NotRecorded
    return sound_file(prompts, path.digest)


async def _held(call: Call, tx: Tx, path: CallPath) -> UUID:
    call_id = call.part(SignedLinks).read(PURPOSE, path.token)
    return await service.held(tx, call_id, call.actor.id)


def _told(call: Call, token: str, heard: Told) -> ToldOut:
    prompts = call.part(Prompts)

    def sound(spoken: Spoken) -> str | None:
        digest = digest_of(spoken.text, spoken.language)
        if prompts.voice.program is None and prompts.sound(digest) is None:
            return None
        return f"{BASE}/{token}/sounds/{digest}"

    return ToldOut(acts=told(heard.acts, sound))


def _house(call: Call) -> House:
    """Waits in our own queue, whatever queue other carriers have."""
    return service.house_of(call.settings)


def _callers(call: Call) -> list[MadeUpCaller]:
    withheld = MadeUpCaller(who="withheld", number=None)
    if not call.settings.demo:
        return [withheld]
    return [
        MadeUpCaller(who="known", number=samples.SAMPLE_CALLER),
        MadeUpCaller(who="shared", number=samples.SHARED_PHONE),
        MadeUpCaller(who="unknown", number=samples.UNKNOWN_CALLER),
        withheld,
    ]
