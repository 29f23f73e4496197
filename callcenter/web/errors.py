"""Why the frame refuses a request. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class SignInNeeded(CallCenterError):
    """Nobody is signed in, or the session or token has ended."""

    code = "sign_in_needed"
    status = 401
    message_zh = "请先登录。"
    message_en = "Sign in first."


class Forbidden(CallCenterError):
    """The caller's role or token does not allow it."""

    code = "forbidden"
    status = 403
    message_zh = "您没有此项权限({permission})。"
    message_en = "You are not allowed to do this ({permission})."


class CrossSiteRefused(CallCenterError):
    """The request did not come from our own page, or its token is missing or wrong."""

    code = "cross_site_refused"
    status = 403
    message_zh = "请求来源无法确认。请刷新页面后再试。"
    message_en = "The request does not come from our own page. Reload and try again."


class BodyMissing(CallCenterError):
    """The route needs a body."""

    code = "body_missing"
    status = 400
    message_zh = "请求没有内容。"
    message_en = "The request has no body."


class BodyUnreadable(CallCenterError):
    """The body is not what its type says."""

    code = "body_unreadable"
    status = 400
    message_zh = "请求内容无法解析。"
    message_en = "The body cannot be read."


class MediaTypeRefused(CallCenterError):
    """The body is of another type than the route takes."""

    code = "media_type_refused"
    status = 415
    message_zh = "不支持这种内容类型。可用:{accepted}"
    message_en = "This type of body is not accepted. Accepted: {accepted}"


class FileTooLarge(CallCenterError):
    """The file is larger than this installation takes over the web."""

    code = "file_too_large"
    status = 413
    message_zh = "文件太大,最多 {limit_mib} MiB;更大的请用命令行 callcenter import。"
    message_en = "The file is too large: at most {limit_mib} MiB; larger ones by callcenter import."


class BodyTooLarge(CallCenterError):
    """The body is larger than the route takes."""

    code = "body_too_large"
    status = 413
    message_zh = "内容太大,最多 {limit_kib} KiB。"
    message_en = "The body is too large: at most {limit_kib} KiB."


class Invalid(CallCenterError):
    """Fields do not hold what they must; `errors` names each."""

    code = "invalid"
    status = 422
    message_zh = "有字段不符合要求。"
    message_en = "Some fields are not as they must be."


class CursorUnknown(CallCenterError):
    """The cursor is not one that this list gave out."""

    code = "cursor_unknown"
    status = 422
    message_zh = "翻页标记无效,请从头查询。"
    message_en = "The cursor is not valid. Start the list again."


class KeyRequired(CallCenterError):
    """A POST that acts needs an Idempotency-Key made before the first try."""

    code = "idempotency_key_required"
    status = 428
    message_zh = "缺少 Idempotency-Key。"
    message_en = "The Idempotency-Key header is missing."


class KeyMalformed(CallCenterError):
    """The Idempotency-Key is not 8 to 200 visible ASCII characters."""

    code = "idempotency_key_malformed"
    status = 422
    message_zh = "Idempotency-Key 应为 8 到 200 个可见 ASCII 字符。"
    message_en = "The Idempotency-Key must be 8 to 200 visible ASCII characters."


class KeyReused(CallCenterError):
    """The same key came with another request before."""

    code = "idempotency_key_reused"
    status = 422
    message_zh = "这个 Idempotency-Key 已用于另一个请求。"
    message_en = "This Idempotency-Key was used for another request."


class KeyInProgress(CallCenterError):
    """The first request with this key is still being worked on."""

    code = "idempotency_in_progress"
    status = 409
    message_zh = "同一请求正在处理,请稍后用同一个键重试。"
    message_en = "The same request is still being worked on. Retry with the same key shortly."


class VersionMissing(CallCenterError):
    """An edit must say which version it was made from."""

    code = "version_missing"
    status = 428
    message_zh = "缺少 If-Match。请先读取,再带上 ETag 修改。"
    message_en = "The If-Match header is missing. Read first, then edit with its ETag."


class VersionStale(CallCenterError):
    """Somebody has changed it since it was read."""

    code = "version_stale"
    status = 412
    message_zh = "内容已被别人修改(现为第 {version} 版)。请刷新后再改。"
    message_en = "It was changed by somebody else (version {version} now). Reload and edit again."


class VersionMalformed(CallCenterError):
    """If-Match is not an ETag that this service gave out."""

    code = "version_malformed"
    status = 422
    message_zh = "If-Match 不是本服务给出的 ETag。"
    message_en = "If-Match is not an ETag of this service."


class FileTypeRefused(CallCenterError):
    """Not a photo of a kind that is kept."""

    code = "file_type_refused"
    status = 415
    message_zh = "只接受 JPEG、PNG 或 WebP 照片。"
    message_en = "Only JPEG, PNG or WebP photos are accepted."


class FileNotFound(CallCenterError):
    """There is no such file."""

    code = "file_not_found"
    status = 404
    message_zh = "没有这个文件。"
    message_en = "There is no such file."


class CursorInvalid(CallCenterError):
    """Last-Event-ID is not a place in the event log."""

    code = "last_event_id_invalid"
    status = 422
    message_zh = "Last-Event-ID 无效。"
    message_en = "Last-Event-ID is not valid."
