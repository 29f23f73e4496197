"""Routes of what callers hear."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.telephony.flow import versions
from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts import wav
from callcenter.telephony.prompts.errors import NotRecorded, PromptNotFound
from callcenter.telephony.prompts.events import PromptRecorded, PromptRecordingDropped
from callcenter.telephony.prompts.flow_texts import FlowText, texts_of
from callcenter.telephony.prompts.store import Prompts
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel, WireModel

routes = Routes(tags=["hotline"])
ADMIN = Permission.HOTLINE_ADMIN
WAV = "audio/wav"
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class PromptOut(WireModel):
    """A text of the current flow, the steps that say it, and where its sound comes from."""

    digest: Digest
    language: Language
    text: str
    steps: list[str]
    source: Literal["recorded", "spoken", "missing"]
    seconds: float | None


class PromptList(WireModel):
    """All of them. `voice`: whether this machine can speak what is missing."""

    items: list[PromptOut]
    voice: bool


class PromptPath(QueryModel):
    """The text in the address."""

    digest: Digest


@routes.get("/api/v1/call-flow/prompts", permission=ADMIN)
async def list_prompts(call: Call) -> PromptList:
    """What the current flow says, in both languages, and what callers hear of it."""
    prompts = call.part(Prompts)
    flow = (await versions.current(call.tx)).flow
    return PromptList(
        items=[_out(prompts, one) for one in texts_of(flow)],
        voice=prompts.voice.program is not None,
    )


@routes.get(
    "/api/v1/call-flow/prompts/{digest}/sound",
    permission=ADMIN,
    transaction=False,
    media_types=(WAV,),
)
async def hear_prompt(call: Call, path: PromptPath) -> web.StreamResponse:
    """As callers hear it; what has no sound yet is spoken now."""
    prompts = call.part(Prompts)
    found = await call.database.run(lambda tx: _of_the_flow(tx, path.digest), readonly=True)
    await prompts.ready(Spoken(text=found.text, language=found.language))
    return sound(prompts, path.digest)


# A file is no part of a transaction: it is written and taken away behind the commit, and who got
# no answer does it again.
@routes.put(
    "/api/v1/call-flow/prompts/{digest}/recording",
    permission=ADMIN,
    transaction=False,
    media_types=(WAV,),
)
async def record_prompt(call: Call, path: PromptPath, upload: Upload) -> PromptOut:
    """Callers hear this recording from now on: WAV, mono, 16-bit PCM, 8 or 16 kHz."""
    prompts, heard = call.part(Prompts), wav.recording(upload.data)

    async def work(tx: Tx) -> FlowText:
        found = await _of_the_flow(tx, path.digest)
        await record(tx, PromptRecorded(digest=path.digest), actor=call.actor.id)
        return found

    found = await call.database.run(work)
    prompts.keep_recording(path.digest, heard)
    return _out(prompts, found)


@routes.delete("/api/v1/call-flow/prompts/{digest}/recording", permission=ADMIN, transaction=False)
async def drop_recording(call: Call, path: PromptPath) -> PromptOut:
    """Callers hear our own voice again."""
    prompts = call.part(Prompts)
    was_there = prompts.recorded(path.digest) is not None

    async def work(tx: Tx) -> FlowText:
        found = await _of_the_flow(tx, path.digest)
        if was_there:
            await record(tx, PromptRecordingDropped(digest=path.digest), actor=call.actor.id)
        return found

    found = await call.database.run(work)
    prompts.forget_recording(path.digest)
    return _out(prompts, found)


def sound(prompts: Prompts, digest: str) -> web.Response:
    """The file; raises NotRecorded."""
    found = prompts.sound(digest)
    if found is None:
        raise NotRecorded
    return web.Response(body=found.read_bytes(), content_type=WAV)


async def _of_the_flow(tx: Tx, digest: str) -> FlowText:
    flow = (await versions.current(tx)).flow
    for one in texts_of(flow):
        if one.digest == digest:
            return one
    raise PromptNotFound


def _out(prompts: Prompts, one: FlowText) -> PromptOut:
    found = prompts.sound(one.digest)
    return PromptOut(
        digest=one.digest,
        language=one.language,
        text=one.text,
        steps=list(one.steps),
        source=prompts.source(one.digest),
        seconds=wav.seconds(found.read_bytes()) if found else None,
    )
