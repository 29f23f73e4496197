"""The telephone in the console."""

from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.store import digest_of
from tests.contract.examples.registry import example
from tests.contract.world import Example, World

ZH: Language = "zh"


@example("GET /api/v1/simulated-phone")
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/simulated-calls")
async def post_simulated_calls(w: World) -> Example:
    return Example(body={"caller": None})


@example("POST /api/v1/simulated-calls/{token}/keys")
async def post_simulated_calls_token_keys(w: World) -> Example:
    return Example({"token": (await w.simulated())["token"]}, body={"sequence": 1, "key": "3"})


@example("PUT /api/v1/simulated-calls/{token}/beat", "DELETE /api/v1/simulated-calls/{token}")
async def of_a_simulated_call(w: World) -> Example:
    return Example({"token": (await w.simulated())["token"]})


@example("GET /api/v1/simulated-calls/{token}/sounds/{digest}")
async def get_simulated_calls_token_sounds_digest(w: World) -> Example:
    recorded = await w.recorded_prompt()
    begun = await w.simulated()
    heard = begun["acts"][0]["words"]
    assert digest_of(heard["text"], ZH) == recorded
    return Example({"token": begun["token"], "digest": recorded})
