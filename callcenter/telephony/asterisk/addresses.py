"""Whom Asterisk rings, and what he sees. Pure."""

from callcenter.telephony.switch import Outside, Phone

TRANSFERS_ARE_OURS = {"PJSIP_TRANSFER_HANDLING()": "ari-only"}
"""A phone's transfer key would take the caller out of our hands."""


def endpoint(whom: Phone | Outside) -> str:
    """As a channel is asked for."""
    if isinstance(whom, Phone):
        return f"PJSIP/{whom.extension}"
    return f"PJSIP/{whom.number}@trunk"


def caller_id(shown: str, name: str) -> str:
    """A number, with a name where there is one."""
    plain = "".join(sign for sign in name if sign.isprintable() and sign not in '"<>\\')
    return f'"{plain}" <{shown}>' if plain else shown
