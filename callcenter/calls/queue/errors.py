"""Why the queue refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class GroupUnknown(CallCenterError):
    """There is no such group of agents."""

    code = "group_unknown"
    status = 422
    message_zh = "没有“{group}”这个坐席组。"
    message_en = "There is no group called {group}."


class PlaceNotFound(CallCenterError):
    """There is no such place in the queue."""

    code = "place_in_queue_not_found"
    status = 404
    message_zh = "排队中没有这一位。"
    message_en = "There is no such place in the queue."


class PlaceNotYours(CallCenterError):
    """It rings at somebody else, or no more."""

    code = "place_not_yours"
    message_zh = "这通电话已不在您这里振铃。"
    message_en = "This call is not ringing at your seat any more."


class CallBackNeedsNumber(CallCenterError):
    """Nobody can be called back whose number is not known."""

    code = "call_back_needs_number"
    status = 422
    message_zh = "来电没有号码,无法回拨。"
    message_en = "The call has no number that could be called back."


class GroupNotFound(CallCenterError):
    """There is no such group of agents."""

    code = "group_not_found"
    status = 404
    message_zh = "没有这个坐席组。"
    message_en = "There is no such group."


class OverflowIncomplete(CallCenterError):
    """A place to go on without a time, or a time without a place."""

    code = "overflow_incomplete"
    status = 422
    message_zh = "“{to}”与“{after}”要同时填写,或同时留空。"
    message_en = "Give {to} and {after} together, or neither."
