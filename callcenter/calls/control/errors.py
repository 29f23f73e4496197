"""Why a call cannot be driven so. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class NotYourCall(CallCenterError):
    """Only who talks in a call drives it; a supervisor listens in others'."""

    code = "not_your_call"
    status = 403
    message_zh = "这通电话不在您手上。"
    message_en = "You are not in this call."


class CallNotOnSwitch(CallCenterError):
    """Its voice is carried by others, or by nobody."""

    code = "call_not_on_switch"
    message_zh = "这通电话不经过本系统的交换机,请在话机上操作。"
    message_en = "This call does not run over our switch: use the telephone itself."


class CalleeMissing(CallCenterError):
    """Consulting and transferring need somebody; a group is for transfers only."""

    code = "callee_missing"
    status = 422
    message_zh = "请选择要找的人;技能组只能用于转接。"
    message_en = "Choose whom to reach; a group is for transfers only."


class CalleeUnreachable(CallCenterError):
    """No number is known there."""

    code = "callee_unreachable"
    message_zh = "对方没有可拨打的号码。"
    message_en = "There is no number to reach them by."


class OrderNotFound(CallCenterError):
    """There is no such order for this call."""

    code = "order_not_found"
    status = 404
    message_zh = "没有这项操作。"
    message_en = "There is no such order."
