"""Why results refuse. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class QuestionUnknown(CallCenterError):
    """No edition of this survey asks it."""

    code = "survey_question_unknown"
    status = 404
    message_zh = "问卷里没有题目“{question}”。"
    message_en = 'The survey has no question "{question}".'
