"""The words for each owner, and what is refused before anybody hears it."""

from dataclasses import replace
from uuid import UUID

import pytest

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.check import faults, faults_with, survey_faults
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About, Addressed
from callcenter.outbound.campaigns.plan import Plan, Said, Variant
from callcenter.outbound.campaigns.templates import template, templates
from callcenter.outbound.campaigns.trial import all_faults
from callcenter.outbound.campaigns.words import FactMissing, Person, variant_for, words_of
from callcenter.outbound.model import Way
from tests.outbound.surveys.cast import option, question, survey

GOLD = Person(
    tier=2,
    model="EX5",
    province="LN",
    occasion="",
    language="zh",
    facts={
        "owner": "王芳",
        "model": "EX5",
        "plate": "辽A12345",
        "last_visit": "2026年3月1日",
        "last_station": "沈阳东望服务站",
        "due": "2026年12月5日",
        "link": "https://care.example/b/1",
        "survey_link": "https://care.example/s/1",
        "hotline": "400-100-2000",
    },
)
USUAL = replace(
    GOLD,
    tier=0,
    language="en",
    facts={"owner": "Li", "link": "x", "survey_link": "y", "hotline": "1"},
)


def texts(*variants: tuple[str, str], **marks: tuple[int, ...]) -> Plan:
    """A plan of one text with these variants; the first has the marks."""
    made = [Variant(code=code, words={Way.TEXT: Said(zh=text, en=text)}) for code, text in variants]
    made[0] = made[0].model_copy(update=marks)
    plan = template(CampaignKind.WIN_BACK).plan
    return plan.model_copy(update={"steps": plan.steps[:1], "variants": tuple(made)})


def said(plan: Plan, way: Way, person: Person) -> str:
    variant = variant_for(plan, way, person)
    assert variant is not None
    return words_of(variant.words[way], person).body


def test_gold_is_told_of_the_pick_up_and_each_of_his_own_car():
    plan = template(CampaignKind.MAINTENANCE).plan
    assert "辽A12345" in said(plan, Way.TEXT, GOLD)
    assert "取送车" in said(plan, Way.TEXT, GOLD)
    plain = said(plan, Way.TEXT, USUAL)
    assert "your car is due for service about now" in plain
    assert "pick-up" not in plain
    assert "{" not in plain


def test_a_fact_that_is_missing_leads_to_the_next_variant():
    plan = texts(("fact", "您上次{last_visit}进站"), ("plain", "您好"))
    assert said(plan, Way.TEXT, GOLD) == "您上次2026年3月1日进站"
    assert said(plan, Way.TEXT, USUAL) == "您好"
    with pytest.raises(FactMissing):
        words_of(plan.variants[0].words[Way.TEXT], USUAL)


def test_what_an_owner_is_called_is_never_taken_for_a_place():
    """A name with braces in it is a name."""
    odd = replace(GOLD, facts=GOLD.facts | {"owner": "{plate}"})
    plan = texts(("one", "{owner}您好"), ("two", "x"))
    assert said(plan, Way.TEXT, odd) == "{plate}您好"


def test_one_text_for_all_is_refused():
    people = [replace(GOLD, facts=GOLD.facts | {"owner": f"车主{n}"}) for n in range(20)]
    same = texts(("gold", "{owner}您好,请来保养"), ("usual", "{owner}您好"), tiers=(2,))
    assert [one.code for one in faults_with(same, people)] == ["same_words_for_all"]
    cars = [replace(one, facts=one.facts | {"plate": f"辽A{n:05}"}) for n, one in enumerate(people)]
    own = texts(("gold", "{owner}的{plate}该保养了"), ("usual", "{owner}您好"), tiers=(2,))
    assert faults_with(own, cars) == []


@pytest.mark.parametrize(
    ("gold", "usual"),
    [
        ("谢谢您", "谢谢您"),
        ("{owner}您好,点 {link}", "{owner|车主}您好,点 {link}"),
        ("有事请拨 {hotline}", "有事请拨 {hotline} "),
    ],
)
def test_one_text_for_all_is_refused_though_nobody_is_there_to_try_it_on(gold: str, usual: str):
    """What everybody shares, name, links and hotline, makes no other text of it."""
    plan = texts(("gold", gold), ("usual", usual), tiers=(3,))
    (found,) = all_faults(plan, CampaignKind.WIN_BACK, Purpose.MARKETING, [], {})
    assert (found.code, found.where) == ("one_text_for_all", "ways.text")
    assert "短信" in found.words_zh
    assert "text" in found.words_en


