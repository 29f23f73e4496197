"""Why the staff room refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class SignInRefused(CallCenterError):
    """Unknown, switched off, or the wrong password: one answer for all three."""

    code = "sign_in_refused"
    status = 401
    message_zh = "账号或密码不正确。"
    message_en = "The login or the password is not right."


class SignInThrottled(CallCenterError):
    """Too many failures of this account or from this address."""

    code = "sign_in_throttled"
    status = 429
    message_zh = "登录失败次数过多,请稍后再试。"
    message_en = "Too many failed sign-ins. Try again later."


class SignInBusy(CallCenterError):
    """More sign-ins wait than the service can check."""

    code = "sign_in_busy"
    status = 503
    message_zh = "登录人数过多,请稍后再试。"
    message_en = "Too many people are signing in. Try again shortly."


class PasswordWrong(CallCenterError):
    """The current password is not that one."""

    code = "password_wrong"
    status = 422
    message_zh = "当前密码不正确。"
    message_en = "The current password is not right."


class PasswordTooShort(CallCenterError):
    """A password needs a minimum length."""

    code = "password_too_short"
    status = 422
    message_zh = "密码至少需要 {min_length} 个字符。"
    message_en = "A password needs at least {min_length} characters."


class PasswordSame(CallCenterError):
    """The new password is the old one."""

    code = "password_same"
    status = 422
    message_zh = "新密码不能与当前密码相同。"
    message_en = "The new password must differ from the current one."


class NotAPerson(CallCenterError):
    """Machines have no password."""

    code = "not_a_person"
    status = 403
    message_zh = "只有登录的员工可以这样做。"
    message_en = "Only a colleague who is signed in can do this."


class LoginMalformed(CallCenterError):
    """Nobody could sign in with such a login."""

    code = "login_malformed"
    status = 422
    message_zh = "登录名为 2 到 40 个字符:小写字母、数字、点、下划线或连字符,以字母或数字开头。"
    message_en = (
        "A login has 2 to 40 characters: small letters, digits, dots, underscores or dashes, "
        "the first a letter or digit."
    )


class LoginTaken(CallCenterError):
    """Somebody else has this login."""

    code = "login_taken"
    message_zh = "这个账号名已被使用。"
    message_en = "This login is taken."


class StaffNotFound(CallCenterError):
    """There is no such colleague."""

    code = "staff_not_found"
    status = 404
    message_zh = "没有这位员工。"
    message_en = "There is no such colleague."


class StaffChanged(CallCenterError):
    """Somebody else was quicker."""

    code = "staff_changed"
    message_zh = "员工资料刚被修改。请刷新后再试。"
    message_en = "The colleague has just been changed. Reload and try again."


class OwnAccount(CallCenterError):
    """One's own account can neither be switched off nor given another role."""

    code = "own_account"
    message_zh = "不能停用自己的账号或更改自己的角色。"
    message_en = "You cannot switch off your own account or change your own role."


class StationMissing(CallCenterError):
    """A station's user needs a station."""

    code = "station_missing"
    status = 422
    message_zh = "服务站账号必须指定服务站。"
    message_en = "A station's user needs a station."


class StationOutOfPlace(CallCenterError):
    """Only a station's user has a station."""

    code = "station_out_of_place"
    status = 422
    message_zh = "只有服务站账号可以指定服务站。"
    message_en = "Only a station's user has a station."


class TokenNotFound(CallCenterError):
    """There is no such machine token, or it was revoked."""

    code = "machine_token_not_found"
    status = 404
    message_zh = "没有这个机器令牌,或已吊销。"
    message_en = "There is no such machine token, or it was revoked."


class AlarmNotFound(CallCenterError):
    """There is no such alarm."""

    code = "alarm_not_found"
    status = 404
    message_zh = "没有这个警报。"
    message_en = "There is no such alarm."


class AlarmTakenAlready(CallCenterError):
    """Somebody else has taken it."""

    code = "alarm_taken"
    message_zh = "这个警报已有人接手。"
    message_en = "Somebody has already taken this alarm."


class AlarmOver(CallCenterError):
    """Its reason has passed."""

    code = "alarm_over"
    message_zh = "这个警报已解除。"
    message_en = "This alarm is over."


class TokenScopeRefused(CallCenterError):
    """`public` and `signed_in` are nothing to be granted."""

    code = "machine_token_scope_refused"
    status = 422
    message_zh = "public 和 signed_in 不能作为令牌的权限。"
    message_en = "public and signed_in are no scopes of a token."
