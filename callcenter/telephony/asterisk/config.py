"""The configuration we ship: written from the settings, whole, each time before a start."""

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from jinja2 import Environment, PackageLoader, StrictUndefined

from callcenter.supervision import write_secret
from callcenter.telephony.asterisk.hold_music import write_hold_music
from callcenter.telephony.asterisk.installation import Installation
from callcenter.telephony.asterisk.passwords import Passwords
from callcenter.telephony_settings import AsteriskSettings

ARI_USER = "callcenter"
ARI_PASSWORD = "ari"
FOLDERS = ("etc", "var", "var/keys", "spool", "spool/recording", "run", "log", "sounds")
NOTICE = "fallback-notice"


def write_config(folder: Path, settings: AsteriskSettings, installation: Installation) -> Passwords:
    """The files of one Asterisk below `folder`, and its passwords. Files that a person put into
    `sounds/hold` are its music on hold, `sounds/fallback-notice.wav` is what a caller hears when
    the service is gone. Raises ValueError for a value that would break a line."""
    folder = folder.absolute()
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_hold_music(folder / "sounds" / "hold")
    passwords = Passwords(folder / "passwords.json")
    notice = folder / "sounds" / NOTICE
    values = {
        "folder": folder,
        "it": settings,
        "installation": installation,
        "ari_user": ARI_USER,
        "passwords": passwords,
        "candidates": list(_candidates(settings)),
        "phones": list(_phones(settings)),
        "fallback_phones": settings.desk_phones or settings.browser_phones,
        "notice": str(notice) if notice.with_suffix(".wav").exists() else "",
        "hold_music": folder / "sounds" / "hold",
    }
    shipped = _shipped()
    for name in shipped.list_templates():
        write_secret(folder / "etc" / name, shipped.get_template(name).render(values))
    return passwords


def _shipped() -> Environment:
    # Not HTML: what must not get through here is a second line.
    return Environment(
        loader=PackageLoader("callcenter.telephony.asterisk", "shipped"),
        undefined=StrictUndefined,
        finalize=_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _one_line(value: Any) -> str:
    text = str(value)
    if not text.isprintable() or ";" in text:
        raise ValueError(f"{text!r} cannot stand in a line of the configuration")
    return text


def _phones(settings: AsteriskSettings) -> Iterator[tuple[str, str]]:
    yield from ((name, "desk") for name in settings.desk_phones)
    yield from ((name, "browser") for name in settings.browser_phones)


def _candidates(settings: AsteriskSettings) -> Iterator[tuple[str, str]]:
    """What browsers are told instead of this machine's addresses. On this machine alone, the
    loopback: Asterisk does not offer it by itself."""
    outside = "127.0.0.1" if settings.loopback_media else settings.external_address
    if not outside:
        return
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family.name == "AF_INET" and not ipaddress.ip_address(one.address).is_loopback:
                yield one.address, outside
