"""The configuration we ship: no default password, no line that a value could break."""

import configparser
import re
import stat
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from callcenter.telephony.asterisk.config import write_config
from callcenter.telephony.asterisk.installation import Installation
from callcenter.telephony.asterisk.process import AsteriskProcess
from callcenter.telephony_settings import AsteriskSettings, TrunkSettings
from tests.telephony.conftest import settings_of
from tests.telephony.sip.sound import write_prompt

HERE = Installation(("/usr/sbin/asterisk",), Path("/usr/lib/modules"), Path("/usr/share/asterisk"))
TRUNK = TrunkSettings(
    address="sip.carrier.example:5080",
    calls_from=("192.0.2.0/24", "2001:db8::1"),
    user="4001",
    password=SecretStr("s=cret"),
    registers=True,
)


def written(folder: Path, **given: object) -> dict[str, str]:
    """The text of each file."""
    write_config(folder, AsteriskSettings.model_validate(given), HERE)
    return {file.name: file.read_text() for file in (folder / "etc").iterdir()}


def test_each_phone_has_a_password_of_its_own_that_stays(tmp_path: Path):
    phones = {"desk_phones": ("101", "102"), "browser_phones": ("201",)}
    first = written(tmp_path / "a", **phones)
    found = re.findall(r"^password = (.+)$", first["pjsip.conf"] + first["ari.conf"], re.MULTILINE)
    assert len(set(found)) == 4
    assert min(len(one) for one in found) >= 32
    assert written(tmp_path / "a", **phones) == first
    assert not set(found) & set(re.findall(r"\S+", str(written(tmp_path / "b", **phones))))


def test_only_we_may_read_it(tmp_path: Path):
    written(tmp_path)
    for file in (*(tmp_path / "etc").iterdir(), tmp_path / "passwords.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_by_itself_it_listens_on_this_machine_and_knows_nobody(tmp_path: Path):
    files = written(tmp_path)
    assert set(re.findall(r"^bind = (\S+?)(?::\d+)?$", files["pjsip.conf"], re.MULTILINE)) == {
        "127.0.0.1"
    }
    assert "type = endpoint" not in files["pjsip.conf"].replace("[phone](!)\ntype = endpoint", "")
    assert "member =>" not in files["queues.conf"]


def test_a_carrier_that_wants_us_to_register(tmp_path: Path):
    text = written(tmp_path, trunk=TRUNK)["pjsip.conf"]
    for line in (
        "contact = sip:sip.carrier.example:5080",
        "match = 192.0.2.0/24",
        "match = 2001:db8::1",
        "client_uri = sip:4001@sip.carrier.example:5080",
        "password = s=cret",
    ):
        assert line in text.splitlines()


def test_the_notice_is_played_once_it_is_there(tmp_path: Path):
    assert "Playback" not in written(tmp_path)["extensions.conf"]
    (tmp_path / "sounds" / "fallback-notice.wav").write_bytes(b"")
    said = f"Playback({tmp_path}/sounds/fallback-notice)"
    assert said in written(tmp_path)["extensions.conf"]


def test_music_of_ones_own_is_left_alone(tmp_path: Path):
    (tmp_path / "sounds" / "hold").mkdir(parents=True)
    (tmp_path / "sounds" / "hold" / "ours.wav").write_bytes(b"x")
    written(tmp_path)
    assert [file.name for file in (tmp_path / "sounds" / "hold").iterdir()] == ["ours.wav"]


LINES = st.text(st.sampled_from("a1;\n\r[]=>,\x00\u2028 ()${}\\"), min_size=1, max_size=12)


@hypothesis.given(value=LINES)
def test_no_name_breaks_a_line(value: str):
    """What is taken is harmless: letters, digits, dots and the like."""
    trunk = TRUNK.model_dump()
    for given_to, settings in (
        ({"desk_phones": (value,)}, AsteriskSettings),
        ({"application": value}, AsteriskSettings),
        ({"language": value}, AsteriskSettings),
        ({"external_address": value}, AsteriskSettings),
        (trunk | {"address": value}, TrunkSettings),
        (trunk | {"user": value}, TrunkSettings),
        (trunk | {"codecs": value}, TrunkSettings),
    ):
        try:
            settings.model_validate(given_to)
        except ValidationError:
            continue
        assert re.fullmatch(r"[A-Za-z0-9,.:_-]+", value)


@hypothesis.given(value=LINES)
def test_no_password_breaks_a_line(value: str):
    given_to = TRUNK.model_dump() | {"password": value}
    try:
        kept = TrunkSettings.model_validate(given_to).password
    except ValidationError:
        return
    assert kept is not None
    parser = configparser.ConfigParser(interpolation=None, inline_comment_prefixes=(";",))
    parser.read_string(f"[trunk]\npassword = {kept.get_secret_value()}")
    assert parser["trunk"]["password"] == kept.get_secret_value()


def test_a_folder_whose_name_would_break_a_line_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="cannot stand in a line"):
        written(tmp_path / "a;b")


@pytest.mark.parametrize(
    "wrong",
    [
        {"desk_phones": ("101", "101")},
        {"desk_phones": ("trunk",)},
        {"desk_phones": ("101",), "browser_phones": ("101",)},
        {"rtp_first": 10000, "rtp_last": 10002},
        {"tls_cert": "/a"},
    ],
)
def test_what_cannot_be(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        AsteriskSettings.model_validate(wrong)


EVERYTHING = {
    "trunk": TRUNK.model_copy(update={"address": "127.0.0.1:9"}),
    "external_address": "192.0.2.7",
    "local_networks": ("127.0.0.0/8", "10.0.0.0/8"),
    "loopback_media": False,
}


@pytest.mark.parametrize("given", [{}, EVERYTHING], ids=["plain", "every option"])
async def test_asterisk_has_no_complaint_about_it(
    installation: Installation, tmp_path: Path, given: dict[str, object]
):
    (tmp_path / "sounds").mkdir()
    write_prompt(tmp_path / "sounds" / "fallback-notice", 600)
    process = AsteriskProcess(tmp_path, settings_of(tmp_path, **given), installation)
    await process.start()
    await process.stop()
    assert complaints(process) == []


def complaints(process: AsteriskProcess) -> list[str]:
    """What it said about its configuration when it started."""
    said = (process.folder / "log" / "messages").read_text().splitlines()
    assert [line for line in said if "loader.c" in line], "it has not said what it loads"
    return [line for line in said if re.search("ERROR|WARNING", line)]
