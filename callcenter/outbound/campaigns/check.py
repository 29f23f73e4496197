"""What is wrong with a plan before anybody is asked to approve it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.model import NEVER_HELD_OUT, CampaignKind
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Repeat
from callcenter.outbound.campaigns.survey_words import Surveys, is_textable
from callcenter.outbound.campaigns.words import (
    OF_SURVEY,
    Person,
    is_one_text,
    missing_words,
    share_of_same,
    unknown_places,
    wanted,
)
from callcenter.outbound.model import Way

SAME_AT_MOST = 0.05
"""Of a sample: more than this share with the same words (names aside) is one text for all."""


@dataclass(frozen=True)
class Fault:
    """One fault: its code, where ("steps.0.survey_id", "variants.gold"), and what is meant."""

    code: str
    where: str
    words_zh: str
    words_en: str


def faults(plan: Plan, kind: CampaignKind, purpose: Purpose) -> list[Fault]:
    """All that can be seen without owners."""
    return [*_words_faults(plan), *_variant_faults(plan), *_hold_out_faults(plan, kind, purpose)]


def survey_faults(plan: Plan, surveys: Surveys) -> list[Fault]:
    """Steps whose words speak of a survey that they do not have, or whose survey takes no answers.
    `surveys`: those of the plan that do."""
    return [
        fault
        for number, step in enumerate(plan.steps)
        if (fault := _survey_fault(plan, number, step, surveys)) is not None
    ]


def _survey_fault(plan: Plan, number: int, step: PlanStep, surveys: Surveys) -> Fault | None:
    said = [one.words[step.way] for one in plan.variants if step.way in one.words]
    facts = frozenset[str]().union(*(wanted(one) for one in said)) & OF_SURVEY
    where, n = f"steps.{number}.survey_id", number + 1
    if step.survey_id is None:
        if not facts:
            return None
        zh = f"第 {n} 步的话里提到问卷,但没有选问卷。请选一份。"
        en = f"The words of step {n} speak of a survey, but it has none. Choose one."
        return Fault("survey_missing", where, zh, en)
    survey = surveys.get(step.survey_id)
    if survey is None:
        zh = f"第 {n} 步的问卷不存在或没有开放。请开放它,或另选一份。"
        en = f"The survey of step {n} is not there or not open. Open it, or choose another."
        return Fault("survey_not_open", where, zh, en)
    if "survey_question" in facts and not (step.way is Way.TEXT and is_textable(survey, {})):
        zh = f"第 {n} 步不能用 {{survey_question}}:只有短信能问,且第一题须能用文字回答。"
        en = (
            f"Step {n} cannot ask {{survey_question}}: only a text can, and the first question "
            "must be one that words can answer."
        )
        return Fault("question_not_by_text", where, zh, en)
    return None


def faults_with(plan: Plan, people: Sequence[Person]) -> list[Fault]:
    """What real people show: one text for all, and owners for whom no variant has words."""
    ways = list(dict.fromkeys(step.way for step in plan.steps))
    found = []
    for way in ways:
        share = share_of_same(plan, way, people)
        if share > SAME_AT_MOST:
            percent = f"{share:.0%}"
            found.append(
                Fault(
                    "same_words_for_all",
                    f"ways.{way}",
                    f"抽样车主中 {percent} 听到的话(除姓名外)相同。请按等级、车型、地区或场合"
                    "分版本,并写入车主自己的事实,如 {plate}、{last_visit}。",
                    f"Of the owners in the sample {percent} would be told the same (names aside). "
                    "Make variants by tier, model, region or occasion, and put their own facts in: "
                    "{plate}, {last_visit}.",
                )
            )
    for way, count in missing_words(plan, people, ways).items():
        found.append(
            Fault(
                "no_words_for_some",
                f"ways.{way}",
                f"抽样 {len(people)} 位车主中有 {count} 位没有合适的版本。请加一个不限条件的版本,"
                "或用 {plate|您的爱车} 的写法补上缺少的事实。",
                f"For {count} of {len(people)} owners in the sample no variant has words. Add one "
                "without conditions, or say what stands for a missing fact: {plate|your car}.",
            )
        )
    return found


def _words_faults(plan: Plan) -> list[Fault]:
    found = []
    for variant in plan.variants:
        for way, said in variant.words.items():
            found += [
                Fault(
                    "unknown_fact",
                    f"variants.{variant.code}.{way}",
                    f"{place} 不是已知的事实。",
                    f"{place} is no known fact.",
                )
                for place in unknown_places(said)
            ]
    needed = {step.way for step in plan.steps}
    said_somewhere = {way for variant in plan.variants for way in variant.words}
    for way in sorted(needed - said_somewhere):
        found.append(
            Fault(
                "no_words_for_way",
                f"ways.{way}",
                f"有步骤用“{_WAYS_ZH[way]}”,但没有一个版本写了它的话。",
                f"A step goes by {way.replace('_', ' ')}, but no variant has words for it.",
            )
        )
    codes = [variant.code for variant in plan.variants]
    for twice in sorted({code for code in codes if codes.count(code) > 1}):
        zh, en = f"版本 {twice} 出现两次。", f"The variant {twice} is there twice."
        found.append(Fault("variant_twice", f"variants.{twice}", zh, en))
    return found


def _variant_faults(plan: Plan) -> list[Fault]:
    """Care differs by who he is: one text for all is no campaign of ours, whether there is
    anybody to try it on or not."""
    found = []
    if all(variant.fits_everybody for variant in plan.variants):
        zh = "所有版本都不分对象。请至少按等级、车型、地区或场合之一分出版本。"
        en = "No variant is for anybody in particular. Make one by tier, model, region or occasion."
        found.append(Fault("one_text_for_all", "variants", zh, en))
    for way in dict.fromkeys(step.way for step in plan.steps):
        same = [chinese for chinese in (True, False) if is_one_text(plan, way, chinese=chinese)]
        if same:
            found.append(_one_text(way, same))
    return found


def _one_text(way: Way, same: Sequence[bool]) -> Fault:
    """`same`: in Chinese, in English, or both."""
    said_zh = "和".join("中文" if chinese else "英文" for chinese in same)
    said_en = " and ".join("Chinese" if chinese else "English" for chinese in same)
    zh = (
        f"{_WAYS_ZH[way]}各版本的{said_zh}话(除姓名、链接和热线外)相同。请为不同车主写不同的话,"
        "或写入车主自己的事实,如 {plate}、{last_visit}。"
    )
    en = (
        f"By {way.replace('_', ' ')} all variants say the same in {said_en} (name, links and "
        "hotline aside). Write other words for other owners, or put their own facts in: {plate}, "
        "{last_visit}."
    )
    return Fault("one_text_for_all", f"ways.{way}", zh, en)


def _hold_out_faults(plan: Plan, kind: CampaignKind, purpose: Purpose) -> list[Fault]:
    never = kind in NEVER_HELD_OUT or purpose is Purpose.SAFETY or plan.repeat is Repeat.BY_FACT
    if plan.hold_out_percent and never:
        zh = "安全召回和对投诉、救援的回访不设对照组:请把对照组设为 0。"
        en = "Nobody is held out of a recall or of what follows a complaint or rescue: set it to 0."
        return [Fault("hold_out_not_allowed", "hold_out_percent", zh, en)]
    return []


_WAYS_ZH = {
    Way.AGENT_CALL: "人工外呼",
    Way.AUTOMATED_CALL: "自动外呼",
    Way.TEXT: "短信",
    Way.EMAIL: "邮件",
}
