"""Figures of results against published values and against another way to reckon them."""

import math
import random
import statistics
from collections import Counter
from typing import Any

import pytest
from scipy import stats

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.results import figures, reading
from callcenter.outbound.surveys.results.tallies import Tally, figures_of
from callcenter.web.permission import Permission
from tests.outbound.surveys.cast import option, published, question, says, survey
from tests.service import Service


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(hits: int, n: int, low: float, high: float):
    found = figures.wilson(hits, n)
    assert found.value == hits / n
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (low, high)


def test_wilson_as_another_library_has_it():
    for n in (1, 7, 100):
        for hits in range(n + 1):
            other = stats.binomtest(hits, n).proportion_ci(method="wilson")
            found = figures.wilson(hits, n)
            assert found.low == pytest.approx(other.low, abs=1e-12)
            assert found.high == pytest.approx(other.high, abs=1e-12)
    assert figures.wilson(0, 0).low is None


def test_mean_and_median_as_other_libraries_have_them():
    die = random.Random(4)
    for n in (2, 3, 10, 57):
        said = [float(die.randint(1, 7)) for _ in range(n)]
        found = figures.mean(Counter(said))
        assert found is not None
        assert found.value == pytest.approx(statistics.mean(said))
        assert figures.median(Counter(said)) == statistics.median(said)
        scale = statistics.stdev(said) / math.sqrt(n)
        if scale:
            low, high = stats.t.interval(0.95, n - 1, loc=statistics.mean(said), scale=scale)
            assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    alone = figures.mean(Counter([4.0]))
    assert alone is not None
    assert (alone.value, alone.low) == (4.0, None)
    assert figures.mean(Counter()) is None
    inside = figures.mean(Counter([5.0, 5.0, 1.0]), (1, 5))
    assert inside is not None
    assert (inside.low, inside.high) == (1, 5)


def test_nps_csat_and_ces_by_hand():
    said = Counter({10.0: 40, 9.0: 20, 8.0: 10, 7.0: 10, 6.0: 5, 0.0: 15})
    found = figures.nps(said)
    assert found is not None
    assert found.value == pytest.approx(100 * (60 - 20) / 100)
    up, down = 60.5 / 102, 20.5 / 102
    half = 1.959964 * math.sqrt((up + down - (up - down) ** 2) / 102)
    assert found.low == pytest.approx(100 * (up - down - half), abs=1e-4)
    assert found.high == pytest.approx(100 * (up - down + half), abs=1e-4)
    agreed = figures.nps(Counter({10.0: 5}))
    assert agreed is not None
    assert agreed.value == 100
    assert (agreed.low or 0) < 80
    satisfied = figures.satisfied(Counter({5.0: 6, 4.0: 2, 3.0: 1, 1.0: 1}), 4)
    assert satisfied == figures.wilson(8, 10)
    assert figures.nps(Counter()) is None


def test_the_interval_of_nps_covers_the_truth_about_as_often_as_it_says():
    die = random.Random(30)
    weights = [0.55, 0.25, 0.2]
    truth = 100 * (weights[0] - weights[2])
    covered = 0
    for _ in range(1500):
        said = Counter(die.choices([10.0, 8.0, 3.0], weights, k=40))
        found = figures.nps(said)
        assert found is not None
        covered += (found.low or -100) <= truth <= (found.high or 100)
    assert 0.935 <= covered / 1500 <= 0.97


