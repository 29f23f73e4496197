"""Why an offer or a dispatch refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class OfferNotFound(CallCenterError):
    """There is no such offer, or it is another station's."""

    code = "offer_not_found"
    status = 404
    message_zh = "没有这张派单。"
    message_en = "There is no such offer."


class OfferGone(CallCenterError):
    """The offer has ended: the reason says how."""

    code = "offer_gone"
    message_zh = "这张派单已结束({state})。谢谢,不用出发。"
    message_en = "This offer has ended ({state}). Thank you, please do not set out."


class TruckTaken(CallCenterError):
    """The truck already serves another rescue."""

    code = "truck_taken"
    message_zh = "这辆救援车正在执行另一单。请换一辆。"
    message_en = "This truck serves another rescue. Choose another one."


class TruckUnfit(CallCenterError):
    """The truck is not the station's, out of service, or lacks what is needed."""

    code = "truck_unfit"
    status = 422
    message_zh = "这辆车不能用于此单({why})。请选择合适的救援车。"
    message_en = "This truck cannot serve this rescue ({why}). Choose a suitable one."


class RescueTaken(CallCenterError):
    """Another station already holds the rescue."""

    code = "rescue_taken"
    message_zh = "另一家服务站已接单。谢谢,不用出发。"
    message_en = "Another station has accepted. Thank you, please do not set out."


class DispatchNotFound(CallCenterError):
    """There is no such dispatch, or it is another station's."""

    code = "dispatch_not_found"
    status = 404
    message_zh = "没有这次派遣。"
    message_en = "There is no such dispatch."


class DispatchMoveRefused(CallCenterError):
    """The journey has no such step."""

    code = "dispatch_move_refused"
    message_zh = "这次派遣现在是“{stage}”,不能变为“{to}”。请刷新后再看。"
    message_en = "The dispatch is {stage} now and cannot become {to}. Reload and look again."


class NoPlaceYet(CallCenterError):
    """Nobody can be sent before the place is confirmed."""

    code = "place_not_confirmed"
    message_zh = "位置还没有确认,不能派单。请先确认位置。"
    message_en = "The place is not confirmed yet. Confirm it first."


class NotDispatching(CallCenterError):
    """The rescue is not at a stage in which stations are asked."""

    code = "rescue_not_dispatching"
    message_zh = "这次救援现在不在派单阶段。请刷新后再看。"
    message_en = "This rescue is not being dispatched now. Reload and look again."


class StationNotFit(CallCenterError):
    """The station fails hard filters that were not overruled, or cannot be."""

    code = "station_not_fit"
    status = 422
    message_zh = "这家服务站不符合条件({reasons})。如仍要派,请逐条说明并写明理由。"
    message_en = "This station fails: {reasons}. To send it all the same, overrule each."


class ReasonMissing(CallCenterError):
    """Overruling and ending by hand need a reason."""

    code = "reason_missing"
    status = 422
    message_zh = "请写明理由。"
    message_en = "A reason is needed."


class ProofMissing(CallCenterError):
    """Gone on arrival needs a photo and an attempt to call."""

    code = "proof_missing"
    status = 422
    message_zh = "车不在现场时,需要现场照片并先致电车主。"
    message_en = "Gone on arrival needs a photo of the place and a call to the owner first."
