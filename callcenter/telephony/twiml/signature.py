"""X-Twilio-Signature: base64 of HMAC-SHA1 over the whole address and the sorted form fields."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

HEADER = "X-Twilio-Signature"


def signature(key: str, url: str, fields: Mapping[str, str]) -> str:
    """What the carrier writes in the header for this request."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    made = hmac.new(key.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(made).decode()


def is_signed(key: str, url: str, fields: Mapping[str, str], shown: str) -> bool:
    """Whether the header is the one that only who has the key can write."""
    wanted = signature(key, url, fields)
    return hmac.compare_digest(wanted.encode(), shown.encode("utf-8", "replace"))
