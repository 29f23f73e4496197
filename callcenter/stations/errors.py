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
