"""The route by which policy packs are read; they are changed as data, never over the API."""

from callcenter.clock import CHINA
from callcenter.outbound.policies.shelf import shelf
from callcenter.outbound.policies.versions import versions
from callcenter.outbound.policies.wire import PackList, versions_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])


@routes.get("/api/v1/policy-packs", permission=Permission.OUTBOUND_READ)
async def list_policy_packs(call: Call) -> PackList:
    """What may be said to whom, by which way, when and how often, in each place; with the version
    that comes into force next. The house's own reading of the law."""
    today = (await call.tx.now()).astimezone(CHINA).date()
    return PackList(
        today=today, items=[versions_out(one, today) for one in versions(shelf(), today)]
    )
