"""SIP messages as text (RFC 3261), and the answer to a digest challenge (RFC 2617)."""

import hashlib
import re
from dataclasses import dataclass, field


@dataclass
class Message:
    """A request or a response. Names of headers in small letters; of several the first counts."""

    first: str
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: str = ""

    @classmethod
    def read(cls, data: bytes) -> "Message":
        head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        it = cls(first, body=body)
        for line in lines:
            name, _, value = line.partition(":")
            it.headers.setdefault(name.strip().lower(), []).append(value.strip())
        return it

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, [""])[0]

    @property
    def status(self) -> int:
        """0 for a request."""
        return int(self.first.split()[1]) if self.first.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        return self["cseq"].split()[1]

    @property
    def number(self) -> int:
        return int(self["cseq"].split()[0])

    def tag_of(self, name: str) -> str:
        found = re.search(r";tag=([^;]+)", self[name])
        return found[1] if found else ""

    @property
    def contact(self) -> str:
        """The address to send further requests of this call to."""
        found = re.search(r"<([^>]+)>", self["contact"])
        return found[1] if found else ""

    @property
    def media(self) -> tuple[str, int] | None:
        """Where the sender wants to hear the voice."""
        address = re.search(r"^c=IN IP4 (\S+)", self.body, re.MULTILINE)
        port = re.search(r"^m=audio (\d+)", self.body, re.MULTILINE)
        return (address[1], int(port[1])) if address and port else None


def text_of(first: str, headers: list[tuple[str, str]], body: str = "") -> bytes:
    """As it goes over the wire."""
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def digest(challenge: str, method: str, uri: str, user: str, password: str) -> str:
    """The value of the Authorization header."""
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    account = _md5(f"{user}:{asked['realm']}:{password}")
    answer = _md5(f"{account}:{asked['nonce']}:00000001:c:auth:{_md5(f'{method}:{uri}')}")
    told = {
        "username": user,
        "realm": asked["realm"],
        "nonce": asked["nonce"],
        "uri": uri,
        "response": answer,
        "cnonce": "c",
        "opaque": asked.get("opaque", ""),
    }
    quoted = ", ".join(f'{name}="{value}"' for name, value in told.items())
    return f"Digest {quoted}, algorithm=MD5, qop=auth, nc=00000001"


def offer(port: int, *, direction: str = "sendrecv") -> str:
    """Our voice: A-law, and keys as events."""
    return "\r\n".join(
        [
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            f"m=audio {port} RTP/AVP 8 101",
            "a=rtpmap:8 PCMA/8000",
            "a=rtpmap:101 telephone-event/8000",
            "a=fmtp:101 0-15",
            "a=ptime:20",
            f"a={direction}",
            "",
        ]
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
