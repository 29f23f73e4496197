"""Why a call refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class CallNotFound(CallCenterError):
    """There is no such call."""

    code = "call_not_found"
    status = 404
    message_zh = "没有这通电话。"
    message_en = "There is no such call."


class CallMoveRefused(CallCenterError):
    """The call is not at that point any more."""

    code = "call_move_refused"
    message_zh = "这通电话现在是“{state}”。请刷新后再看。"
    message_en = "The call is {state} now. Reload and look again."


class CallHasTicket(CallCenterError):
    """The call already belongs to a ticket."""

    code = "call_has_ticket"
    message_zh = "这通电话已有工单。"
    message_en = "The call already has a ticket."
