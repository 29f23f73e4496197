"""Why an audience is refused. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class AudienceNotFound(CallCenterError):
    """There is no such audience."""

    code = "audience_not_found"
    status = 404
    message_zh = "没有这个人群。"
    message_en = "There is no such audience."


class AudienceTooDeep(CallCenterError):
    """Its groups lie too deep within each other."""

    code = "audience_too_deep"
    status = 422
    message_zh = "条件组最多嵌套 {most} 层,现在有 {found} 层。"
    message_en = "Groups may lie {most} deep within each other; these are {found} deep."


class AudienceTooLarge(CallCenterError):
    """It asks too much, the audiences that it names counted."""

    code = "audience_too_large"
    status = 422
    message_zh = "最多 {most} 个条件(含引用的人群),现在有 {found} 个。"
    message_en = "At most {most} conditions, with those of audiences named; these are {found}."


class NamedAudienceMissing(CallCenterError):
    """A condition names an audience that is not there."""

    code = "named_audience_missing"
    status = 422
    message_zh = "条件中引用的人群不存在。"
    message_en = "A condition names an audience that does not exist."


class AudienceInCircle(CallCenterError):
    """It would be asked whether somebody is in it to know whether he is in it."""

    code = "audience_in_circle"
    status = 422
    message_zh = "人群不能直接或间接引用自己。"
    message_en = "An audience cannot name itself, not by way of others either."


class AudienceInUse(CallCenterError):
    """A campaign or another audience goes by it."""

    code = "audience_in_use"
    message_zh = "有活动或其他人群在使用这个人群,不能删除。"
    message_en = "A campaign or another audience uses this audience; it cannot be deleted."


class AudienceOfCampaign(CallCenterError):
    """Campaigns that are handed in or approved go by its rule."""

    code = "audience_of_campaign"
    message_zh = (
        "活动“{campaigns}”已提交或正在进行,按这个人群(或引用它的人群)执行,不能改条件。"
        "请另存为新人群,再建新活动;或先停止活动。"
    )
    message_en = (
        'The campaign "{campaigns}" is handed in or running and goes by this audience, or by one '
        "that names it: its rule stays. Make a new audience for a new campaign, or stop that one."
    )


class OwnerNotReadIn(CallCenterError):
    """The owner is so new that no audience knows him yet."""

    code = "owner_not_read_in"
    message_zh = "这位车主刚刚登记,人群数据还没有读入。请几秒后再试。"
    message_en = "This owner is new and not in the audiences' data yet. Try again in some seconds."
