"""What a campaign's dialling learns of how long its agents talk. Pure."""

from typing import Any

import pytest

from callcenter.calls.agents.model import Contact
from callcenter.ids import new_id
from callcenter.outbound.dialling.pacing import Budget
from callcenter.outbound.dialling.standing import Standing
from callcenter.telephony.owners.dialler import CampaignDialling
from callcenter.telephony.owners.lines import Lines

NOWHERE: Any = None
AGENT = new_id()


def stands(contact: Contact, seconds: float) -> Standing:
    return Standing({AGENT: (contact, seconds)}, frozenset({"desk"}), Budget(0, 0), 0)


@pytest.mark.parametrize(("own_agents", "learnt"), [(False, [20.0]), (True, [])])
def test_who_waits_on_the_line_for_an_owner_is_in_no_talk(
    monkeypatch: pytest.MonkeyPatch, own_agents: bool, learnt: list[float]
):
    one = CampaignDialling(NOWHERE, NOWHERE, NOWHERE, Lines(), has_voice=True)
    one.had_own_agents = own_agents
    talks: list[float] = []
    monkeypatch.setattr(one.work, "talked", talks.append)
    one.learn(stands(Contact.TALKING, 20.0))
    one.learn(stands(Contact.NONE, 0.0))
    assert talks == learnt
