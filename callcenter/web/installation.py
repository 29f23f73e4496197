"""The one row that says what this installation is, made on its first start."""

import secrets

from callcenter.db.transaction import Tx
from callcenter.web.repository import Installation, ensure_installation, keep_sample_call

__all__ = ["Installation", "ensure", "keep_sample_call"]


async def ensure(tx: Tx, *, demo: bool = False) -> Installation:
    """The installation; its first start makes the link key and decides for good on `demo`."""
    return await ensure_installation(tx, link_key=secrets.token_bytes(32), demo=demo)
