"""Who hears of a thing on the feed may read the feed, and the thing itself."""

import pytest

from callcenter.calls.events import CallFact
from callcenter.customers.events import CustomerFact
from callcenter.db.events import Fact
from callcenter.staff.events import AlarmRaised, StaffAdded
from callcenter.staff.roles import ROLES
from callcenter.web.permission import Permission


def hearers(permission: Permission) -> set[str]:
    return {
        role.value for role, held in ROLES.items() if {permission, Permission.FEED_READ} <= held
    }


@pytest.mark.parametrize(
    ("fact", "permission"),
    [
        (CustomerFact, Permission.CUSTOMERS_READ),
        (CallFact, Permission.CALLS_READ),
        (AlarmRaised, Permission.ALARMS_READ),
        (StaffAdded, Permission.STAFF_ADMIN),
    ],
)
def test_a_room_s_news_goes_to_those_who_may_read_it(fact: type[Fact], permission: Permission):
    assert fact.roles == hearers(permission)
