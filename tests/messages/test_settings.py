"""What carries messages is chosen by settings; half of them is no choice."""

from typing import Any

import pytest
from pydantic import ValidationError

from callcenter.cli.given import check_senders, settings_of
from callcenter.sender_settings import SenderSettings
from callcenter.settings import Settings
from callcenter.supervision import CannotStart

SMPP = {"host": "smsc.example.cn", "system_id": "care", "password": "secret"}
SMTP = {"host": "mail.example.cn", "sender": "care@example.cn"}


def test_by_itself_nothing_leaves() -> None:
    senders = Settings().senders
    assert (senders.text, senders.email, senders.missing) == ("inbox", "inbox", ())


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"text": "smpp"}, "CALLCENTER_SENDERS__SMPP__HOST"),
        ({"text": "http"}, "CALLCENTER_SENDERS__HTTP__SECRET"),
        ({"email": "smtp"}, "CALLCENTER_SENDERS__SMTP__SENDER"),
        ({"email": "smtp", "smtp": SMTP | {"user": "care"}}, "CALLCENTER_SENDERS__SMTP__PASSWORD"),
    ],
)
def test_half_set_up_it_does_not_start_and_says_why(given: dict[str, Any], named: str) -> None:
    with pytest.raises(CannotStart) as why:
        check_senders(Settings(senders=SenderSettings(**given)))
    zh, en = str(why.value).split("\n")
    assert named in zh
    assert named in en


def test_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLCENTER_SENDERS__TEXT", "smpp")
    for name, value in SMPP.items():
        monkeypatch.setenv(f"CALLCENTER_SENDERS__SMPP__{name.upper()}", value)
    settings = settings_of({})
    check_senders(settings)
    assert settings.senders.smpp
    assert settings.senders.smpp.port == 2775
    assert "secret" not in repr(settings)


def test_what_is_missing_inside_a_section_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLCENTER_SENDERS__SMPP__HOST", "smsc.example.cn")
    with pytest.raises(CannotStart, match="CALLCENTER_SENDERS__SMPP__SYSTEM_ID"):
        settings_of({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"smpp": SMPP | {"password": "longer than eight"}},
        {"smpp": SMPP | {"host": "a host"}},
        {"http": {"url": "ftp://x", "secret": "a secret of 24 characters"}},
        {"http": {"url": "https://x", "secret": "short"}},
        {"smtp": SMTP | {"sender": "no address"}},
        {"smtp": SMTP | {"sender": "a@b.cn>\nBcc: c@d.cn"}},
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SenderSettings(**wrong)
