"""Why a phone cannot be had. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class NoSuchDeskPhone(CallCenterError):
    """The settings name no desk phone like that, or it is somebody else's."""

    code = "no_such_desk_phone"
    status = 422
    message_zh = "没有这部话机,或已分配给他人。"
    message_en = "There is no such desk phone, or it is somebody else's."


class SwitchAway(CallCenterError):
    """No switch answers."""

    code = "switch_away"
    message_zh = "电话交换机没有响应,请稍后再试。"
    message_en = "The telephone switch does not answer. Try again in a moment."
