"""Routes of what an owner has said about being contacted."""

from callcenter.customers import service as customers
from callcenter.customers.consents import service
from callcenter.customers.consents.model import SilenceReason
from callcenter.customers.consents.wire import ConsentsOut, WordDraft, reach_out, word_out
from callcenter.customers.wire import OwnerPath
from callcenter.staff import repository as staff
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["customers"])
READ, WRITE = Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE


@routes.get("/api/v1/owners/{owner_id}/consents", permission=READ)
async def list_consents(call: Call, path: OwnerPath) -> ConsentsOut:
    """How this owner may be contacted, and all that he has said about it."""
    return await _out(call, path)


@routes.post("/api/v1/owners/{owner_id}/consents", permission=WRITE, status=201)
async def take_in_word(call: Call, path: OwnerPath, body: WordDraft) -> ConsentsOut:
    """This owner agrees, takes it back, or wants to hear nothing at all."""
    tx, actor, owner_id, proof = call.tx, call.actor.id, path.owner_id, body.proof()
    pairs = [(purpose, channel) for purpose in body.purposes for channel in body.channels]
    if pairs:
        say = service.give if body.granted else service.take_back
        await say(tx, actor, owner_id, pairs, proof)
    elif body.granted:
        await service.end_silence(tx, actor, owner_id, body.channels, proof)
        await customers.trust_numbers(tx, owner_id)
    else:
        reason = body.reason or SilenceReason.ASKED
        await service.silence(tx, actor, owner_id, body.channels, proof, reason)
    return await _out(call, path)


async def _out(call: Call, path: OwnerPath) -> ConsentsOut:
    reach = await service.reach_of(call.tx, path.owner_id)
    words = await service.words_of(call.tx, path.owner_id)
    names = await staff.names_of(call.tx, {row["recorded_by"] for row in words})
    return ConsentsOut(reach=reach_out(reach), words=[word_out(row, names) for row in words])
