"""The packs that lie beside this file, each checked when it is read, and which version counts."""

import functools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from callcenter.clock import CHINA
from callcenter.errors import CallCenterError
from callcenter.outbound.policies.model import Pack

PACKS = Path(__file__).parent / "packs"


class PolicyUnknown(CallCenterError):
    """There is no pack of this code, or none that is valid yet."""

    code = "policy_unknown"
    status = 422
    message_zh = "没有代码为“{policy}”的有效规则包。"
    message_en = 'There is no policy pack "{policy}" that is valid now.'


@functools.cache
def shelf() -> Sequence[Pack]:
    """Every version of every pack, by code and day."""
    read = [Pack.model_validate_json(path.read_bytes()) for path in PACKS.glob("*.json")]
    return sorted(read, key=lambda pack: (pack.code, pack.valid_from))


def pack(code: str, at: datetime) -> Pack:
    """The version that is valid at a moment, of those that begin on the day; raises
    PolicyUnknown."""
    day = at.astimezone(CHINA).date()
    valid = [one for one in shelf() if one.code == code and one.valid_from <= day]
    if not valid:
        raise PolicyUnknown(policy=code)
    return valid[-1]
