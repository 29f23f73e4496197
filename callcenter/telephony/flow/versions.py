"""The verbs of an administrator: publish a flow, look at those that were."""

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.check import checked
from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.flow.errors import FlowVersionNotFound
from callcenter.telephony.flow.events import CallFlowPublished
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.flow.repository import SQL, FlowVersion, version_of
from callcenter.web.errors import VersionStale

BY_THE_PROGRAM = "program"


async def publish(tx: Tx, actor: str, flow: Flow, *, after: int, note: str = "") -> FlowVersion:
    """A new version behind `after`, the one it was made from; calls under way keep theirs.

    Raises FlowRefused with every fault, VersionStale when another was published meanwhile.
    """
    checked(flow)
    row = await SQL.publish_flow(
        tx.connection,
        after=after,
        flow=flow.model_dump_json(exclude_defaults=False),
        note=note,
        published_by=actor,
    )
    if row is None:
        raise VersionStale(version=(await current(tx)).version)
    await record(tx, CallFlowPublished(version=row["version"]), actor=actor)
    return version_of(row)


async def current(tx: Tx) -> FlowVersion:
    """What the next caller will walk; version 0 is the one that comes with the program."""
    row = await SQL.current_flow(tx.connection)
    if row is None:
        return FlowVersion(0, default_flow(), "", BY_THE_PROGRAM, None)
    return version_of(row)


async def current_kept(tx: Tx) -> FlowVersion:
    """The same, kept: a call that began with the program's own flow has it after an update, too."""
    found = await current(tx)
    if found.version > 0:
        return found
    try:
        return await publish(tx, BY_THE_PROGRAM, found.flow, after=0)
    except VersionStale:
        return await current(tx)


async def get(tx: Tx, version: int) -> FlowVersion:
    """One version; raises FlowVersionNotFound."""
    row = await SQL.get_flow(tx.connection, version=version)
    if row is None:
        raise FlowVersionNotFound
    return version_of(row)
