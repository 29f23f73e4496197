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


class MergeOtherWayRound(CallCenterError):
    """The one to be merged is further than the one that would go on."""

    code = "merge_other_way_round"
    message_zh = (
        "{survivor} 已有人去救援或已有位置,应由它继续。请反过来:把 {merged} 并入 {survivor}。"
    )
    message_en = (
        "{survivor} has help on its way or a confirmed place, so it must go on. Do it the other "
        "way round: merge {merged} into {survivor}."
    )


class TruckToBeNamed(CallCenterError):
    """A truck would be turned back that the person has not named, or there is none any more."""

    code = "merge_truck_to_be_named"
    message_zh = "{number} 的派遣刚有变化,或已有救援车前往。请刷新,并指明由哪一家继续、哪一辆返回。"
    message_en = (
        "A truck serves {number}, or no longer does. Reload, and say which station goes on and "
        "which truck returns."
    )


class NothingGoesOn(CallCenterError):
    """One of the two has ended: nobody would come."""

    code = "merge_ended"
    message_zh = "工单 {number} 已结束或已合并,不能合并。需要时请先重新打开。"
    message_en = "Ticket {number} has ended or was merged. Reopen it first when needed."


class DrillAndReal(CallCenterError):
    """A drill is never merged with a real rescue."""

    code = "merge_drill"
    status = 422
    message_zh = "演练工单不能与真实救援合并。"
    message_en = "A drill cannot be merged with a real rescue."


class MergeTooOld(CallCenterError):
    """The merge can no longer be undone."""

    code = "merge_too_old"
    message_zh = "合并已超过一天且救援已结束,或刚有变化,不能撤销。请为 {number} 的来电人新开工单。"
    message_en = (
        "This merge is over a day old and the rescue has ended, or it has just changed. Open a "
        "new ticket for the caller of {number}."
    )


class TowNotFound(CallCenterError):
    """There is no such tow, or it is another station's."""

    code = "tow_not_found"
    status = 404
    message_zh = "这次救援没有拖车去处。请先选择拖到哪里。"
    message_en = "This rescue has no tow yet. Say first that the car is towed."


class TowMoveRefused(CallCenterError):
    """The tow has no such step now."""

    code = "tow_move_refused"
    message_zh = "拖车现在是“{stage}”,不能这样更新。请刷新后再看。"
    message_en = "The tow is {stage} now and has no such step. Reload and look again."


class DestinationChanged(CallCenterError):
    """Somebody was quicker: another destination counts, or the car has arrived."""

    code = "destination_changed"
    message_zh = "拖车去处刚刚改了,或车已送达。请刷新,看清新的去处。"
    message_en = "The destination was just changed, or the car has arrived. Reload and look where."


class DestinationMissing(CallCenterError):
    """Nobody has said where the car goes."""

    code = "destination_missing"
    status = 422
    message_zh = "还没有去处。请选择一家维修站,或写明送到哪里。"
    message_en = "There is no destination yet. Choose a workshop, or write where the car goes."


class DestinationUnfit(CallCenterError):
    """The car cannot be taken there, whatever the reason."""

    code = "destination_unfit"
    status = 422
    message_zh = "不能送到那里({why})。请另选一家。"
    message_en = "The car cannot be taken there ({why}). Choose another place."
