"""E-mail by a mail server. Each message is one connection: what happened on it is clear."""

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime

import aiosmtplib

from callcenter.messages.model import (
    CarrierBusy,
    CarrierRefused,
    CarrierSilent,
    Message,
    Unsubscribing,
    nowhere,
)
from callcenter.sender_settings import SmtpSettings, client_context

SMTP = "smtp"
SUBJECTS = {"zh": "客户服务中心来信", "en": "A message from the customer care centre"}
AT_ONCE = 5


class SmtpCarrier:
    """Hands e-mails to the mail server. Bounces are letters, and are not read here.

    `unsubscribe`: where a letter can be ended; mail programs then offer a button for it.
    """

    name = SMTP

    def __init__(self, settings: SmtpSettings, unsubscribe: Unsubscribing = nowhere) -> None:
        self.settings = settings
        self._unsubscribe = unsubscribe
        self._tls = client_context(settings.ca) if settings.tls != "none" else None
        self._room = asyncio.Semaphore(AT_ONCE)

    def parts(self, message: Message) -> int:
        """Nobody reports of it."""
        return 0

    async def send(self, message: Message) -> Sequence[str]:
        """Refused by a 5xx; later by a 4xx, and when the line broke before the letter began;
        unknown when it broke under the letter."""
        letter = _letter(message, self.settings.sender)
        _can_be_ended(letter, self._unsubscribe(message))
        client = self._client()
        stage = "connect"
        try:
            async with asyncio.timeout(self.settings.timeout_s), self._room:
                await client.connect()
                stage = "mail"
                await client.mail(self.settings.sender)
                stage = "rcpt"
                await client.rcpt(message.recipient)
        except aiosmtplib.SMTPResponseException as refusal:
            client.close()
            raise _refusal(refusal, message.recipient, stage) from refusal
        except (aiosmtplib.SMTPException, OSError) as failure:
            client.close()
            raise CarrierBusy(repr(failure)) from failure
        # An address that no mail server takes.
        except ValueError as failure:
            client.close()
            raise CarrierRefused(repr(failure)) from failure
        return [await self._hand_over(client, letter)]

    async def _hand_over(self, client: aiosmtplib.SMTP, letter: EmailMessage) -> str:
        try:
            async with asyncio.timeout(self.settings.timeout_s):
                await client.data(letter.as_bytes(policy=LINES))
        except aiosmtplib.SMTPResponseException as refusal:
            raise _refusal(refusal, letter["To"], "data") from refusal
        except (aiosmtplib.SMTPException, OSError) as failure:
            raise CarrierSilent(repr(failure)) from failure
        finally:
            client.close()
        return str(letter["Message-ID"])

    def _client(self) -> aiosmtplib.SMTP:
        settings = self.settings
        secret = settings.password.get_secret_value() if settings.password else None
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            tls_context=self._tls,
            username=settings.user or None,
            password=secret,
            timeout=settings.timeout_s,
        )


def _letter(message: Message, sender: str) -> EmailMessage:
    letter = EmailMessage()
    try:
        letter["From"] = sender
        letter["To"] = message.recipient
        letter["Subject"] = message.subject or SUBJECTS[message.language]
    # A line end in an address or subject would be a header of somebody else's choice.
    except ValueError as failure:
        raise CarrierRefused(str(failure)) from failure
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    letter["Content-Language"] = {"zh": "zh-CN", "en": "en"}[message.language]
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    return letter


def _can_be_ended(letter: EmailMessage, page: str | None) -> None:
    """RFC 2369 for a page that is opened; RFC 8058, https alone, for one that is only pressed."""
    if page is None:
        return
    letter["List-Unsubscribe"] = f"<{page}>"
    if page.startswith("https://"):
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _refusal(
    refusal: aiosmtplib.SMTPResponseException, recipient: str, stage: str
) -> CarrierRefused | CarrierBusy:
    """`stage`: what was refused. Only "rcpt" says anything of the recipient."""
    # Mail servers repeat the address; who reads the reason may not be allowed to see it.
    said = f"smtp {stage} {refusal.code} {refusal.message}".replace(recipient, "…")[:200]
    return CarrierRefused(said) if refusal.code >= 500 else CarrierBusy(said)
