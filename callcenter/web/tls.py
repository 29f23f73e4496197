"""The server's side of https: certificate and key out of two PEM files."""

import ssl
from pathlib import Path


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Raises OSError (ssl.SSLError among them) when they cannot be used or do not match.

    A key that is locked with a password is refused: nobody is there to type it at a restart.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key, password="")
    return context
