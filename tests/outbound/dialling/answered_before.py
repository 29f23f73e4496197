"""A campaign's calls that are over, as its budget counts them."""

from callcenter.db.database import Database
from tests.outbound.dialling.kept_touches import KeptTouches

ANSWERED_BEFORE = """
with made as (
    insert into owners (id, name)
    select gen_random_uuid(), '车主' from generate_series(1, $3::int) returning id
), touched as (
    insert into touches (id, run_id, campaign_id, owner_id, step, attempt, channel, purpose,
        priority, bucket, due_at, expires_at, state, settled_at)
    select gen_random_uuid(), $1, $2, id, 1, 1, 'agent_call', 'satisfaction', 5, 0, now(),
        now() + interval '1 day', 'sent', now() from made returning id, owner_id
)
insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words, language, state,
    outcome, answered_at, ended_at)
select gen_random_uuid(), id, $2, owner_id, $4, '+8613800000000', '', 'zh', 'ended',
    case when row_number() over () <= $5 then 'abandoned' else 'answered' end,
    now() - make_interval(hours => $6), now() from touched
"""


async def answered_before(
    touches: KeptTouches,
    database: Database,
    answered: int,
    abandoned: int,
    *,
    mode: str = "progressive",
    hours: int = 1,
) -> None:
    """So many of the campaign's owners have answered some hours ago, of whom so many found no
    agent."""
    given = (touches.run_id, touches.campaign_id, answered, mode, abandoned, hours)
    async with database.transaction() as tx:
        await tx.connection.execute(ANSWERED_BEFORE, *given)
