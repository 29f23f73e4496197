"""Why a word of an owner is not taken in."""

from callcenter.errors import CallCenterError


class SaidInFuture(CallCenterError):
    """A word that he has not said yet would win over all that he will say until then."""

    code = "said_in_future"
    status = 422
    message_zh = "表态时间晚于现在。"
    message_en = "The time at which it was said lies in the future."