def test_each_type_is_counted_by_its_own():
    ask = survey(
        question("multiple", "m", options=[option("a"), option("b")], required=False),
        question("matrix", "x", rows=[option("r")], columns=[option("a"), option("b")]),
        question("ces", "c"),
    )
    tally = Tally()
    tally.count(Answer(choices=("a", "b")), 3)
    tally.count(Answer(choices=("a",)))
    tally.count(Answer(passed=True), 2)
    shares = {
        one.code: (one.count, one.share.value) for one in figures_of(ask.by_code["m"], tally).shares
    }
    assert shares == {"a": (4, 1.0), "b": (3, 0.75)}
    assert (tally.answered, tally.passed) == (4, 2)
    rows = Tally()
    rows.count(Answer(rows={"r": "b"}), 2)
    found = figures_of(ask.by_code["x"], rows).rows["r"]
    assert [(one.code, one.count) for one in found] == [("a", 0), ("b", 2)]
    effort = Tally()
    effort.count(Answer(score=7), 3)
    effort.count(Answer(score=4))
    assert figures_of(ask.by_code["c"], effort).satisfied == figures.wilson(3, 4)


async def test_results_are_those_of_the_answers_one_by_one(database: Database):
    """Counted in the database, they are what counting each response by hand gives."""
    ask = survey(
        question("csat", "all"),
        question("single", "where", options=[option("home"), option("road")]),
        question("nps", "again"),
        question("text", "more", required=False),
    )
    die = random.Random(9)
    said: list[dict[str, Any]] = []
    async with database.transaction() as tx:
        survey_id = await published(tx, ask)
        for n in range(60):
            owner = await customers.add_owner(tx, "test", name=f"车主{n}", tier=n % 3)
            response = await responses.open_response(tx, survey_id, owner_id=owner.id)
            one = {"all": die.randint(1, 5), "where": die.choice(["home", "road"]), "tier": n % 3}
            one |= {"again": die.randint(0, 10) if n % 5 else None}
            await says(tx, response.id, "all", score=one["all"])
            await says(tx, response.id, "where", choice=one["where"])
            if one["again"] is not None:
                await says(tx, response.id, "again", score=one["again"], words="因为")
                await says(tx, response.id, "more", text=f"{n}")
            said.append(one)
        whole = [one for one in said if one["again"] is not None]
        counted = {one.question.code: one for one in await reading.counted(tx, survey_id)}
        assert counted["all"].complete.values == Counter(float(one["all"]) for one in whole)
        assert counted["all"].partial.answered == len(said) - len(whole) == 12
        assert counted["where"].complete.options == Counter(one["where"] for one in whole)
        assert counted["again"].partial.answered == 0
        assert (counted["again"].with_words, counted["more"].with_words) == (48, 48)
        by_tier = await reading.crossed(tx, survey_id, ask.by_code["all"], "tier")
        for tier in range(3):
            wanted = Counter(float(one["all"]) for one in whole if one["tier"] == tier)
            assert by_tier[str(tier)].values == wanted
        by_group = await reading.crossed(tx, survey_id, ask.by_code["where"], ask.by_code["again"])
        promoters = Counter(one["where"] for one in whole if one["again"] >= 9)
        assert by_group["promoter"].options == promoters
        (day,) = (await reading.states_by_day(tx, survey_id)).values()
        assert day == {"complete": 48, "open": 12}
        (of_day,) = (await reading.values_by_day(tx, survey_id, "all")).values()
        assert of_day.values == counted["all"].complete.values


async def test_only_a_question_of_recommendation_has_an_nps_by_day(service: Service):
    said = {"again": {"score": 10}, "all": {"score": 5}, "km": {"number": 12}, "easy": {"score": 7}}
    kinds = ("nps", "csat", "number", "ces")
    ask = survey(*(question(kind, code) for kind, code in zip(kinds, said, strict=True)))
    async with service.database.transaction() as tx:
        survey_id = await published(tx, ask)
        response = await responses.open_response(tx, survey_id)
        for code, answer in said.items():
            await says(tx, response.id, code, **answer)
    supervisor = await service.client([Permission.OUTBOUND_READ])
    found = {}
    for code in said:
        (day,) = (await supervisor.get(f"/api/v1/surveys/{survey_id}/days", question=code))["items"]
        found[code] = (day["mean"]["value"], day["nps"] and day["nps"]["value"])
    assert found == {"again": (10, 100), "all": (5, None), "km": (12, None), "easy": (7, None)}
