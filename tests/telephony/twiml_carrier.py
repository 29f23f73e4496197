"""A TwiML carrier on loopback: signs what it sends, does what it is told, remembers every word.

Its signature is written down here anew, out of the carrier's own description.
"""

import base64
import hmac
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import aiohttp

from tests.service import Service

KEY = "the-carrier-s-key"
PUBLIC = "https://care.example.cn"


def signed(url: str, fields: dict[str, str], key: str = KEY) -> str:
    text = url + "".join(f"{name}{value}" for name, value in sorted(fields.items()))
    made = hmac.new(key.encode(), text.encode(), "sha1").digest()
    return base64.b64encode(made).decode()


@dataclass
class Sent:
    """One webhook as it was sent, to be sent again."""

    url: str
    fields: dict[str, str]
    signature: str


@dataclass
class TwimlCall:
    """One call: what its caller hears, and what it may press."""

    service: Service
    sid: str = "CA1"
    caller: str = "+8613900139000"
    document: str = ""
    heard: list[str] = field(default_factory=list)
    log: list[Sent] = field(default_factory=list)

    async def rings(self) -> "TwimlCall":
        return await self.says(f"{PUBLIC}/carriers/twiml/calls", CallStatus="ringing")

    async def presses(self, key: str) -> "TwimlCall":
        return await self.says(self._gather(), Digits=key)

    async def is_silent(self) -> "TwimlCall":
        return await self.presses("")

    async def hangs_up(self) -> int:
        status, _ = await self.send(f"{PUBLIC}/carriers/twiml/status", CallStatus="completed")
        return status

    async def says(self, url: str, **fields: str) -> "TwimlCall":
        status, self.document = await self.send(url, **fields)
        assert status == 200, self.document
        self.heard += [text for text in self.spoken()]
        return self

    async def send(self, url: str, **fields: str) -> tuple[int, str]:
        whole = {"CallSid": self.sid, "From": self.caller, "AccountSid": "AC1", **fields}
        one = Sent(url, whole, signed(url, whole))
        self.log.append(one)
        return await self.sends(one)

    async def sends(self, one: Sent) -> tuple[int, str]:
        """Just so, whatever it is."""
        path = one.url.removeprefix(PUBLIC).lstrip("/")
        where = f"{self.service.server.make_url('/')}{path}"
        headers = {"X-Twilio-Signature": one.signature} if one.signature else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(where, data=one.fields, headers=headers) as answer,
        ):
            return answer.status, await answer.text()

    def verbs(self) -> list[ElementTree.Element]:
        return list(ElementTree.fromstring(self.document))

    def last(self) -> str:
        """The verb that decides what becomes of the call, and its text."""
        verb = [one for one in self.verbs() if one.tag != "Redirect"][-1]
        return " ".join([verb.tag, *verb.itertext()]).strip()

    def spoken(self) -> list[str]:
        root = ElementTree.fromstring(self.document)
        return [one.text or "" for one in root.iter() if one.tag in ("Say", "Play")]

    def _gather(self) -> str:
        gather: Any = ElementTree.fromstring(self.document).find("Gather")
        assert gather is not None, self.document
        return str(gather.attrib["action"])
