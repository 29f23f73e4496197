"""Why a visit is refused."""

from callcenter.errors import CallCenterError


class VisitNotFound(CallCenterError):
    """There is no such visit."""

    code = "visit_not_found"
    status = 404
    message_zh = "没有这次到店记录。"
    message_en = "There is no such visit."


class VisitToldOtherwise(CallCenterError):
    """This visit is known with other figures; which are right, a person says by correcting it."""

    code = "visit_told_otherwise"
    message_zh = "这次到店已登记，里程或金额不同。如登记有误，请更正原记录。"
    message_en = "This visit is known with another odometer or amount. Correct it if it is wrong."


class VisitKnown(CallCenterError):
    """Corrected so, it would be another visit of this car that is known."""

    code = "visit_known"
    message_zh = "这辆车同一天的同一项目已有登记。如属重复，请将其中一条标为“登记有误”。"
    message_en = "This car has such a visit on that day. If they are one, say 'not so' of either."


class VisitAhead(CallCenterError):
    """A visit of a day that has not come."""

    code = "visit_ahead"
    status = 422
    message_zh = "到店日期晚于今天。"
    message_en = "The visit lies in the future."


class VisitStationUnknown(CallCenterError):
    """There is no such station."""

    code = "visit_station_unknown"
    status = 422
    message_zh = "没有这家服务站。"
    message_en = "There is no such station."
