"""A table made once at set-up out of a large package, and kept small in the data directory."""

import gzip
import secrets
from collections.abc import Callable
from pathlib import Path


def set_up_table(file: Path, make: Callable[[], bytes]) -> bytes:
    """What `file` holds, unpacked; made first when it is not there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: several processes may make the table at once.
        half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        half.write_bytes(gzip.compress(make()))
        half.replace(file)
    return gzip.decompress(file.read_bytes())
