"""Sentences of what is due, was done, was said. Pure."""

from collections.abc import Callable
from typing import Any

from callcenter.outbound.audiences.codes import said
from callcenter.outbound.audiences.leaves import of_car, of_past
from callcenter.outbound.audiences.leaves.leaf import Leaf
from callcenter.outbound.audiences.speaker import Speaker


def _due(leaf: of_car.DueWithin, s: Speaker) -> str:
    return s.say(
        f"预计到期日在{_day(leaf.from_days, s)}至{_day(leaf.to_days, s)}之间",
        f"expected to be due between {_day(leaf.from_days, s)} and {_day(leaf.to_days, s)}",
    )


def _day(days: int, s: Speaker) -> str:
    if days == 0:
        return s.say("今天", "today")
    if days > 0:
        return s.say(f" {days} 天后", f"{s.days(days)} from now")
    return s.say(f" {-days} 天前", f"{s.days(-days)} ago")


def _due_passed(leaf: of_car.DuePassed, s: Speaker) -> str:
    name = said("quantile", leaf.quantile, s.language)
    if leaf.days == 0:
        return s.say(f"{name}已到", f"{name} reached")
    return s.say(f"{name}已过 {leaf.days} 天", f"{name} passed {s.days(leaf.days)} ago or more")


def _still_ours(leaf: of_car.StillOurs, s: Speaker) -> str:
    share = f"{leaf.at_least:.0%}"
    return s.say(
        f"仍在本网络保养的可能不低于 {share}", f"still ours with a chance of {share} or more"
    )


def _booking(leaf: of_car.HasBooking, s: Speaker) -> str:
    kinds = s.codes("visit", leaf.wanted) if leaf.wanted else ""
    if leaf.is_there:
        return s.say(f"已有{kinds}预约", f"has a booking{f' for {kinds}' if kinds else ''}")
    return s.say(f"没有{kinds}预约", f"has no booking{f' for {kinds}' if kinds else ''}")


def _which(leaf: of_past.OfVisits, s: Speaker) -> str:
    """Which visits, where not all count."""
    parts = [s.codes("visit", leaf.visit_kinds)] if leaf.visit_kinds else []
    if leaf.station_ids:
        parts.append(s.say("在", "at ") + s.named(leaf.station_ids))
    inside = s.say(",", ", ").join(parts)
    return s.say(f"[{inside}]", f" [{inside}]") if inside else ""


def _never_came(leaf: of_past.NeverCame, s: Speaker) -> str:
    return s.say("从未进站", "never visited") + _which(leaf, s)


def _last_visit(leaf: of_past.LastVisit, s: Speaker) -> str:
    if leaf.when == "within":
        words = s.say(f"最近 {leaf.days} 天内进过站", f"last visit within {s.days(leaf.days)}")
    else:
        words = s.say(
            f"上次进站早于 {leaf.days} 天前", f"last visit more than {s.days(leaf.days)} ago"
        )
    return words + _which(leaf, s)


def _visit_count(leaf: of_past.VisitCount, s: Speaker) -> str:
    often = s.compared(leaf.compared)
    zh = f"最近 {s.months(leaf.months)}进站{often} {leaf.number} 次"
    times = "visit" if leaf.number == 1 else "visits"
    return s.say(zh, f"{often} {leaf.number} {times} in {s.months(leaf.months)}") + _which(leaf, s)


def _visit_amount(leaf: of_past.VisitAmount, s: Speaker) -> str:
    much = s.compared(leaf.compared)
    zh = f"最近 {s.months(leaf.months)}进站消费{much} {leaf.yuan:,} 元"
    return s.say(zh, f"{much} ¥{leaf.yuan:,} paid in {s.months(leaf.months)}") + _which(leaf, s)


def _ticket(leaf: of_past.HadTicket, s: Speaker) -> str:
    kinds = s.codes("ticket", leaf.ticket_kinds) if leaf.ticket_kinds else s.say("", "ticket")
    what = {"opened": ("提出", "opened"), "closed": ("办结", "closed")}[leaf.what]
    zh = f"最近 {leaf.within_days} 天内{s.say(*what)}过{kinds}工单"
    return s.say(zh, f"{kinds} {s.say(*what)} within {s.days(leaf.within_days)}")


def _open_ticket(leaf: of_past.HasOpenTicket, s: Speaker) -> str:
    kinds = s.codes("ticket", leaf.ticket_kinds) if leaf.ticket_kinds else s.say("", "ticket")
    if leaf.is_there:
        return s.say(f"有未结的{kinds}工单", f"has an open {kinds}")
    return s.say(f"没有未结的{kinds}工单", f"has no open {kinds}")


def _rating(leaf: of_past.RatedAtMost, s: Speaker) -> str:
    stars = f"{leaf.at_most} star{'s' if leaf.at_most != 1 else ''}"
    return s.say(
        f"最近 {leaf.within_days} 天内评价不高于 {leaf.at_most} 星",
        f"rated {stars} or less within {s.days(leaf.within_days)}",
    )


def _contacted(leaf: of_past.Contacted, s: Speaker) -> str:
    zh, en = _campaign(leaf.campaign_id, s)
    outcomes = s.codes("outcome", leaf.outcomes) if leaf.outcomes else ""
    came = s.say(f",结果:{outcomes}", f", outcome: {outcomes}") if outcomes else ""
    days = leaf.within_days
    return s.say(f"最近 {days} 天内{zh}联系过", f"contacted{en} within {s.days(days)}") + came


def _not_contacted(leaf: of_past.NotContacted, s: Speaker) -> str:
    zh, en = _campaign(leaf.campaign_id, s)
    days = leaf.within_days
    return s.say(f"最近 {days} 天内{zh}未联系", f"not contacted{en} within {s.days(days)}")


def _promise(leaf: of_past.Promised, s: Speaker) -> str:
    days = leaf.within_days
    zh = {
        "open": f"最近 {days} 天内约定过回电,还没有打",
        "kept": f"最近 {days} 天内约定的回电已打",
        "broken": f"最近 {days} 天内约定的回电没有打成",
    }
    en = {
        "open": f"promised a call within {s.days(days)}, still to be made",
        "kept": f"a promised call kept within {s.days(days)}",
        "broken": f"a promised call broken within {s.days(days)}",
    }
    return s.say(zh[leaf.which], en[leaf.which])


def _campaign(campaign: Any, s: Speaker) -> tuple[str, str]:
    if campaign is None:
        return "", ""
    name = s.named([campaign])
    return f"因活动「{name}」", f" in “{name}”"


SAID: dict[type[Leaf], Callable[[Any, Speaker], str]] = {
    of_car.DueWithin: _due,
    of_car.DuePassed: _due_passed,
    of_car.StillOurs: _still_ours,
    of_car.HasBooking: _booking,
    of_past.NeverCame: _never_came,
    of_past.LastVisit: _last_visit,
    of_past.VisitCount: _visit_count,
    of_past.VisitAmount: _visit_amount,
    of_past.HadTicket: _ticket,
    of_past.HasOpenTicket: _open_ticket,
    of_past.RatedAtMost: _rating,
    of_past.Contacted: _contacted,
    of_past.NotContacted: _not_contacted,
    of_past.Promised: _promise,
}
