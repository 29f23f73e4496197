"""Which version of a pack counts when, and what the API says of the packs."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from callcenter.outbound.model import Way
from callcenter.outbound.policies import http
from callcenter.outbound.policies.model import Pack
from callcenter.outbound.policies.shelf import shelf
from callcenter.outbound.policies.versions import special_days, versions
from callcenter.web.permission import Permission
from tests.service import Service

CN = next(one for one in shelf() if one.code == "cn")


def later(days: int, of: date) -> Pack:
    return CN.model_copy(update={"version": f"in {days}", "valid_from": of + timedelta(days=days)})


def test_a_version_counts_from_its_day_on():
    first = date(2027, 1, 1)
    packs = [CN, later(0, first), later(30, first)]
    for day, counts, coming in (
        (first - timedelta(days=1), CN.version, ["in 0", "in 30"]),
        (first, "in 0", ["in 30"]),
        (first + timedelta(days=30), "in 30", []),
    ):
        (one,) = versions(packs, day)
        assert one.in_force is not None
        assert (one.in_force.version, [it.version for it in one.coming]) == (counts, coming)
    (early,) = versions(packs[1:], first - timedelta(days=1))
    assert early.in_force is None


def test_the_days_ahead_that_are_no_common_days():
    found = {one.day: one.counts_as for one in special_days(CN, date(2026, 2, 10), 30)}
    # The Spring Festival of 2026, and the Saturday before it that is worked.
    assert found[date(2026, 2, 17)] == "holiday"
    assert found[date(2026, 2, 14)] not in ("holiday", "sat")
    assert date(2026, 2, 11) not in found


async def test_packs_are_read_with_the_version_that_comes(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    packs = [CN, later(9, datetime.now().date()), *(one for one in shelf() if one.code != "cn")]
    monkeypatch.setattr(http, "shelf", lambda: packs)
    reader = await service.client([Permission.OUTBOUND_READ])
    found = {one["code"]: one for one in (await reader.get("/api/v1/policy-packs"))["items"]}
    assert set(found) == {"cn", "eu", "uk", "us"}
    china: Any = found["cn"]
    assert (china["in_force"]["version"], china["coming"][0]["version"]) == (CN.version, "in 9")
    assert all(one["in_force"]["needs_legal_review"] for one in found.values())
    rules = {(one["purpose"], one["way"]): one for one in china["in_force"]["rules"]}
    assert len(rules) == 5 * len(Way)
    sold = rules["marketing", "agent_call"]
    monday = [(span["since"], span["until"]) for span in sold["hours"]["mon"]]
    assert (sold["basis"], monday) == ("consent", [(540, 720), (840, 1200)])
    assert sold["hours"]["sun"] == []
    assert rules["safety", "email"]["hours"] is None
