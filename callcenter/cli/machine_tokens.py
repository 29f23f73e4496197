"""The machine tokens that `run` makes at each start and keeps in the data directory, mode 0600."""

from datetime import timedelta
from pathlib import Path

from callcenter.db.database import Database
from callcenter.staff.tokens import create_machine_token
from callcenter.supervision import write_secret
from callcenter.web.permission import Permission

P = Permission
LIFETIME = timedelta(days=30)

PLAYS_STATIONS = (
    P.SIMULATE,
    P.DISPATCH_ANSWER,
    P.DISPATCH_READ,
    P.TICKETS_READ,
    P.STATIONS_READ,
    P.FEED_READ,
)
SCOPES = {
    "simulation": PLAYS_STATIONS,
    "rehearsal": (
        *PLAYS_STATIONS,
        P.CALLS_READ,
        P.CALLS_WRITE,
        P.TICKETS_WRITE,
        P.DISPATCH_WRITE,
        P.ALARMS_READ,
        P.ALARMS_TAKE,
    ),
}


async def make_machine_tokens(database: Database, data_dir: Path) -> None:
    """`simulation.token` and `rehearsal.token`, each with the scopes it needs and no more."""
    for name, scopes in SCOPES.items():
        async with database.transaction() as tx:
            secret = await create_machine_token(tx, name=name, scopes=scopes, lifetime=LIFETIME)
        write_secret(data_dir / f"{name}.token", secret)