def test_a_language_in_which_all_hear_the_same_is_named():
    plan = texts(("gold", "Thank you"), ("usual", "Thank you"), tiers=(3,))
    gold, usual = plan.variants
    own = gold.model_copy(update={"words": {Way.TEXT: Said(zh="谢谢金牌车主", en="Thank you")}})
    (found,) = all_faults(
        plan.model_copy(update={"variants": (own, usual)}),
        CampaignKind.WIN_BACK,
        Purpose.MARKETING,
        [],
        {},
    )
    assert "英文" in found.words_zh
    assert "in English" in found.words_en
    assert "Chinese" not in found.words_en


def test_a_fact_of_his_own_or_other_words_for_some_is_no_text_for_all():
    for gold, usual in (("{plate}", "{plate}"), ("贵宾您好", "您好")):
        plan = texts(("gold", gold), ("usual", usual), tiers=(3,))
        assert faults(plan, CampaignKind.WIN_BACK, Purpose.MARKETING) == []


def test_what_the_plan_shows_by_itself_is_not_said_again_of_the_sample():
    people = [replace(GOLD, facts=GOLD.facts | {"owner": f"车主{n}"}) for n in range(20)]
    addressed = [
        Addressed(About(UUID(int=n)), one, "", None, None, "Asia/Shanghai")
        for n, one in enumerate(people)
    ]
    plan = texts(("gold", "谢谢"), ("usual", "谢谢"), tiers=(3,))
    found = all_faults(plan, CampaignKind.WIN_BACK, Purpose.MARKETING, addressed, {})
    assert [one.code for one in found] == ["one_text_for_all"]


def test_a_plan_without_marks_or_with_a_made_up_fact_is_refused():
    plan = texts(("a", "{owner}您好"), ("b", "{nmae}您好"))
    found = faults(plan, CampaignKind.WIN_BACK, Purpose.MARKETING)
    assert {one.code for one in found} == {"unknown_fact", "one_text_for_all"}


def test_who_has_no_words_is_counted():
    plan = texts(("gold", "{plate}"), ("silver", "{plate}"), tiers=(2,))
    found = faults_with(plan, [GOLD, USUAL])
    assert "no_words_for_some" in {one.code for one in found}


@pytest.mark.parametrize(
    "kind",
    [CampaignKind.RESCUE_FOLLOW_UP, CampaignKind.COMPLAINT_CALL_BACK, CampaignKind.SPECIAL_SURVEY],
)
def test_a_step_whose_words_speak_of_a_survey_must_have_an_open_one(kind: CampaignKind):
    plan = template(kind).plan
    (step,) = (n for n, one in enumerate(plan.steps) if one.way is Way.TEXT)
    (missing,) = survey_faults(plan, {})
    assert (missing.code, missing.where) == ("survey_missing", f"steps.{step}.survey_id")
    survey_id = UUID(int=9)
    asking = with_survey_id(plan, survey_id)
    assert {one.code for one in survey_faults(asking, {})} == {"survey_not_open"}
    assert survey_faults(asking, {survey_id: survey(question("csat"))}) == []


def test_a_question_that_must_be_seen_or_heard_is_not_asked_by_text():
    matrix = question("matrix", rows=[option("a")], columns=[option("x"), option("y")])
    survey_id = UUID(int=9)
    plan = with_survey_id(texts(("a", "{survey_question}"), ("b", "x"), tiers=(2,)), survey_id)
    (found,) = survey_faults(plan, {survey_id: survey(matrix)})
    assert found.code == "question_not_by_text"
    assert survey_faults(plan, {survey_id: survey(question("nps"))}) == []


def with_survey_id(plan: Plan, survey_id: UUID) -> Plan:
    steps = [one.model_copy(update={"survey_id": survey_id}) for one in plan.steps]
    return plan.model_copy(update={"steps": tuple(steps)})


@pytest.mark.parametrize("made", templates(), ids=lambda one: one.kind.value)
def test_each_template_is_sound_and_says_something_to_everybody(made):
    assert faults(made.plan, made.kind, made.purpose) == []
    for step in made.plan.steps:
        for person in (GOLD, USUAL, replace(GOLD, occasion="birthday")):
            assert said(made.plan, step.way, person)
