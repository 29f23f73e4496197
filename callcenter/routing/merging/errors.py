"""Why two rescues are not made one. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class MergeOtherWayRound(CallCenterError):
    """The one to be merged is further than the one that would go on."""

    code = "merge_other_way_round"
    message_zh = (
        "{survivor} 已有人去救援或已有位置,应由它继续。请反过来:把 {merged} 并入 {survivor}。"
    )
    message_en = (
        "{survivor} has help on its way or a confirmed place, so it must go on. Do it the other "
        "way round: merge {merged} into {survivor}."
    )


class TruckToBeNamed(CallCenterError):
    """A truck would be turned back that the person has not named, or there is none any more."""

    code = "merge_truck_to_be_named"
    message_zh = "{number} 的派遣刚有变化,或已有救援车前往。请刷新,并指明由哪一家继续、哪一辆返回。"
    message_en = (
        "A truck serves {number}, or no longer does. Reload, and say which station goes on and "
        "which truck returns."
    )


class NothingGoesOn(CallCenterError):
    """One of the two has ended: nobody would come."""

    code = "merge_ended"
    message_zh = "工单 {number} 已结束或已合并,不能合并。需要时请先重新打开。"
    message_en = "Ticket {number} has ended or was merged. Reopen it first when needed."


class DrillAndReal(CallCenterError):
    """A drill is never merged with a real rescue."""

    code = "merge_drill"
    status = 422
    message_zh = "演练工单不能与真实救援合并。"
    message_en = "A drill cannot be merged with a real rescue."


class MergeTooOld(CallCenterError):
    """The merge can no longer be undone."""

    code = "merge_too_old"
    message_zh = "合并已超过一天且救援已结束,或刚有变化,不能撤销。请为 {number} 的来电人新开工单。"
    message_en = (
        "This merge is over a day old and the rescue has ended, or it has just changed. Open a "
        "new ticket for the caller of {number}."
    )
