"""Why a station refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class StationNotFound(CallCenterError):
    """There is no such station."""

    code = "station_not_found"
    status = 404
    message_zh = "没有这家服务站。"
    message_en = "There is no such station."


class TruckNotFound(CallCenterError):
    """There is no such truck."""

    code = "truck_not_found"
    status = 404
    message_zh = "没有这辆救援车。"
    message_en = "There is no such truck."


class StationCodeTaken(CallCenterError):
    """Another station has this code."""

    code = "station_code_taken"
    message_zh = "服务站编号 {station_code} 已被使用。"
    message_en = "The station code {station_code} is taken."


class RosterBackwards(CallCenterError):
    """A duty ends before it begins."""

    code = "roster_backwards"
    status = 422
    message_zh = "值班结束时间必须晚于开始时间。"
    message_en = "A duty must end after it begins."


class RosterOver(CallCenterError):
    """A duty that has ended already would decide nothing."""

    code = "roster_over"
    status = 422
    message_zh = "这段值班时间已经过去。请核对日期和时区。"
    message_en = "This duty has already ended. Check the date and the time zone."


class RosterEntryNotFound(CallCenterError):
    """The station's roster has no such entry."""

    code = "roster_entry_not_found"
    status = 404
    message_zh = "这家服务站没有这条值班记录。"
    message_en = "The roster of this station has no such entry."


class SuspensionOver(CallCenterError):
    """A suspension that has ended already would suspend nothing."""

    code = "suspension_over"
    status = 422
    message_zh = "暂停的截止时间已经过去,暂停不会生效。请填将来的时间,或留空表示不定期。"
    message_en = (
        "The suspension would already be over. Give a time to come, or none for an open end."
    )


class TruckPlateTaken(CallCenterError):
    """Another truck in service has this plate."""

    code = "truck_plate_taken"
    message_zh = "另一辆在用的救援车已是这个车牌。"
    message_en = "Another truck in service has this plate."


class StationPlaceRefused(CallCenterError):
    """Coordinates at which no station of ours can be; `errors` names why by its code."""

    code = "station_place_refused"
    status = 422
    message_zh = "服务站不可能在这个位置:{why_zh}"
    message_en = "A station cannot be at this position: {why_en}"


class StationProvinceWrong(CallCenterError):
    """The province named is not the one the coordinates lie in."""

    code = "station_province_wrong"
    status = 422
    message_zh = "坐标在{found_zh}({found}),不在{named_zh}({named})。请核对坐标或省份。"
    message_en = (
        "The coordinates lie in {found_en} ({found}), not in {named_en} ({named}). "
        "Check the coordinates or the province."
    )


class OverrideBackwards(CallCenterError):
    """The last day lies before the first."""

    code = "hours_override_backwards"
    status = 422
    message_zh = "结束日期不能早于开始日期。"
    message_en = "The last day must not lie before the first."


class OverrideOver(CallCenterError):
    """Days that are past decide nothing."""

    code = "hours_override_over"
    status = 422
    message_zh = "这些日期已经过去。请核对日期。"
    message_en = "These days are past. Check the dates."


class OverrideNotFound(CallCenterError):
    """The station has no such day with hours of its own."""

    code = "hours_override_not_found"
    status = 404
    message_zh = "这家服务站没有这条特殊日期。"
    message_en = "The station has no such day with hours of its own."


class PushServiceUnknown(CallCenterError):
    """The browser's push service is not one that the settings know."""

    code = "push_service_unknown"
    status = 422
    message_zh = "这个浏览器的推送服务不在允许的范围内。短信和值班电话照常。"
    message_en = (
        "This browser's push service is not one that is allowed. Text messages and the duty phone"
        " go on as before."
    )
