"""Why outbound refuses what no folder of it owns. The codes are part of the API and are not
renamed."""

from callcenter.errors import CallCenterError


class UnsubscribeLinkGone(CallCenterError):
    """The link was not made here, or its message is not kept any more."""

    code = "unsubscribe_link_gone"
    status = 410
    message_zh = "这个退订链接已失效。要停收邮件,请拨打热线。"
    message_en = "This link does not work any more. Please call the hotline to get no more e-mails."
