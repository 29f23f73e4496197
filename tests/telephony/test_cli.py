"""The commands that an operator types."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from callcenter.cli.asterisk import app
from callcenter.telephony.asterisk.installation import Installation
from tests.telephony.conftest import data_dir

typed = CliRunner()


def test_the_configuration_is_written_for_reading(installation: Installation, tmp_path: Path):
    told = typed.invoke(app, ["config", str(tmp_path / "here"), "--data-dir", str(data_dir())])
    assert told.exit_code == 0
    assert (tmp_path / "here" / "etc" / "pjsip.conf").exists()


def test_a_folder_without_packages_is_named(tmp_path: Path):
    told = typed.invoke(app, ["fetch", "--data-dir", str(tmp_path), "--debs", str(tmp_path)])
    assert told.exit_code == 1
    assert "没有完成" in told.output
    assert ".deb" in told.output


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CALLCENTER_ASTERISK__SIP_PORT", "0")
    told = typed.invoke(app, ["fetch", "--data-dir", str(tmp_path)])
    assert told.exit_code == 1
    assert "CALLCENTER_ASTERISK__SIP_PORT" in told.output
