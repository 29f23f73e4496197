"""Short signed links: who holds the link may open the page, and nobody can make one up.

token = base64url(16 bytes of the id + 12 bytes of HMAC-SHA256(key, purpose 0x00 id)).
"""

import base64
import binascii
import hashlib
import hmac
import re
from uuid import UUID

ID_BYTES = 16
MAC_BYTES = 12
TOKEN_LENGTH = 38
TOKEN = re.compile(rf"(?<=/)[\w-]{{{TOKEN_LENGTH}}}(?![\w-])", re.ASCII)


def veiled(words: str) -> str:
    """Words with links in them, for who may read them and not open what they open."""
    return TOKEN.sub("…", words)


class SignedLinks:
    """Makes and reads the tokens; the key is the installation's."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, purpose: str, subject: UUID) -> str:
        """The token that opens `subject` for this purpose, and for no other."""
        raw = subject.bytes + self._mac(purpose, subject.bytes)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def read(self, purpose: str, token: str) -> UUID | None:
        """The id the token was made for; None when it was not made here for this purpose."""
        if len(token) != TOKEN_LENGTH:
            return None
        try:
            raw = base64.b64decode(token.encode() + b"==", altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError, ValueError):
            return None
        subject = UUID(bytes=raw[:ID_BYTES])
        return subject if hmac.compare_digest(self.make(purpose, subject), token) else None

    def _mac(self, purpose: str, subject: bytes) -> bytes:
        message = purpose.encode() + b"\0" + subject
        return hmac.new(self._key, message, hashlib.sha256).digest()[:MAC_BYTES]
