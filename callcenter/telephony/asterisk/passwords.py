"""Passwords of the switch and its phones: made here, kept in one file that only we may read."""

import json
import secrets
from pathlib import Path

from callcenter.supervision import write_secret

BYTES = 24


class Passwords:
    """By whose they are; none is ever a default."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    def of(self, name: str) -> str:
        """The password of this phone, or of `ari`; made at the first time and kept."""
        if name not in self._known:
            self._known[name] = secrets.token_urlsafe(BYTES)
            write_secret(self._path, json.dumps(self._known, indent=1))
        return self._known[name]
