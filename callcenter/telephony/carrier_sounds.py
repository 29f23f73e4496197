"""The sounds that a carrier fetches, and which of what is to be said has one."""

from aiohttp import web

from callcenter.telephony.flow.acts import Acts, Spoken, spoken_in
from callcenter.telephony.prompts.http import WAV, PromptPath, sound
from callcenter.telephony.prompts.store import Prompts, digest_of
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["carriers"])


@routes.get(
    "/carriers/sounds/{digest}",
    permission=Permission.PUBLIC,
    transaction=False,
    media_types=(WAV,),
)
async def carrier_sound(call: Call, path: PromptPath) -> web.StreamResponse:
    """What every caller hears; who knows its digest has the text already."""
    return sound(call.part(Prompts), path.digest)


async def sounds_of(acts: Acts, prompts: Prompts, base_url: str) -> dict[Spoken, str]:
    """The texts that are played: recorded ones, and those that are never by the carrier's voice."""
    found = {}
    for spoken in spoken_in(acts):
        digest = digest_of(spoken.text, spoken.language)
        if prompts.recorded(digest) or (spoken.ours and await prompts.ready(spoken)):
            found[spoken] = f"{base_url}/carriers/sounds/{digest}"
    return found
