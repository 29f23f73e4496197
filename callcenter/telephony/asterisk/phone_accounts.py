"""Phones that may ring for a while: an account that is made when an agent signs in, with a
password that nobody types, and is gone when he leaves. They live in Asterisk's memory: after its
restart they are made anew."""

import secrets
from collections.abc import Mapping

from callcenter.telephony.asterisk.ari import Ari

BYTES = 24

PHONE: dict[str, str] = {
    "context": "from-phones",
    "disallow": "all",
    "allow": "alaw,ulaw",
    "direct_media": "no",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "rewrite_contact": "yes",
}
SILENCE_S = 6
"""A browser speaks in each moment, even muted: one that has not for so long is gone."""
BROWSER: dict[str, str] = PHONE | {
    "webrtc": "yes",
    "dtls_auto_generate_cert": "yes",
    "rtp_timeout": str(SILENCE_S),
}


async def open_account(
    ari: Ari, extension: str, *, browser: bool = True, password: str = ""
) -> str:
    """Let this phone register; its password (`password`, or a new one). An account of that name
    gets the new password. Raises SwitchUnreachable and SwitchRefused."""
    password = password or secrets.token_urlsafe(BYTES)
    account = {"auth_type": "userpass", "username": extension, "password": password}
    await _put(ari, "auth", extension, account)
    await _put(ari, "aor", extension, {"max_contacts": "1", "remove_existing": "yes"})
    endpoint = BROWSER if browser else PHONE
    await _put(ari, "endpoint", extension, {**endpoint, "auth": extension, "aors": extension})
    return password


async def close_account(ari: Ari, extension: str) -> None:
    """It rings no more; a call that is going on goes on. Raises SwitchRefused for one that
    the settings name."""
    for kind in ("endpoint", "aor", "auth"):
        await ari.delete(f"/asterisk/config/dynamic/res_pjsip/{kind}/{extension}")


async def _put(ari: Ari, kind: str, name: str, values: Mapping[str, str]) -> None:
    fields = [{"attribute": key, "value": value} for key, value in values.items()]
    await ari.put(f"/asterisk/config/dynamic/res_pjsip/{kind}/{name}", {"fields": fields})
