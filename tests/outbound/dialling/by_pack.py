"""Policy packs that say something else of calls that find no agent."""

from datetime import datetime

import pytest

from callcenter.outbound.dialling import rules
from callcenter.outbound.policies.model import Abandoned, Pack
from callcenter.outbound.policies.shelf import pack


def by_pack(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    """Every pack says this from now on."""

    def altered(code: str, at: datetime) -> Pack:
        found = pack(code, at)
        own = Abandoned.model_validate(found.abandoned.model_dump() | changed)
        return found.model_copy(update={"abandoned": own})

    monkeypatch.setattr(rules, "pack", altered)
