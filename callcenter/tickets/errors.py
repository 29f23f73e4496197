"""Why a ticket refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class TicketNotFound(CallCenterError):
    """There is no such ticket."""

    code = "ticket_not_found"
    status = 404
    message_zh = "没有这张工单。请核对工单号。"
    message_en = "There is no such ticket. Check the number."


class MoveRefused(CallCenterError):
    """The life line has no such step."""

    code = "ticket_move_refused"
    message_zh = "工单 {number} 现在是“{stage}”,不能变为“{to}”。请刷新后再看。"
    message_en = "Ticket {number} is {stage} now and cannot become {to}. Reload and look again."


class TicketChanged(CallCenterError):
    """Somebody else was quicker."""

    code = "ticket_changed"
    message_zh = "工单刚被别人改动。请刷新后再试。"
    message_en = "Somebody has just changed the ticket. Reload and try again."


class UnderDispatch(CallCenterError):
    """A station is asked or on its way: the dispatch must be ended first."""

    code = "ticket_under_dispatch"
    message_zh = "救援正在派单或途中。请在救援里取消,以便同时通知服务站。"
    message_en = "A rescue is under way. Cancel it in the rescue, so that the station is told."


class NotARescue(CallCenterError):
    """Only a rescue has a place to be confirmed and a dispatch."""

    code = "ticket_not_a_rescue"
    message_zh = "这张工单不是救援。"
    message_en = "This ticket is not a rescue."


class PlaceNotFound(CallCenterError):
    """The place does not belong to this ticket."""

    code = "place_not_found"
    status = 404
    message_zh = "这张工单没有这个位置。"
    message_en = "This ticket has no such place."


class PlaceRefused(CallCenterError):
    """Coordinates that cannot be a car in this country."""

    code = "place_refused"
    status = 422
    message_zh = "这个位置不能用:{why_zh}"
    message_en = "This position cannot be used: {why_en}"


class DirectionUnreadable(CallCenterError):
    """No direction in the words."""

    code = "direction_unreadable"
    status = 422
    message_zh = "没有听出方向。请填写路的一端,例如“往大连方向”,或“上行”“下行”。"
    message_en = (
        'No direction in this. Give an end of the road, such as "towards Dalian", up or down.'
    )


class PlaceNeedsReason(CallCenterError):
    """A doubtful place is confirmed only by judgement, with a reason."""

    code = "place_needs_reason"
    status = 422
    message_zh = "这个位置还有疑问({doubts})。请问清楚,或写明您确认的理由。"
    message_en = "There are doubts about this place ({doubts}). Ask, or give your reason."


class TicketEnded(CallCenterError):
    """The ticket has ended: it takes no new place."""

    code = "ticket_ended"
    message_zh = "工单 {number} 已结束。需要时请重新打开。"
    message_en = "Ticket {number} has ended. Reopen it when needed."


class LinkGone(CallCenterError):
    """The location link is unknown, used up or too old: one answer for all three."""

    code = "location_link_gone"
    status = 404
    message_zh = "这个链接已失效。请回拨热线,我们再发一条。"
    message_en = "This link is no longer valid. Call the hotline and we will send a new one."


class TooManySubmissions(CallCenterError):
    """The link has taken as many answers as it may."""

    code = "location_link_used_up"
    status = 429
    message_zh = "这个链接已提交多次。位置已收到;如有变化请致电热线。"
    message_en = "This link was used several times. We have your position; call us if it changes."


class AssigneeUnknown(CallCenterError):
    """The person to work on it is not on the staff."""

    code = "assignee_unknown"
    status = 422
    message_zh = "没有这位同事,或已停用。"
    message_en = "There is no such colleague, or the account is no longer active."


class OwnerUnknown(CallCenterError):
    """The owner or the car named does not exist."""

    code = "owner_or_vehicle_unknown"
    status = 422
    message_zh = "没有这位车主或这辆车的记录。"
    message_en = "There is no record of this owner or car."


class ParticularsRefused(CallCenterError):
    """The kind's own fields do not fit."""

    code = "particulars_refused"
    status = 422
    message_zh = "工单的专有字段不对,见 errors。"
    message_en = "The fields of this kind of ticket do not fit; see errors."


class MergedAway(CallCenterError):
    """It goes on in another ticket."""

    code = "ticket_merged"
    message_zh = (
        "工单 {number} 已与 {survivor} 合并处理。请在 {survivor} 里处理;不是同一次时请撤销合并。"
    )
    message_en = (
        "Ticket {number} is handled with {survivor}. Go on there; if they are not the same, "
        "undo the merge."
    )


class HandledTogether(CallCenterError):
    """A caller whose rescue was merged cannot cancel it by himself: others wait for it, too."""

    code = "ticket_handled_together"
    message_zh = "您的工单 {number} 已与 {other} 一并处理,还有别人在等救援。要取消请致电热线。"
    message_en = (
        "Your {number} is handled with {other}, and somebody else waits for it, too. To cancel, "
        "call the hotline."
    )


class NotMerged(CallCenterError):
    """There is no merge to undo."""

    code = "ticket_not_merged"
    message_zh = "工单 {number} 没有与别的工单合并。请刷新后再看。"
    message_en = "Ticket {number} is not merged with another. Reload and look again."


class SameTicket(CallCenterError):
    """One ticket was named twice."""

    code = "ticket_named_twice"
    status = 422
    message_zh = "两个工单号相同。请选择另一张工单。"
    message_en = "This is one and the same ticket. Choose the other one."


class NothingWritten(CallCenterError):
    """An empty message."""

    code = "message_empty"
    status = 422
    message_zh = "请先填写。"
    message_en = "Write something first."


class NothingToRate(CallCenterError):
    """Help has not come yet, or was cancelled."""

    code = "ticket_not_rateable"
    message_zh = "救援完成后才能评价。"
    message_en = "A rescue can be rated once help has come."


class RatedAlready(CallCenterError):
    """One judgement for each ticket."""

    code = "ticket_rated_already"
    message_zh = "您已经评价过了,谢谢。"
    message_en = "You have rated it already. Thank you."
