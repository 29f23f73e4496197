"""Why a handover is refused. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class HandoverNotFound(CallCenterError):
    """There is no such handover."""

    code = "handover_not_found"
    status = 404
    message_zh = "没有这条交接。"
    message_en = "There is no such handover."


class HandoverToOneself(CallCenterError):
    """Nothing would change hands."""

    code = "handover_to_oneself"
    status = 422
    message_zh = "不能交接给自己。请选择另一位同事。"
    message_en = "This would be handed to the one who has it. Choose another colleague."


class ReceiverCannotTake(CallCenterError):
    """The role of the receiver has no alarms."""

    code = "handover_alarms_refused"
    status = 422
    message_zh = "{name} 的角色不能处理告警。请把告警交给坐席或班长。"
    message_en = "The role of {name} cannot take alarms. Hand them to an agent or a supervisor."


class NotTheReceiver(CallCenterError):
    """Only whoever received it can say that it was seen."""

    code = "handover_not_yours"
    status = 403
    message_zh = "这条交接是给 {name} 的,由本人确认已阅。"
    message_en = "This was handed to {name}, who must say that it was seen."
