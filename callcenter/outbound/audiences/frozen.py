"""The audience of a run, frozen in one statement: who, about which car, in which arm, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.compiled import Compiled
from callcenter.outbound.audiences.counted import LONGEST_S, PLANNED
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import LEFT_OUT, STANDINGS, Gate, Standing
from callcenter.outbound.audiences.judged import judged
from callcenter.outbound.audiences.refreshed import refresh_all

# One row for each owner: the car that is due first, else the newest; one that he was lately spoken
# to about comes behind his others.
FREEZE = """
with {lately}m as (
    select c.owner_id, c.vehicle_id, {way} as way, {reason} as reason
    from {source} and c.is_only
    union all
    (select distinct on (c.owner_id) c.owner_id, c.vehicle_id, {way}, {reason}
    from {source} and not c.is_only
    order by c.owner_id, {last}c.rank)
), stood as (
    select m.owner_id, m.vehicle_id, m.reason, {stands} as standing
    from m {joins}
), kept as (
    insert into run_members (run_id, owner_id, vehicle_id, arm, reason)
    select {run}::uuid, owner_id, vehicle_id,
        case standing when 6 then 'held_out_of_all' when 7 then 'held_out' else 'treated' end,
        reason
    from stood where standing > {left_out}
)
select standing, count(*) as owners from stood group by 1
"""


@dataclass(frozen=True)
class Frozen:
    """Owners in the run, and those left out of it by what kept them out."""

    in_audience: int
    treated: int
    held_out: int
    held_out_of_all: int
    left_out: Mapping[Standing, int]


LATELY = """lately as materialized (
    select m.owner_id, m.vehicle_id from campaign_runs r join run_members m on m.run_id = r.id
    where r.campaign_id = (select campaign_id from campaign_runs where id = {run}::uuid)
      and r.begun_at > now() - make_interval(days => {days}::integer) and r.id <> {run}::uuid
), """
LAST = "(c.owner_id, c.vehicle_id) in (select owner_id, vehicle_id from lately), "


async def freeze_formula(
    tx: Tx, formula: Formula, gate: Gate, *, run_id: UUID, car_again_after: int | None = None
) -> Frozen:
    """Write `run_members` of a run that has none yet. `car_again_after`: days in which its campaign
    prefers the owner's other cars to one of an earlier run."""
    await refresh_all(tx)
    await tx.connection.execute(PLANNED)
    values = Values()
    compiled = Compiled(formula, values, with_facts=True)
    source = compiled.source()
    how = judged(gate, formula, values)
    values.given.append(run_id)
    run = f"${len(values.given)}"
    lately = last = ""
    if car_again_after is not None:
        values.given.append(car_again_after)
        lately, last = LATELY.format(run=run, days=f"${len(values.given)}"), LAST
    statement = FREEZE.format(
        lately=lately,
        last=last,
        way=how.way,
        reason=_reason(compiled.reasons),
        source=source,
        stands=how.stands,
        joins=how.joins,
        run=run,
        left_out=len(LEFT_OUT),
    )
    rows = await tx.connection.fetch(statement, *values.given, timeout=LONGEST_S)
    found = Counter({STANDINGS[row["standing"] - 1]: row["owners"] for row in rows})
    held = found[Standing.HELD_OUT], found[Standing.HELD_OUT_OF_ALL]
    members = sum(found.values()) - sum(found[one] for one in LEFT_OUT)
    left = {one: found[one] for one in LEFT_OUT if found[one]}
    return Frozen(members, members - sum(held), *held, left)


def _reason(reasons: Mapping[str, str]) -> str:
    """Condition -> its fact, or true where there is none; those that are not met are not in it."""
    if not reasons:
        return "'{}'::jsonb"
    pairs = ", ".join(f"'{path}', {fact}" for path, fact in reasons.items())
    return f"jsonb_strip_nulls(jsonb_build_object({pairs}))"
