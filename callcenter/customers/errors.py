"""Why the customers' room refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class OwnerNotFound(CallCenterError):
    """There is no such owner."""

    code = "owner_not_found"
    status = 404
    message_zh = "没有这位车主。"
    message_en = "There is no such owner."


class VehicleNotFound(CallCenterError):
    """There is no such car."""

    code = "vehicle_not_found"
    status = 404
    message_zh = "没有这辆车。"
    message_en = "There is no such car."


class VehicleNotHis(CallCenterError):
    """This owner does not drive this car."""

    code = "vehicle_not_his"
    status = 404
    message_zh = "这辆车不在这位车主名下。"
    message_en = "This car is not one of this owner's."


class VinTaken(CallCenterError):
    """A car with this VIN is registered already."""

    code = "vin_taken"
    message_zh = "这个车架号已登记。请搜索该车并关联车主。"
    message_en = "This VIN is registered. Search the car and link it to the owner."
