"""Random rules over the words of the population."""

import json
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from callcenter.outbound.audiences.model import AllOf, AnyOf, NoneOf, Rule
from tests.outbound.audiences.population import (
    CAMPAIGNS,
    CITIES,
    MODELS,
    PROVINCES,
    STATIONS,
    TICKET_KINDS,
    VISIT_KINDS,
    of,
)

OTHERS = [of(9, number) for number in range(2)]
DAYS = st.sampled_from((1, 7, 30, 90, 180))
IS = st.booleans()
COMPARED = st.sampled_from(("at_least", "at_most"))


def some(words: Any, least: int = 1) -> st.SearchStrategy[list[Any]]:
    """A few of these, each once."""
    return st.lists(st.sampled_from(words), min_size=least, max_size=3, unique=True)


def leaf(kind: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **fields})


STATION_IDS = some([str(of(1, number)) for number in range(STATIONS)], 0)
VISITS = {"visit_kinds": some(VISIT_KINDS, 0), "station_ids": STATION_IDS}
CAMPAIGN = st.none() | st.sampled_from([str(of(5, number)) for number in range(CAMPAIGNS)])
MONTHS = st.sampled_from((1, 3, 6, 13))
SOON = st.sampled_from((0, 1, 7, 60))
SPAN = st.sampled_from(((-30, 0), (0, 0), (-7, 21), (10, 400)))
AGES = st.sampled_from(((None, 3), (6, None), (0, 12), (12, 12)))

OF_OWNERS = (
    leaf("tier", any_of=some((0, 1, 2, 3))),
    leaf("province", any_of=some(PROVINCES)),
    leaf("city", any_of=some([*CITIES[:3], "'"])),
    leaf("language", language=st.sampled_from(("zh", "en"))),
    leaf("birthday", within_days=SOON),
    leaf("wedding_day", within_days=SOON),
    leaf("email", is_known=IS),
    leaf("profiling_refused", is_refused=IS),
    leaf("share", percent=st.sampled_from((1, 30, 50, 100)), salt=st.sampled_from(("a", "'b'"))),
    leaf(
        "ticket", ticket_kinds=some(TICKET_KINDS, 0), what=st.sampled_from(("opened", "closed"))
    ).flatmap(lambda one: DAYS.map(lambda days: one | {"within_days": days})),
    leaf("open_ticket", is_there=IS, ticket_kinds=some(TICKET_KINDS, 0)),
    leaf("rating", at_most=st.integers(1, 5), within_days=DAYS),
    leaf("promise", which=st.sampled_from(("open", "kept", "broken")), within_days=DAYS),
    leaf(
        "contacted",
        within_days=DAYS,
        campaign_id=CAMPAIGN,
        outcomes=some(("answered", "booked"), 0),
    ),
    leaf("not_contacted", within_days=DAYS, campaign_id=CAMPAIGN),
)
OF_CARS = (
    leaf("model", any_of=some(MODELS)),
    leaf("energy", any_of=some(("petrol", "electric", "diesel"))),
    leaf("plate", any_of=some("辽吉沪")),
    AGES.map(
        lambda ages: {"kind": "car_age", "at_least_months": ages[0], "at_most_months": ages[1]}
    ),
    leaf("delivery_day", within_days=SOON),
    SPAN.map(lambda span: {"kind": "due", "from_days": span[0], "to_days": span[1]}),
    leaf(
        "due_passed", quantile=st.sampled_from(("p10", "p50", "p90")), days=st.sampled_from((0, 9))
    ),
    leaf("still_ours", at_least=st.sampled_from((0.0, 0.25, 0.3, 1.0))),
    leaf("booking", is_there=IS, wanted=some(VISIT_KINDS, 0)),
    leaf("never_came", **VISITS),
    leaf("last_visit", when=st.sampled_from(("longer_ago", "within")), days=DAYS, **VISITS),
    leaf("visit_count", months=MONTHS, compared=COMPARED, number=st.integers(0, 2), **VISITS),
    leaf(
        "visit_amount",
        months=MONTHS,
        compared=COMPARED,
        yuan=st.sampled_from((0, 500, 1001)),
        **VISITS,
    ),
)
NAMED = leaf("audience", audience_id=st.sampled_from([str(one) for one in OTHERS]), is_in=IS)


def groups(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda kind, of: {"kind": kind, "of": of},
        st.sampled_from(("all", "any", "none")),
        st.lists(inner, min_size=1, max_size=3),
    )


def rules(leaves: Any) -> st.SearchStrategy[AllOf | AnyOf | NoneOf]:
    """Trees of at most three groups deep, as they come over the wire."""
    one = st.one_of(*leaves)
    tree = groups(one | groups(one | groups(one)))
    return tree.map(rule)


def rule(of: Any) -> Any:
    """As it comes over the wire."""
    return TypeAdapter[Any](Rule).validate_json(json.dumps(of))
