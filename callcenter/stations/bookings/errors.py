"""Why a booking is refused. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class BookingNotFound(CallCenterError):
    """There is no such booking, or it is another station's."""

    code = "booking_not_found"
    status = 404
    message_zh = "没有这个预约。"
    message_en = "There is no such booking."


class BookingHourFull(CallCenterError):
    """So many cars are expected in this hour as the workshop takes."""

    code = "booking_hour_full"
    message_zh = "这个小时已经约满。还可以约:{free}。"
    message_en = "This hour is full. Still free: {free}."


class WorkshopClosed(CallCenterError):
    """The workshop takes no car at this time."""

    code = "workshop_closed"
    message_zh = "这个时间服务站不接车(未营业或即将关门)。可以约:{free}。"
    message_en = "The workshop takes no car at this time: it is closed or about to. Free: {free}."


class BookingTimeImpossible(CallCenterError):
    """Past, or too far ahead."""

    code = "booking_time_impossible"
    status = 422
    message_zh = "预约时间应在现在之后、90 天之内。"
    message_en = "A booking lies ahead, within 90 days."


class BookedAlready(CallCenterError):
    """The car is expected for the same thing already."""

    code = "booked_already"
    message_zh = "这辆车已经约了同样的服务。请改约原来的预约。"
    message_en = "The car is booked for the same already. Move that booking."


class BookingCarUnknown(CallCenterError):
    """There is no such car or owner."""

    code = "booking_car_unknown"
    status = 404
    message_zh = "没有这辆车或这位车主。"
    message_en = "There is no such car or owner."


class BookingOver(CallCenterError):
    """It was closed before, otherwise than now."""

    code = "booking_over"
    message_zh = "这个预约已经是“{state}”。"
    message_en = 'This booking is "{state}" already.'


class BookingNotYet(CallCenterError):
    """Nobody has come, or stayed away, before the time."""

    code = "booking_not_yet"
    message_zh = "还没到预约的时间。"
    message_en = "The time of the booking has not come yet."


class WorkshopSuspended(CallCenterError):
    """A station that is suspended takes no bookings."""

    code = "workshop_suspended"
    message_zh = "这家服务站已暂停,不能预约。"
    message_en = "This station is suspended and takes no bookings."


class BookingLinkGone(CallCenterError):
    """The link was not made here, or its car is not known any more."""

    code = "booking_link_gone"
    status = 410
    message_zh = "这个预约链接已失效,请拨打热线预约。"
    message_en = "This link does not work any more. Please call the hotline to book."
