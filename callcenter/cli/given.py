"""What was given on the command line and by environment, looked at before anything is started."""

import ssl
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from callcenter.settings import Settings
from callcenter.supervision import CannotStart
from callcenter.web.tls import server_context


def settings_of(given: dict[str, Any]) -> Settings:
    """The settings; what is not given comes from CALLCENTER_*. Raises CannotStart."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as failure:
        wrong = failure.errors(include_url=False, include_context=False)[0]
        if wrong["loc"] == ("public_url",):
            raise CannotStart(
                "--public-url 要写完整的网址,例如 https://care.example.cn。",
                "--public-url must be a whole address, such as https://care.example.cn.",
            ) from failure
        name = "__".join(str(part) for part in wrong["loc"]).upper()
        raise _not_right(f"CALLCENTER_{name}", str(wrong["msg"])) from failure
    except SettingsError as failure:
        raise _not_right("CALLCENTER_*", str(failure)) from failure


def check_tls(settings: Settings) -> None:
    """Raises CannotStart when https was asked for and cannot be served."""
    certificate, key = settings.tls_cert, settings.tls_key
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        raise CannotStart(
            "--tls-cert 与 --tls-key 要同时给出。", "--tls-cert and --tls-key belong together."
        )
    for file in (certificate, key):
        if not file.is_file():
            raise CannotStart(f"没有这个文件:{file}。", f"There is no such file: {file}.")
    try:
        server_context(certificate, key)
    except OSError as failure:
        reason = _reason(failure)
        raise CannotStart(
            f"证书 {certificate} 与私钥 {key} 不能使用:{reason}。需要配对的、无密码的 PEM 文件。",
            f"The certificate {certificate} and the key {key} cannot be used: {reason}. "
            "They must be PEM files that match, the key without a password.",
        ) from failure


def check_senders(settings: Settings) -> None:
    """Raises CannotStart when a carrier of messages was chosen and not set up."""
    if not settings.senders.missing:
        return
    names = ", ".join(settings.senders.missing)
    raise CannotStart(
        f"短信或邮件的发送方式已选定,但还缺设置:{names}。",
        f"What carries texts or e-mail was chosen, but settings are missing: {names}.",
    )


def _not_right(name: str, why: str) -> CannotStart:
    return CannotStart(f"设置 {name} 不对:{why}。", f"The setting {name} is not right: {why}.")


def _reason(failure: OSError) -> str:
    if isinstance(failure, ssl.SSLError):
        return failure.reason or "PEM"
    return failure.strerror or str(failure)
