"""Settings of what carries messages out of the house. Off by default: they stay in the inbox."""

import ssl
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9.:\-]+$", max_length=253)]
Port = Annotated[int, Field(ge=1, le=65535)]
Web = Annotated[str, Field(pattern=r"^https?://[^\s@]+$", max_length=1000)]


class Section(BaseModel):
    """A part of the senders' settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SmppSettings(Section):
    """A message centre that speaks SMPP 3.4; bound as transceiver, so that receipts come the same
    way. `source`: the number or name it is sent from, with its kind as the provider wants it.
    `long_texts`: in segments that the phone puts together, or whole as message_payload for a
    centre that cuts them itself. `enquire_s`: after so long without a word it is asked whether it
    is there. `window`: how many may be unanswered at once."""

    host: Host
    port: Port = 2775
    tls: bool = False
    ca: Path | None = None
    system_id: str = Field(min_length=1, max_length=15, pattern=r"^[\x21-\x7e]+$")
    password: SecretStr = Field(max_length=8)
    system_type: str = Field("", max_length=12, pattern=r"^[\x21-\x7e]*$")
    source: str = Field("", max_length=20, pattern=r"^[\x21-\x7e]*$")
    source_ton: int = Field(0, ge=0, le=6)
    source_npi: int = Field(0, ge=0, le=18)
    long_texts: Literal["segments", "payload"] = "segments"
    enquire_s: float = Field(30, gt=0)
    window: int = Field(10, ge=1, le=1000)
    timeout_s: float = Field(10, gt=0, le=30)


class GatewaySettings(Section):
    """A service that takes messages as signed JSON. `former_secret` is still taken for receipts
    while the provider changes to the new one."""

    url: Web
    secret: SecretStr = Field(min_length=16)
    former_secret: SecretStr | None = Field(None, min_length=16)
    timeout_s: float = Field(10, gt=0, le=30)


class SmtpSettings(Section):
    """A mail server. `user` and `password` only where it asks for them; `sender` is the address
    that owners see and answer to."""

    host: Host
    port: Port = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    ca: Path | None = None
    user: str = ""
    password: SecretStr | None = None
    sender: str = Field(pattern=r"^[^@\s<>\"]+@[A-Za-z0-9.\-]+$", max_length=254)
    timeout_s: float = Field(10, gt=0, le=30)


class SenderSettings(Section):
    """Which carrier takes which channel. `give_up_s`: what no carrier would take for so long has
    failed; nobody wants to read it later."""

    text: Literal["inbox", "smpp", "http"] = "inbox"
    email: Literal["inbox", "smtp"] = "inbox"
    give_up_s: float = Field(1800, gt=0)
    smpp: SmppSettings | None = None
    http: GatewaySettings | None = None
    smtp: SmtpSettings | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The settings that the chosen carriers cannot do without, as they are spelt."""
        needed = []
        if self.text == "smpp" and self.smpp is None:
            needed += ["SMPP__HOST", "SMPP__SYSTEM_ID", "SMPP__PASSWORD"]
        if self.text == "http" and self.http is None:
            needed += ["HTTP__URL", "HTTP__SECRET"]
        if self.email == "smtp":
            if self.smtp is None:
                needed += ["SMTP__HOST", "SMTP__SENDER"]
            elif bool(self.smtp.user) != (self.smtp.password is not None):
                needed += ["SMTP__USER", "SMTP__PASSWORD"]
        return tuple(f"CALLCENTER_SENDERS__{name}" for name in needed)


def client_context(ca: Path | None) -> ssl.SSLContext:
    """Trusts the machine's authorities, or only the one in this file."""
    return ssl.create_default_context(cafile=str(ca) if ca else None)
