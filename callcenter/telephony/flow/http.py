"""Routes of the call flow, for who looks after the hotline."""

from callcenter.staff import repository as staff
from callcenter.telephony.flow import versions
from callcenter.telephony.flow.check import faults
from callcenter.telephony.flow.groups import groups_of
from callcenter.telephony.flow.repository import SQL, FlowVersion
from callcenter.telephony.flow.wire import (
    FlowCheck,
    FlowDraft,
    FlowGroups,
    FlowOut,
    FlowPublication,
    FlowVersionOut,
    FlowVersionPage,
    FlowVersionPath,
    FlowVersionQuery,
    fault_out,
    flow_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["hotline"])
ADMIN = Permission.HOTLINE_ADMIN


@routes.get("/api/v1/call-flow", permission=ADMIN)
async def get_call_flow(call: Call) -> FlowOut:
    """The flow that the next caller will walk."""
    return await _out(call, await versions.current(call.tx))


@routes.put("/api/v1/call-flow", permission=ADMIN, if_match=True)
async def publish_call_flow(call: Call, body: FlowPublication) -> FlowOut:
    """Publish a flow: calls that ring from now on walk it, those under way go on with theirs.

    Refused with every fault that is in it, each named with its step.
    """
    after = call.if_match or 0
    made = await versions.publish(call.tx, call.actor.id, body.flow, after=after, note=body.note)
    return await _out(call, made)


@routes.post("/api/v1/call-flow/check", permission=ADMIN, reads=True, transaction=False)
async def check_call_flow(call: Call, body: FlowDraft) -> FlowCheck:
    """What is wrong with a flow; nothing is published."""
    return FlowCheck(faults=[fault_out(fault, call.language) for fault in faults(body.flow)])


@routes.get("/api/v1/call-flow/versions", permission=ADMIN)
async def list_call_flow_versions(call: Call, query: FlowVersionQuery) -> FlowVersionPage:
    """What was published when and by whom, newest first; `next_cursor` is the next `before`."""
    rows = await SQL.list_flows(call.tx.connection, before=query.before, limit=query.limit + 1)
    names = await staff.names_of(call.tx, {row["published_by"] for row in rows})
    items = [
        FlowVersionOut(publisher=names.get(row["published_by"]), **dict(row))
        for row in rows[: query.limit]
    ]
    more = len(rows) > query.limit
    return FlowVersionPage(items=items, next_cursor=str(items[-1].version) if more else None)


@routes.get("/api/v1/call-flow/versions/{version}", permission=ADMIN)
async def get_call_flow_version(call: Call, path: FlowVersionPath) -> FlowOut:
    """One version with its steps."""
    return await _out(call, await versions.get(call.tx, path.version))


@routes.get("/api/v1/call-flow/groups", permission=ADMIN)
async def list_call_flow_groups(call: Call) -> FlowGroups:
    """The groups of agents that a flow may let calls wait for."""
    return FlowGroups(items=await groups_of(call.tx))


async def _out(call: Call, found: FlowVersion) -> FlowOut:
    return flow_out(found, await staff.names_of(call.tx, [found.published_by]))
