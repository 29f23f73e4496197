"""Why a flow or a call in it refuses. The codes are part of the API and are not renamed."""

from collections.abc import Sequence

from callcenter.errors import CallCenterError, FieldError
from callcenter.telephony.flow.faults import Fault


class FlowRefused(CallCenterError):
    """The flow does not fit together; each fault names its step."""

    code = "call_flow_refused"
    status = 422
    message_zh = "流程有 {count} 处问题,未发布。"
    message_en = "The call flow has {count} faults and was not published."

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        fields = [
            FieldError(
                f"#/body/flow/steps/{fault.step}",
                fault.code.value,
                f"{fault.words('zh')} {fault.words('en')}",
            )
            for fault in faults
        ]
        super().__init__(fields=fields, count=len(self.faults))


class FlowVersionNotFound(CallCenterError):
    """No such version was ever published."""

    code = "call_flow_version_not_found"
    status = 404
    message_zh = "没有这个版本的流程。"
    message_en = "There is no such version of the call flow."


class CallNotInFlow(CallCenterError):
    """The carrier speaks of a call that never began here, or is over."""

    code = "call_not_in_flow"
    status = 404
    message_zh = "没有这通进行中的电话。"
    message_en = "There is no such call under way."
