"""Rows of the places room."""

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx

SQL = load_queries(__file__)


async def geocode_answer(tx: Tx, *, provider: str, asked: str, days: int) -> str | None:
    """The kept answer as JSON text, None when there is none of the last `days`."""
    text: str | None = await SQL.geocode_answer(
        tx.connection, provider=provider, asked=asked, days=days
    )
    return text


async def keep_geocode_answer(tx: Tx, *, provider: str, asked: str, answer: str, days: int) -> None:
    """Keep an answer, and forget those older than `days`."""
    await SQL.forget_geocode_answers(tx.connection, days=days)
    await SQL.keep_geocode_answer(tx.connection, provider=provider, asked=asked, answer=answer)
