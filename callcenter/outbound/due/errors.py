"""Why nothing is said of a due date. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class DueDateUnknown(CallCenterError):
    """Of this car no service and no delivery is on record, or it is gone."""

    code = "due_date_unknown"
    status = 404
    message_zh = "这辆车没有交车日期和保养记录,或已不在用,推算不出下次保养的日期。"
    message_en = (
        "No delivery and no service of this car is on record, or it is gone: when it is due "
    )
    message_en += "cannot be told."
