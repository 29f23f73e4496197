"""E-mail, against a mail server on loopback."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from callcenter.db.database import Database
from callcenter.messages.model import Channel, MessageState
from callcenter.outbound.wrong_address import NO_SUCH_BOX
from callcenter.sender_settings import SenderSettings, SmtpSettings
from callcenter.web.tls import server_context
from tests.db.cast import CONTROL
from tests.messages.desk import CHINESE, look, over, say, sending
from tests.telephony.certificate import self_made_certificate

SENT, UNKNOWN, FAILED = MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED
OWNER = "wang@example.cn"


@dataclass
class MailServer:
    """`mail`, `rcpt` and `data`: what it answers there; `cuts`: it has the letter and hangs up."""

    mail: str = "250 OK"
    rcpt: list[str] = field(default_factory=list)
    data: str = "250 OK"
    cuts: bool = False
    letters: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    was_encrypted: bool = False
    user: str = ""

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        said = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.was_encrypted = session.ssl is not None
        if self.cuts:
            server.transport.abort()
        return self.data

    def sign_in(self, server: Any, session: Any, envelope: Any, how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.user = given.login.decode()
        return AuthResult(success=given.password == b"word", handled=False)


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None, *, at_once: bool = False, **how: Any
) -> AsyncIterator[MailServer]:
    """On a free port of loopback; with STARTTLS or TLS from the first byte."""
    it = MailServer()
    starttls = None if at_once else tls

    def protocol() -> SMTP:
        return SMTP(it, tls_context=starttls, authenticator=it.sign_in, hostname="mail", **how)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if at_once else None)
    it.port = server.sockets[0].getsockname()[1]
    try:
        yield it
    finally:
        server.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 2)


def by(at: MailServer, **changes: Any) -> SenderSettings:
    smtp: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": at.port,
        "tls": "none",
        "sender": "care@carmaker.example",
        "timeout_s": 2.0,
    }
    return SenderSettings(email="smtp", smtp=SmtpSettings(**(smtp | changes)))


async def write(database: Database, **changes: Any) -> Any:
    return await say(database, channel=Channel.EMAIL, recipient=OWNER, **changes)


@pytest.mark.parametrize(
    ("language", "subject", "shown"),
    [
        ("zh", None, "客户服务中心来信"),
        ("en", None, "A message from the customer care centre"),
        ("zh", "首次保养提醒:您的爱车已行驶 4,800 公里", "首次保养提醒:您的爱车已行驶 4,800 公里"),
    ],
)
async def test_a_letter_as_it_is_read(
    database: Database, language: str, subject: str | None, shown: str
) -> None:
    async with mail_server() as at, sending(database, by(at)):
        message = await write(database, language=language, subject=subject, body=CHINESE * 30)
        assert (await over(database)).state is SENT
    (letter,) = at.letters
    assert (letter["To"], letter["From"]) == (OWNER, "care@carmaker.example")
    assert letter["Subject"] == shown
    assert letter["Message-ID"] == f"<{message.id}@carmaker.example>"
    assert letter.get_content().strip().replace("\r\n", "\n") == CHINESE * 30


@pytest.mark.parametrize(
    ("where", "is_his"), [("connect", False), ("mail", False), ("rcpt", True), ("data", False)]
)
async def test_refused(database: Database, where: str, is_his: bool) -> None:
    """Whether it is said of the recipient stands in what was refused, not in its words."""
    said = f"550 <{OWNER}> no such user"
    signing_in = {"user": "care", "password": "another"} if where == "connect" else {}
    open_to_all = {"auth_require_tls": False}
    async with mail_server(**open_to_all) as at, sending(database, by(at, **signing_in)):
        if where == "rcpt":
            at.rcpt.append(said)
        elif where != "connect":
            setattr(at, where, said)
        await write(database)
        message = await over(database)
    assert message.state is FAILED
    assert message.failure is not None
    assert message.failure.startswith(f"smtp {where} 5")
    assert bool(NO_SUCH_BOX.match(message.failure)) is is_his
    assert OWNER not in message.failure


async def test_what_a_mail_server_says_may_be_any_bytes(database: Database) -> None:
    async with mail_server() as at, sending(database, by(at)):
        at.data = "554 \udcff\udcfe \0 no"
        await write(database)
        assert (await over(database)).state is FAILED


async def test_not_now_goes_later_and_once(database: Database) -> None:
    async with mail_server() as at, sending(database, by(at)):
        at.rcpt.extend(["451 greylisted", "451 greylisted"])
        await write(database)
        assert (await over(database)).state is SENT
        assert len(at.letters) == 1


@pytest.mark.parametrize("is_guarded", [True, pytest.param(False, marks=CONTROL, id="repeated")])
async def test_the_line_breaks_under_the_letter(
    database: Database, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    if not is_guarded:
        monkeypatch.setattr("callcenter.messages.smtp.CarrierSilent", OSError)
        monkeypatch.setattr("callcenter.messages.sending.CarrierBusy", OSError)
    async with mail_server() as at, sending(database, by(at)):
        at.cuts = True
        await write(database)
        while not at.letters:
            await asyncio.sleep(0.02)
        at.cuts = False
        await asyncio.sleep(1.0)
        assert ((await look(database)).state, len(at.letters)) == (UNKNOWN, 1)


@pytest.mark.parametrize("way", ["starttls", "tls"])
async def test_encrypted_and_signed_in(database: Database, tmp_path: Path, way: str) -> None:
    certificate, key = self_made_certificate(tmp_path)
    context = server_context(certificate, key)
    more = {"tls": way, "ca": certificate, "user": "care", "password": "word"}
    # Its own check of "is there TLS" knows only the one by STARTTLS.
    required = {"auth_required": True} if way == "starttls" else {"auth_require_tls": False}
    async with (
        mail_server(context, at_once=way == "tls", **required) as at,
        sending(database, by(at, **more)),
    ):
        await write(database)
        assert (await over(database)).state is SENT
        assert (at.user, len(at.letters)) == ("care", 1)


async def test_an_unknown_certificate_gets_no_letter(database: Database, tmp_path: Path) -> None:
    context = server_context(*self_made_certificate(tmp_path))
    async with mail_server(context) as at, sending(database, by(at, tls="starttls")):
        await write(database)
        await asyncio.sleep(1.0)
        assert (await look(database)).state in (MessageState.QUEUED, MessageState.SENDING)
        assert at.letters == []


async def test_a_header_cannot_be_smuggled_in(database: Database) -> None:
    async with mail_server() as at, sending(database, by(at)):
        await write(database, subject="x\r\nBcc: all@example.cn")
        assert (await over(database)).state is FAILED
        assert at.letters == []
