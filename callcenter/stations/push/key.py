"""The key by which push services know this installation (VAPID, RFC 8292).

Made at set-up, kept in the data directory, mode 0600. A browser's consent is for this key: with
another one every phone has to be asked anew.
"""

import base64
import time
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from callcenter.stations.push.endpoint import origin_of
from callcenter.supervision import write_secret

FILE = "push.key"
SIGNED_FOR_S = 3600


class PushKey:
    """The key, or none: then nothing is pushed, and no page offers it."""

    def __init__(self, vapid: Vapid02 | None = None) -> None:
        self._vapid = vapid

    @classmethod
    def load(cls, data_dir: Path) -> "PushKey":
        """As set-up has left it there."""
        file = data_dir / FILE
        return cls(Vapid02.from_pem(file.read_bytes())) if file.is_file() else cls()

    def __bool__(self) -> bool:
        return self._vapid is not None

    @property
    def public(self) -> str:
        """What a browser is given (`applicationServerKey`); nothing without a key."""
        if self._vapid is None:
            return ""
        point = self._vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def signed(self, endpoint: str, contact: str) -> dict[str, str]:
        """The headers that tell the service of this endpoint who asks."""
        assert self._vapid is not None
        claims = {
            "aud": origin_of(endpoint),
            "exp": int(time.time()) + SIGNED_FOR_S,
            "sub": contact,
        }
        return dict(self._vapid.sign(claims))


def ensure_key(data_dir: Path) -> None:
    """Makes the key when there is none yet."""
    file = data_dir / FILE
    if file.exists():
        return
    vapid = Vapid02()
    vapid.generate_keys()
    write_secret(file, vapid.private_pem().decode())
