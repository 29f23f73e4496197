"""Why a recording refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class PromptNotFound(CallCenterError):
    """The current flow says no such text."""

    code = "prompt_not_found"
    status = 404
    message_zh = "现行流程里没有这段话。"
    message_en = "The current call flow does not say this text."


class NotRecorded(CallCenterError):
    """There is no sound of this text."""

    code = "prompt_without_sound"
    status = 404
    message_zh = "这段话还没有声音文件。"
    message_en = "There is no sound of this text yet."


class RecordingRefused(CallCenterError):
    """The file is not one a telephone line can play as it is."""

    code = "recording_refused"
    status = 422
    message_zh = "请上传单声道、16 位 PCM、8 或 16 kHz 的 WAV 文件,最长 {most_s} 秒。"
    message_en = "Upload a WAV file: mono, 16-bit PCM, 8 or 16 kHz, at most {most_s} seconds."
