"""The frame's own rows: stored answers, the installation."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx

SQL = load_queries(__file__)

KEY_WAIT_S = 3.0


@dataclass(frozen=True)
class StoredAnswer:
    """What is known of a key: `status` is None while it is ours to answer."""

    request_digest: bytes
    status: int | None
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Installation:
    """What this installation is."""

    link_key: bytes
    demo: bool
    created_at: datetime
    sample_caller: str | None
    sample_place: str | None


async def claim_key(tx: Tx, actor: str, key: str, request_digest: bytes) -> StoredAnswer | None:
    """Take the key or find its answer; None when another request held it for too long."""
    try:
        async with asyncio.timeout(KEY_WAIT_S):
            row = await SQL.claim_key(
                tx.connection, actor=actor, key=key, request_digest=request_digest
            )
    except TimeoutError:
        return None
    headers = json.loads(row["headers"]) if row["headers"] else {}
    return StoredAnswer(row["request_digest"], row["status"], headers, row["body"] or b"")


async def keep_answer(tx: Tx, actor: str, key: str, answer: StoredAnswer) -> None:
    """Write the answer beside the work."""
    await SQL.keep_answer(
        tx.connection,
        actor=actor,
        key=key,
        status=answer.status,
        headers=json.dumps(answer.headers),
        body=answer.body,
    )


async def purge_keys(tx: Tx, *, older_than_h: int = 24) -> int:
    """Forget the answers nobody will ask for again."""
    return int(await SQL.purge_keys(tx.connection, older_than_h=older_than_h))


async def ensure_installation(tx: Tx, *, link_key: bytes, demo: bool) -> Installation:
    """The installation's row; made with this key when it is the first start."""
    row = await SQL.ensure_installation(tx.connection, link_key=link_key, demo=demo)
    return Installation(**row)


async def keep_sample_call(tx: Tx, caller: str, place: str) -> None:
    """Who rings in the demo's sample call (E.164), and the words for where he stands."""
    await SQL.keep_sample_call(tx.connection, caller=caller, place=place)
