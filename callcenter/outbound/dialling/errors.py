"""Why a call to an owner refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class OwnerCallNotFound(CallCenterError):
    """There is no such call to an owner, or it is another agent's."""

    code = "owner_call_not_found"
    status = 404
    message_zh = "没有这通外呼,或它属于其他坐席。"
    message_en = "There is no such call to an owner, or it is another agent's."


class NobodyToCall(CallCenterError):
    """No owner may be called at this moment."""

    code = "nobody_to_call"
    message_zh = "现在没有可以外呼的车主。"
    message_en = "There is nobody to call at this moment."


class OwnerCallOpen(CallCenterError):
    """The agent has an owner before him already."""

    code = "owner_call_open"
    message_zh = "请先完成当前这位车主的外呼。"
    message_en = "Finish with the owner before you first."


class OwnerCallMoveRefused(CallCenterError):
    """The call to the owner is not at that point."""

    code = "owner_call_move_refused"
    message_zh = "这通外呼现在是“{state}”。"
    message_en = "This call to an owner is {state} now."


class CallStillOn(CallCenterError):
    """What came of a call is said when it is over."""

    code = "owner_call_still_on"
    message_zh = "通话还没有结束。"
    message_en = "The call is still going on."


class PromiseNeedsTime(CallCenterError):
    """A promised call-back has a time, in the future; anything else has none."""

    code = "promise_needs_time"
    status = 422
    message_zh = "承诺回电需要一个将来的时间,其他结果不需要。"
    message_en = "A promised call-back needs a time in the future, other outcomes have none."


class NoAgentCalls(CallCenterError):
    """No step of the campaign is an agent's call."""

    code = "campaign_without_agent_calls"
    status = 404
    message_zh = "这个活动没有人工外呼步骤,没有拨号设置。"
    message_en = "No step of this campaign is an agent's call: there is no dialling to set."


class AbandonedTooMany(CallCenterError):
    """The budget for calls that find no agent is above what the campaign's policy pack allows."""

    code = "abandon_budget_over_ceiling"
    status = 422
    message_zh = "接通后没有坐席的比例不能超过规则包“{policy}”的上限 {most} %。"
    message_en = 'At most {most} % of answered calls may find no agent: policy pack "{policy}".'


class NothingToAsk(CallCenterError):
    """The campaign asks nothing in this call."""

    code = "nothing_to_ask"
    message_zh = "这通外呼没有问卷。"
    message_en = "There is no survey in this call."
