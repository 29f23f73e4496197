"""The machine tokens of a running service, kept in the data directory, mode 0600.

Each start makes new ones and revokes those that lie there. They live for a week and are prolonged
every hour while the service runs, so that they end by themselves when it does not.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import structlog

from callcenter.db.database import Database
from callcenter.db.retry import RETRYABLE
from callcenter.staff.tokens import create_machine_token, prolong, revoke_secret
from callcenter.supervision import write_secret
from callcenter.web.permission import Permission

log = structlog.get_logger()

P = Permission
LIFETIME = timedelta(days=7)
PROLONG_EVERY_S = 3600.0

PLAYS_STATIONS = (
    P.SIMULATE,
    P.DISPATCH_ANSWER,
    P.DISPATCH_READ,
    P.TICKETS_READ,
    P.STATIONS_READ,
    P.FEED_READ,
)
REHEARSES = (
    *PLAYS_STATIONS,
    P.CALLS_READ,
    P.CALLS_WRITE,
    P.TICKETS_WRITE,
    P.DISPATCH_WRITE,
    P.ALARMS_READ,
    P.ALARMS_TAKE,
)


async def make_machine_tokens(database: Database, data_dir: Path, *, demo: bool) -> list[str]:
    """`rehearsal.token`, in the demo `simulation.token` too, each with the scopes it needs and no
    more; their secrets."""
    wanted: dict[str, tuple[Permission, ...] | None] = {
        "simulation": PLAYS_STATIONS if demo else None,
        "rehearsal": REHEARSES,
    }
    made = await _replaced(database, data_dir, wanted)
    for name in wanted:
        if name in made:
            write_secret(_file(data_dir, name), made[name])
        else:
            _file(data_dir, name).unlink(missing_ok=True)
    return list(made.values())


async def keep_good(dsn: str, secrets: Iterable[str]) -> None:
    """Every hour, for ever: the tokens live for another week."""
    while True:
        await asyncio.sleep(PROLONG_EVERY_S)
        try:
            await prolong_all(dsn, secrets)
        except RETRYABLE as failure:
            log.warning("machine_tokens_not_prolonged", error=str(failure))


async def prolong_all(dsn: str, secrets: Iterable[str]) -> None:
    """Each that is still good lives for another week; one that was revoked stays so."""
    database = await Database.open(dsn, min_size=1, max_size=1)
    try:
        async with database.transaction() as tx:
            for secret in secrets:
                await prolong(tx, secret, LIFETIME)
    finally:
        await database.close()


async def _replaced(
    database: Database, data_dir: Path, wanted: Mapping[str, tuple[Permission, ...] | None]
) -> dict[str, str]:
    made: dict[str, str] = {}
    async with database.transaction() as tx:
        for name, scopes in wanted.items():
            with contextlib.suppress(FileNotFoundError):
                await revoke_secret(tx, _file(data_dir, name).read_text())
            if scopes is not None:
                made[name] = await create_machine_token(
                    tx, name=name, scopes=scopes, lifetime=LIFETIME
                )
    return made


def _file(data_dir: Path, name: str) -> Path:
    return data_dir / f"{name}.token"
