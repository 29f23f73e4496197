"""Why surveys and their responses refuse. The codes are part of the API and are not renamed."""

from collections.abc import Sequence

from callcenter.errors import CallCenterError, FieldError
from callcenter.outbound.surveys.faults import Fault


class SurveyRefused(CallCenterError):
    """The survey does not fit together; each fault says where."""

    code = "survey_refused"
    status = 422
    message_zh = "问卷有 {count} 处问题,未发布。"
    message_en = "The survey has {count} faults and was not published."

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        fields = [
            FieldError(
                f"#/body/survey/{fault.at}",
                fault.code.value,
                f"{fault.words('zh')} {fault.words('en')}",
            )
            for fault in faults
        ]
        super().__init__(fields=fields, count=len(self.faults))


class SurveyNotFound(CallCenterError):
    """There is no such survey or edition."""

    code = "survey_not_found"
    status = 404
    message_zh = "没有这份问卷。"
    message_en = "There is no such survey."


class SurveyUnpublished(CallCenterError):
    """It has no edition that could be answered."""

    code = "survey_unpublished"
    message_zh = "问卷还没有发布过,不能开放。"
    message_en = "The survey was never published and cannot be opened."


class SurveyNotOpen(CallCenterError):
    """It takes no answers now."""

    code = "survey_not_open"
    message_zh = "这份问卷现在不收集答案。"
    message_en = "This survey takes no answers now."


class QuotaBelowFilled(CallCenterError):
    """More places are taken than the new target leaves."""

    code = "survey_quota_below_filled"
    message_zh = "配额“{quota}”已占用 {filled} 个,目标不能更小。"
    message_en = 'Quota "{quota}" has {filled} places taken; its target cannot be smaller.'


class ResponseNotFound(CallCenterError):
    """There is no such response."""

    code = "survey_response_not_found"
    status = 404
    message_zh = "没有这份答卷。"
    message_en = "There is no such response."


class SurveyLinkGone(CallCenterError):
    """The link was not made here, or its survey was never published."""

    code = "survey_link_gone"
    status = 404
    message_zh = "这个问卷链接无效。"
    message_en = "This survey link is not valid."


class ResponseOver(CallCenterError):
    """It takes no more answers: complete, ended otherwise, or its time is over."""

    code = "survey_response_over"
    message_zh = "这份答卷已经结束。"
    message_en = "This response is over."


class QuestionNotAsked(CallCenterError):
    """It is not on the way that the answers so far lead."""

    code = "survey_question_not_asked"
    message_zh = "这一题现在不需要回答。"
    message_en = "This question is not asked now."


class AnswerRefused(CallCenterError):
    """The answer does not fit the question."""

    code = "survey_answer_refused"
    status = 422
    message_zh = "答案未收下:{why_zh}"
    message_en = "The answer was not taken. {why_en}"
