"""Setting up: what is unchanged is skipped, what failed is said and tried again."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent


@pytest.fixture
def stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "STAMPS", tmp_path / "stamps")
    return tmp_path / "stamps"


def test_a_step_is_done_once_for_each_key(stamps: Path):
    done: list[str] = []
    for key in ("a", "a", "b", "b"):
        dev.step("packages", "packages", key, lambda key=key: done.append(key))
    assert done == ["a", "b"]


def test_a_failed_step_is_tried_again(stamps: Path):
    def fails() -> None:
        raise RuntimeError("no network")

    with pytest.raises(RuntimeError):
        dev.step("packages", "packages", "a", fails)
    done: list[int] = []
    dev.step("packages", "packages", "a", lambda: done.append(1))
    assert done == [1]


def test_what_pip_said_is_shown_when_it_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    # The Python behind the virtual environment: it is the one that has pip.
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    monkeypatch.setattr(sys, "executable", f"{sys.base_prefix}/bin/python3")
    with pytest.raises(SystemExit) as end:
        dev.pip(0, "--no-index", "no-such-package-anywhere")
    assert end.value.code == 1
    told = capfd.readouterr().err
    assert "no-such-package-anywhere" in told
    assert "安装失败" in told


def test_the_commands_are_told():
    done = subprocess.run([sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "dev.py run" in done.stdout
    assert "dev.py test" in done.stdout
    unknown = subprocess.run([sys.executable, "dev.py", "fly"], cwd=ROOT, capture_output=True)
    assert unknown.returncode == 2


def test_the_locks_name_no_address_and_pin_every_package():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text
        assert "index-url" not in text


def test_the_console_is_built_once_and_again_when_its_sources_change(
    stamps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sources, built = tmp_path / "console", tmp_path / "built"
    for folder in (sources / "node_modules", built):
        folder.mkdir(parents=True)
    (built / "index.html").write_text("")
    (sources / "package-lock.json").write_text("{}")
    for name, where in (("ROOT", tmp_path), ("CONSOLE", sources), ("CONSOLE_BUILT", built)):
        monkeypatch.setattr(dev, name, where)
    monkeypatch.setattr(dev, "CONTRACT", sources / "package-lock.json")
    ran: list[str] = []
    monkeypatch.setattr(dev, "node", lambda _folder, _within_s, *command: ran.append(command[0]))
    dev.set_up_console()
    dev.set_up_console()
    assert ran == ["npm", "node"]
    (sources / "main.ts").write_text("new")
    (sources / "node_modules" / "x.js").write_text("not a source")
    dev.set_up_console()
    assert ran == ["npm", "node", "node"]
    (built / "index.html").unlink()
    dev.set_up_console()
    assert ran == ["npm", "node", "node", "node"]


def test_without_npm_the_start_goes_on_and_says_so(
    stamps: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def refused(*_: object) -> None:
        raise subprocess.CalledProcessError(1, "npm")

    monkeypatch.setattr(dev, "node", refused)
    dev.set_up_console()
    assert "控制台没有构建成功" in capsys.readouterr().err


def test_the_lock_of_the_console_names_no_registry():
    lock = (ROOT / "console" / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert "registry" not in lock
    assert '"resolved"' not in lock
