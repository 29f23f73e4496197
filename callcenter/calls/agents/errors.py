"""Why a seat refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class SeatMissing(CallCenterError):
    """The colleague has no seat at the hotline."""

    code = "seat_missing"
    status = 404
    message_zh = "您还没有上线。请先点“上线接听”。"
    message_en = "You are not at the hotline. Press “Take calls” first."


class SeatNotReady(CallCenterError):
    """Nobody is rung who is not ready."""

    code = "seat_not_ready"
    message_zh = "该坐席现在不能接听。"
    message_en = "This agent cannot be rung now."


class SeatInContact(CallCenterError):
    """A call is ringing at this seat."""

    code = "seat_in_contact"
    message_zh = "电话正在振铃。请先接听或转给他人。"
    message_en = "A call is ringing. Take it or pass it on first."


class SeatMoveRefused(CallCenterError):
    """The contact is not at that point."""

    code = "seat_move_refused"
    message_zh = "现在不能这样做:坐席状态是“{contact}”。"
    message_en = "That cannot be done now: the contact is {contact}."


class AwayWithoutReason(CallCenterError):
    """A reason belongs to being away, and to nothing else."""

    code = "away_without_reason"
    status = 422
    message_zh = "离开时请选择原因;其他状态不带原因。"
    message_en = "Being away needs a reason; nothing else has one."


class NoCallsForRole(CallCenterError):
    """The role takes no calls."""

    code = "no_calls_for_role"
    status = 403
    message_zh = "您的角色不接听热线。"
    message_en = "Your role takes no calls."
