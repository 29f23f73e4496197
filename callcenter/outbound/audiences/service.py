"""The verbs of audiences: made, edited, deleted; and frozen into a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.audiences.errors import (
    AudienceInUse,
    AudienceNotFound,
    AudienceOfCampaign,
)
from callcenter.outbound.audiences.events import AudienceDeleted, AudienceEdited, AudienceMade
from callcenter.outbound.audiences.formula import Formula, formula
from callcenter.outbound.audiences.frozen import Frozen, freeze_formula
from callcenter.outbound.audiences.gate import Gate
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.model import Group
from callcenter.outbound.audiences.rules import SQL, named_in, rule_of, text_of
from callcenter.outbound.audiences.spans import days_of
from callcenter.web.errors import VersionStale


@dataclass(frozen=True)
class Audience:
    """One row of `audiences`."""

    id: UUID
    name: str
    rule: Group
    made_by: str
    made_at: datetime
    version: int


async def make(tx: Tx, actor: str, name: str, rule: Group) -> Audience:
    """A new one; raises what `named_in` does."""
    await named_in(tx, rule)
    row = await SQL.insert_audience(
        tx.connection, id=new_id(), name=name, rule=text_of(rule), made_by=actor
    )
    await record(tx, AudienceMade(audience_id=row["id"]), actor=actor)
    return audience_of(row)


async def get(tx: Tx, audience_id: UUID) -> Audience:
    """Raises AudienceNotFound."""
    row = await SQL.get_audience(tx.connection, id=audience_id)
    if row is None:
        raise AudienceNotFound
    return audience_of(row)


async def listed(tx: Tx, before: tuple[datetime, UUID] | None, limit: int) -> Sequence[Audience]:
    """Newest first, behind `before`."""
    at, last = before or (None, None)
    rows = await SQL.list_audiences(tx.connection, before_at=at, before_id=last, limit=limit)
    return [audience_of(row) for row in rows]


async def edit(tx: Tx, actor: str, audience: Audience, name: str, rule: Group) -> Audience:
    """Change one just read. What somebody approves or has approved goes by its rule: that stays
    as it is until the campaign is over. Raises AudienceOfCampaign, VersionStale, and what
    `named_in` does, of those that name it, too."""
    await hold(tx)
    if rule != audience.rule:
        await _refuse_in_use(tx, audience.id)
    await named_in(tx, rule, own=audience.id)
    row = await SQL.edit_audience(
        tx.connection, id=audience.id, version=audience.version, name=name, rule=text_of(rule)
    )
    if row is None:
        raise VersionStale(version=(await get(tx, audience.id)).version)
    for one in await SQL.naming(tx.connection, id=audience.id):
        await named_in(tx, rule_of(one["rule"]), own=one["id"])
    await record(tx, AudienceEdited(audience_id=audience.id), actor=actor)
    return audience_of(row)


async def hold(tx: Tx) -> None:
    """Until the end of the transaction nobody else changes a rule, or begins to go by one."""
    await SQL.hold_circle(tx.connection)


async def _refuse_in_use(tx: Tx, audience_id: UUID) -> None:
    names = [row["name"] for row in await SQL.goes_by(tx.connection, id=audience_id)]
    if names:
        raise AudienceOfCampaign(campaigns=", ".join(names))


async def delete(tx: Tx, actor: str, audience: Audience) -> None:
    """Take away one just read that nothing uses; raises AudienceInUse, VersionStale."""
    await SQL.hold_circle(tx.connection)
    if await SQL.is_named(tx.connection, id=audience.id):
        raise AudienceInUse
    if not await SQL.delete_audience(tx.connection, id=audience.id, version=audience.version):
        raise VersionStale(version=(await get(tx, audience.id)).version)
    await record(tx, AudienceDeleted(audience_id=audience.id), actor=actor)


async def asked_now(tx: Tx, rule: Group) -> Formula:
    """The rule as the database is asked it now; raises what `named_in` does."""
    at = At(await tx.now(), days_of())
    return formula(rule, at, await named_in(tx, rule))


async def freeze(
    tx: Tx, rule: Group, *, run_id: UUID, gate: Gate, car_again_after: int | None = None
) -> Frozen:
    """Write the members of a run that has none yet, as the rule finds them now.

    Who has no way left by consent or address is left out and counted by reason; who is held out is
    a member, in his arm. `car_again_after`: see `freeze_formula`.
    """
    asked = await asked_now(tx, rule)
    return await freeze_formula(tx, asked, gate, run_id=run_id, car_again_after=car_again_after)


def audience_of(row: Any) -> Audience:
    """A whole row."""
    return Audience(
        row["id"],
        row["name"],
        rule_of(row["rule"]),
        row["made_by"],
        row["made_at"],
        row["version"],
    )
