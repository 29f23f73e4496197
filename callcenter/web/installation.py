"""The one row that says what this installation is, made on its first start."""

import secrets

from callcenter.db.transaction import Tx
from callcenter.web.repository import Installation, ensure_installation

__all__ = ["Installation", "ensure"]


async def ensure(tx: Tx, *, demo: bool = False) -> Installation:
    """The installation; the first start makes its link key and says whether it is a demo."""
    return await ensure_installation(tx, link_key=secrets.token_bytes(32), demo=demo)
