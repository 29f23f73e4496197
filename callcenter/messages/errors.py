"""Why a message is refused. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class MessageNotFound(CallCenterError):
    """There is no such message about this ticket."""

    code = "message_not_found"
    status = 404
    message_zh = "这张工单没有这条信息。"
    message_en = "There is no such message about this ticket."


class MessageUnderWay(CallCenterError):
    """It has not been sent yet: once more would be twice."""

    code = "message_under_way"
    message_zh = "这条信息还在发送,请稍等。"
    message_en = "The message is being sent. Wait a moment."


class ReceiptUnsigned(CallCenterError):
    """The signature is missing, too old, or is not the provider's."""

    code = "receipt_unsigned"
    status = 403
    message_zh = "回执没有短信服务商的有效签名。"
    message_en = "The receipt is not signed by the provider, or not just now."


class TextNotFound(CallCenterError):
    """Nobody has written this, or it was understood."""

    code = "inbound_text_not_found"
    status = 404
    message_zh = "没有这条待处理的来信。"
    message_en = "There is no such text that waits for somebody."


class TextSeenTo(CallCenterError):
    """Somebody has dealt with it."""

    code = "inbound_text_seen_to"
    message_zh = "这条来信已有同事处理。"
    message_en = "A colleague has dealt with this text."
