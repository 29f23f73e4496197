"""A VoiceXML browser on loopback: it walks each document as the form interpretation algorithm has
it, plays, waits, and submits. What it does not know is a failure of the test."""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import aiohttp

from tests.service import Service
from tests.telephony.twiml_carrier import PUBLIC

NS = "{http://www.w3.org/2001/vxml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DTD = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-voicexml21-20070619/vxml.dtd")
XMLLINT = shutil.which("xmllint")
CAN_VALIDATE = XMLLINT is not None and DTD.is_file()


@dataclass
class Posted:
    """One request of the browser, to be sent again."""

    url: str
    fields: dict[str, Any]


@dataclass
class VoiceBrowser:
    """One call. `waits`: the form item that waits, None when the call is over."""

    service: Service
    caller: str = "tel:+8613900139000"
    heard: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    log: list[Posted] = field(default_factory=list)
    waits: ElementTree.Element | None = None
    over: str = ""

    async def begins(self, entry: str) -> "VoiceBrowser":
        async with aiohttp.ClientSession() as session, session.get(self._local(entry)) as answer:
            assert answer.status == 200, await answer.text()
            document = await answer.text()
        self.documents.append(document)
        submit = _only(_root(document), "form/block/submit")
        assert submit.attrib["namelist"] == "caller"
        return await self._submits(submit, {"caller": self.caller})

    async def presses(self, key: str) -> "VoiceBrowser":
        """The first key that fits the grammar fills the field."""
        item = self._item("field")
        keys = [one.text for one in item.iter(f"{NS}item")]
        assert key in keys
        return await self._submits(_only(item, "filled/submit"), {"key": key})

    async def is_silent(self) -> "VoiceBrowser":
        return await self._submits(_only(self._item("field", "record"), "noinput/submit"), {})

    async def speaks(self, recording: bytes) -> "VoiceBrowser":
        submit = _only(self._item("record"), "filled/submit")
        assert submit.attrib["enctype"] == "multipart/form-data"
        return await self._submits(submit, {"message": recording})

    async def speaks_and_hangs_up(self, recording: bytes) -> "VoiceBrowser":
        submit = _only(self._item("record"), "catch/submit")
        return await self._submits(submit, {"message": recording, "outcome": "hangup"})

    async def transfer_ends(self, outcome: str) -> "VoiceBrowser":
        item = self._item("transfer")
        return await self._submits(_only(item, "filled/submit"), {"outcome": outcome})

    async def hangs_up(self) -> "VoiceBrowser":
        root = _root(self.documents[-1])
        (gone,) = [
            one
            for one in root.findall(f"{NS}catch")
            if one.attrib["event"] == "connection.disconnect"
        ]
        return await self._submits(_only(gone, "submit"), {"outcome": "hangup"})

    def destination(self) -> str:
        return str(self._item("transfer").attrib["dest"])

    async def posts(self, one: Posted) -> tuple[int, str]:
        """Just so, whatever it is."""
        form = aiohttp.FormData()
        for name, value in one.fields.items():
            named = {"filename": "m.wav"} if isinstance(value, bytes) else {}
            form.add_field(name, value, **named)
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._local(one.url), data=form if one.fields else b"") as answer,
        ):
            return answer.status, await answer.text()

    async def _submits(self, submit: ElementTree.Element, fields: dict[str, Any]) -> "VoiceBrowser":
        assert submit.attrib["method"] == "post"
        assert set(fields) <= set(submit.attrib["namelist"].split())
        one = Posted(submit.attrib["next"], fields)
        self.log.append(one)
        status, document = await self.posts(one)
        assert status == 200, document
        return self._walks(document)

    def _walks(self, document: str) -> "VoiceBrowser":
        """The first form: what its blocks say, until something waits or the call is over."""
        self.documents.append(document)
        form = next(_root(document).iter(f"{NS}form"))
        self.waits, self.over = None, ""
        for item in form:
            kind = item.tag.removeprefix(NS)
            if kind == "block":
                self._plays(item)
                last = [one.tag.removeprefix(NS) for one in item]
                if last and last[-1] in ("disconnect", "exit"):
                    self.over = last[-1] + item[-1].attrib.get("expr", "")
                    return self
            elif kind in ("field", "record", "transfer"):
                self._plays(item)
                self.waits = item
                return self
            else:
                assert kind in ("catch", "var"), kind
        raise AssertionError(f"neither waits nor ends: {document}")

    def _plays(self, item: ElementTree.Element) -> None:
        for prompt in item.findall(f"{NS}prompt"):
            audio = prompt.find(f"{NS}audio")
            text = audio.attrib["src"] if audio is not None else prompt.text or ""
            self.heard.append(f"{prompt.attrib[LANG]} {text}")

    def _item(self, *kinds: str) -> ElementTree.Element:
        assert self.waits is not None, self.over
        assert self.waits.tag.removeprefix(NS) in kinds
        return self.waits

    def _local(self, url: str) -> str:
        assert url.startswith(PUBLIC), url
        return f"{self.service.server.make_url('/')}{url.removeprefix(PUBLIC).lstrip('/')}"


def _root(document: str) -> ElementTree.Element:
    root = ElementTree.fromstring(document)
    assert (root.tag, root.attrib["version"]) == (f"{NS}vxml", "2.1")
    return root


def _only(parent: ElementTree.Element, path: str) -> ElementTree.Element:
    (found,) = parent.findall("/".join(f"{NS}{one}" for one in path.split("/")))
    return found


async def faults_by_the_dtd(document: str) -> str:
    """What the published DTD says against it; nothing when it is valid."""
    assert XMLLINT is not None
    linting = await asyncio.create_subprocess_exec(
        XMLLINT,
        "--noout",
        "--nonet",
        "--dtdvalid",
        str(DTD),
        "-",
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await linting.communicate(document.encode())
    return "" if linting.returncode == 0 else said.decode()
