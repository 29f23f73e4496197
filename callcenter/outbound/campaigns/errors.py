"""Why a campaign refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class CampaignNotFound(CallCenterError):
    """There is no such campaign."""

    code = "campaign_not_found"
    status = 404
    message_zh = "没有这个活动。"
    message_en = "There is no such campaign."


class CampaignMoveRefused(CallCenterError):
    """Its state does not allow it."""

    code = "campaign_move_refused"
    message_zh = "活动现在的状态是“{state}”,不能这样做。请刷新页面查看。"
    message_en = 'The campaign is "{state}" now: that cannot be done. Reload the page.'


class CampaignNeedsAnother(CallCenterError):
    """Whoever hands it in does not approve it."""

    code = "campaign_needs_another_person"
    message_zh = "提交人不能自己批准。请另一位有批准权限的同事查看。"
    message_en = "Who has handed it in cannot approve it. Ask a colleague who may approve."


class PlanFaulty(CallCenterError):
    """The plan has faults."""

    code = "campaign_plan_faulty"
    status = 422
    message_zh = "计划还有问题:{faults}"
    message_en = "The plan has faults: {faults}"


class AudienceMissing(CallCenterError):
    """A campaign of this kind needs an audience."""

    code = "campaign_needs_audience"
    status = 422
    message_zh = "这类活动需要先选定人群。"
    message_en = "A campaign of this kind needs an audience."


class AudienceEmpty(CallCenterError):
    """Nobody is in it."""

    code = "campaign_audience_empty"
    status = 422
    message_zh = "这个人群现在没有车主,活动不会联系任何人。请检查条件。"
    message_en = "Nobody is in this audience now: the campaign would reach nobody. Check its rule."
