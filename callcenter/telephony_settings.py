"""Settings of the telephone switch: who may ring through it, and where it listens."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Extension = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
"""A phone of ours, by the name or number it registers with."""
Host = Annotated[str, Field(pattern=r"^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?$")]
Network = Annotated[str, Field(pattern=r"^[0-9A-Fa-f.:]+(/\d{1,3})?$")]
Port = Annotated[int, Field(ge=1, le=65535)]


class Section(BaseModel):
    """A part of the switch's settings. Texts go into its configuration: no line may be broken."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TrunkSettings(Section):
    """The carrier's line. `address`: where calls go out to, `calls_from`: the addresses that its
    calls come from; `user` and `password` only where the carrier asks for them, and `registers`
    when it wants us to register. `asked_each_s`: how often we look whether it is there (0: never);
    what does not answer is not dialled until it does."""

    address: Host
    calls_from: tuple[Network, ...] = Field(min_length=1)
    transport: str = Field("udp", pattern=r"^(udp|tcp)$")
    user: str = Field("", pattern=r"^[A-Za-z0-9.+_-]*$")
    password: SecretStr | None = Field(None, min_length=1)
    registers: bool = False
    codecs: str = Field("alaw,ulaw", pattern=r"^[a-z0-9]+(,[a-z0-9]+)*$")
    asked_each_s: int = Field(30, ge=0)

    @model_validator(mode="after")
    def _complete(self) -> "TrunkSettings":
        if (self.password is None) != (not self.user):
            raise ValueError("user and password belong together")
        if self.registers and not self.user:
            raise ValueError("registering needs a user and a password")
        secret = self.password.get_secret_value() if self.password else ""
        if not secret.isprintable() or ";" in secret or secret != secret.strip():
            raise ValueError("the password may hold no semicolon, no line end, no space around it")
        return self


class AsteriskSettings(Section):
    """One Asterisk, listening on this machine only. `run`: whether `callcenter run` starts it; by
    itself once it was fetched. `external_address` is what the outside sees where a router
    translates addresses, `local_networks` is what lies inside."""

    run: Literal["auto", "on", "off"] = "auto"
    bind: str = Field("127.0.0.1", pattern=r"^[0-9A-Fa-f.:]+$")
    sip_port: Port = 5060
    http_port: Port = 8088
    https_port: Port = 8089
    rtp_first: Port = 10000
    rtp_last: Port = 19999
    tls_cert: Path | None = None
    tls_key: Path | None = None
    external_address: str = Field("", pattern=r"^[A-Za-z0-9.:-]*$")
    local_networks: tuple[Network, ...] = ()
    loopback_media: bool = False
    trunk: TrunkSettings | None = None
    desk_phones: tuple[Extension, ...] = ()
    browser_phones: tuple[Extension, ...] = ()
    application: str = Field("hotline", pattern=r"^[a-z][a-z0-9_]{0,30}$")
    language: str = Field("zh", pattern=r"^[a-z]{2}(_[A-Z]{2})?$")
    longest_call_s: int = Field(7200, gt=0)
    fallback_ring_s: int = Field(60, gt=0)

    @model_validator(mode="after")
    def _sound(self) -> "AsteriskSettings":
        if self.rtp_last - self.rtp_first < 9:
            raise ValueError("rtp_first to rtp_last must hold at least ten ports")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key belong together")
        phones = [*self.desk_phones, *self.browser_phones, *RESERVED]
        if len(set(phones)) != len(phones):
            raise ValueError(f"each phone once, and none of {', '.join(RESERVED)}")
        return self


RESERVED = ("trunk", "udp", "tcp", "ws", "wss", "global", "system", "phone", "desk", "browser")
"""Names that the configuration itself uses."""
