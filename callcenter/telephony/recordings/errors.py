"""Why a recording refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class RecordingNotFound(CallCenterError):
    """There is no such recording."""

    code = "recording_not_found"
    status = 404
    message_zh = "没有这段录音。"
    message_en = "There is no such recording."


class RecordingNotYours(CallCenterError):
    """Only who spoke in it, and supervisors, may hear it."""

    code = "recording_not_yours"
    status = 403
    message_zh = "只有通话的坐席本人和班长可以听这段录音。"
    message_en = "Only the agent who spoke and supervisors may hear this recording."


class RecordingNotThere(CallCenterError):
    """It is still being made, was lost, or has been removed."""

    code = "recording_not_there"
    message_zh = "这段录音没有可播放的声音({state})。"
    message_en = "This recording has no sound to play ({state})."


class PlayNotOpen(CallCenterError):
    """Nobody opened this playback, somebody else did, or too long ago."""

    code = "play_not_open"
    status = 403
    message_zh = "请重新打开播放:此次播放不存在、不属于您或已过时。"
    message_en = "Open the playback again: there is none, it is not yours, or it is over."


class RecordingHeld(CallCenterError):
    """The ticket's recordings are on hold."""

    code = "recording_on_hold"
    message_zh = "该工单的录音已封存,不能删除。"
    message_en = "The recordings of this ticket are on hold and cannot be removed."


class NothingRecorded(CallCenterError):
    """Nothing of this call is being recorded now."""

    code = "nothing_recorded"
    message_zh = "这通电话现在没有在录音。"
    message_en = "Nothing of this call is being recorded now."


class LeftMessageNotFound(CallCenterError):
    """There is no such message."""

    code = "left_message_not_found"
    status = 404
    message_zh = "没有这条留言。"
    message_en = "There is no such message."
