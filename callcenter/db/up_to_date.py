"""The newest schema on a database, or a sentence for the person who named it."""

import asyncpg

from callcenter.db import migrations
from callcenter.supervision import CannotStart


async def bring_up_to_date(dsn: str, app_role: str | None) -> None:
    """As `migrations.upgrade`; raises CannotStart when the schema is newer than this program, the
    role may not make tables, or the database gives up on the way."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    try:
        await migrations.upgrade(dsn, app_role)
    except CommandError as failure:
        raise CannotStart(
            "数据库的结构比本程序新,或属于另一个程序。请使用更新的版本,或换一个数据库。"
            f"({failure})",
            "The database's schema is newer than this program, or another program's. "
            f"Use a newer version, or another database. ({failure})",
        ) from failure
    except (OSError, TimeoutError, asyncpg.PostgresError, DBAPIError) as failure:
        reason = _reason(failure)
        raise CannotStart(
            f"数据库的结构不能更新:{reason}。连接所用的角色必须能建表。",
            f"The schema cannot be brought up to date: {reason}. The role that connects must be "
            "able to make tables.",
        ) from failure


def _reason(failure: BaseException) -> str:
    # SQLAlchemy's own text holds the whole statement.
    while original := getattr(failure, "orig", None):
        failure = original.__cause__ or original
    return " ".join(str(failure).split()) or type(failure).__name__
