"""Why a promised call refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class PromiseOutsideHours(CallCenterError):
    """Nobody may be called at that time: it is said while he is still there to name another."""

    code = "promise_outside_hours"
    status = 422
    message_zh = "那个时间不允许给车主打电话。之后最早可约 {first}(车主当地时间,{zone})。"
    message_en = (
        "Owners may not be called at that time. The next possible time is {first} by the owner's "
        "clock ({zone})."
    )


class PromisedCallNotFound(CallCenterError):
    """There is no such promise."""

    code = "promised_call_not_found"
    status = 404
    message_zh = "没有这个回电承诺。"
    message_en = "There is no such promised call."


class PromiseNotBroken(CallCenterError):
    """Only what was not kept is seen to, and once."""

    code = "promised_call_not_broken"
    message_zh = "这个回电承诺不需要处理:它是“{state}”,或已经有人处理。"
    message_en = "This promised call needs nobody: it is {state}, or somebody has seen to it."


class PromiseStopped(CallCenterError):
    """Nothing of a stopped campaign is said any more, nor promised."""

    code = "promise_stopped"
    message_zh = "这个活动已被叫停,不能再安排回电。请直接给车主打电话,然后写下处理结果。"
    message_en = (
        "This campaign was stopped, so no call can be planned in it. Ring the owner yourself, then "
        "say here what was done."
    )
