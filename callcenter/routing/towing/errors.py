"""Why a tow refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


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
