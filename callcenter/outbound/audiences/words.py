"""Each condition as a sentence in Chinese and English, with the fact behind it. Pure."""

from collections.abc import Callable
from typing import Any

from callcenter.outbound.audiences import words_of_past as past
from callcenter.outbound.audiences.codes import said
from callcenter.outbound.audiences.leaves import of_car, of_owner, of_past
from callcenter.outbound.audiences.leaves.leaf import Leaf
from callcenter.outbound.audiences.speaker import Names, Speaker


def words(leaf: Leaf, language: str, names: Names | None = None) -> str:
    """The condition as a person reads it."""
    return SAID[type(leaf)](leaf, Speaker(language, names))


def fact_words(leaf: Leaf, fact: Any, language: str) -> str:
    """The fact behind it as a person reads it; empty where there is none but that it is so."""
    if fact is None or fact is True:
        return ""
    s = Speaker(language)
    if isinstance(leaf, of_owner.BirthdaySoon):
        day = f"{abs(fact) // 100:02}-{abs(fact) % 100:02}"
        return s.say("农历 ", "lunar ") + day if fact < 0 else day
    if type(leaf) in TABLES:
        return said(TABLES[type(leaf)], fact, language)
    if isinstance(leaf, of_past.VisitAmount):
        return f"¥{fact:,.2f}"
    if isinstance(leaf, of_car.StillOurs):
        return f"{fact:.0%}"
    return str(fact)


def because(leaf: Leaf, fact: Any, language: str, names: Names | None = None) -> str:
    """The condition with its fact: why somebody is in an audience."""
    known = fact_words(leaf, fact, language)
    said_so = words(leaf, language, names)
    if not known:
        return said_so
    return f"{said_so} ({known})" if language == "en" else f"{said_so}({known})"


TABLES: dict[type[Leaf], str] = {
    of_owner.TierIs: "tier",
    of_owner.ProvinceIs: "province",
    of_owner.LanguageIs: "language",
    of_car.EnergyIs: "energy",
}


def _tier(leaf: of_owner.TierIs, s: Speaker) -> str:
    return s.say("等级:", "tier: ") + s.codes("tier", leaf.any_of)


def _province(leaf: of_owner.ProvinceIs, s: Speaker) -> str:
    return s.say("省份:", "province: ") + s.codes("province", leaf.any_of)


def _city(leaf: of_owner.CityIs, s: Speaker) -> str:
    return s.say("城市:", "city: ") + s.one_of(leaf.any_of)


def _language(leaf: of_owner.LanguageIs, s: Speaker) -> str:
    return s.say("语言:", "language: ") + s.codes("language", [leaf.language])


def _birthday(leaf: of_owner.BirthdaySoon, s: Speaker) -> str:
    return s.say("生日", "birthday ") + s.soon(leaf.within_days)


def _wedding_day(leaf: of_owner.WeddingDaySoon, s: Speaker) -> str:
    return s.say("结婚纪念日", "wedding anniversary ") + s.soon(leaf.within_days)


def _email(leaf: of_owner.HasEmail, s: Speaker) -> str:
    there, none = ("有电子邮箱", "has an e-mail address"), ("没有电子邮箱", "has no e-mail address")
    return s.say(*(there if leaf.is_known else none))


def _profiling(leaf: of_owner.ProfilingRefused, s: Speaker) -> str:
    refused = ("已拒绝个性化推荐", "has refused to be profiled")
    fine = ("未拒绝个性化推荐", "has not refused to be profiled")
    return s.say(*(refused if leaf.is_refused else fine))


def _audience(leaf: of_owner.InAudience, s: Speaker) -> str:
    name = s.named([leaf.audience_id])
    if leaf.is_in:
        return s.say(f"在人群「{name}」中", f"in the audience “{name}”")
    return s.say(f"不在人群「{name}」中", f"not in the audience “{name}”")


def _share(leaf: of_owner.DrawnShare, s: Speaker) -> str:
    return s.say(
        f"随机抽取 {leaf.percent:g}%({leaf.salt})", f"{leaf.percent:g} % by lot ({leaf.salt})"
    )


def _model(leaf: of_car.ModelIs, s: Speaker) -> str:
    return s.say("车型:", "model: ") + s.one_of(leaf.any_of)


def _energy(leaf: of_car.EnergyIs, s: Speaker) -> str:
    return s.say("能源:", "energy: ") + s.codes("energy", leaf.any_of)


def _plate(leaf: of_car.PlateOf, s: Speaker) -> str:
    return s.say("车牌归属:", "plate of: ") + s.one_of(leaf.any_of)


def _car_age(leaf: of_car.CarAge, s: Speaker) -> str:
    low, high = leaf.at_least_months, leaf.at_most_months
    parts = [] if low is None else [s.say("至少 ", "at least ") + s.months(low)]
    parts += [] if high is None else [s.say("至多 ", "at most ") + s.months(high)]
    return s.say("交车", "delivered ") + s.say(",", ", ").join(parts) + s.say("", " ago")


def _delivery_day(leaf: of_car.DeliveryDaySoon, s: Speaker) -> str:
    return s.say("交车周年", "delivery anniversary ") + s.soon(leaf.within_days)


SAID: dict[type[Leaf], Callable[[Any, Speaker], str]] = {
    of_owner.TierIs: _tier,
    of_owner.ProvinceIs: _province,
    of_owner.CityIs: _city,
    of_owner.LanguageIs: _language,
    of_owner.BirthdaySoon: _birthday,
    of_owner.WeddingDaySoon: _wedding_day,
    of_owner.HasEmail: _email,
    of_owner.ProfilingRefused: _profiling,
    of_owner.InAudience: _audience,
    of_owner.DrawnShare: _share,
    of_car.ModelIs: _model,
    of_car.EnergyIs: _energy,
    of_car.PlateOf: _plate,
    of_car.CarAge: _car_age,
    of_car.DeliveryDaySoon: _delivery_day,
    **past.SAID,
}
