#!/usr/bin/env python3
"""Two commands, nothing needed but Python 3.11 and pip:

    python3 dev.py run  [options]   set up what is missing, then start the service
    python3 dev.py test [pytest args]   set up, then every check and test

Standard library only. A step is skipped while the files it depends on are unchanged. The user's
own pip settings (mirrors) are respected: pip is asked, and the locks name no address.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".stamps"
TAIL = 2000


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return fail("需要 Python 3.11 到 3.14。", "Python 3.11 to 3.14 is needed.")
    command, *rest = sys.argv[1:] or ["help"]
    if command == "run":
        set_up("requirements.lock")
        return serve(["run", *rest])
    if command == "test":
        set_up("requirements-dev.lock")
        return test(rest)
    print(__doc__)
    return 0 if command == "help" else 2


def set_up(lock: str) -> None:
    """A virtual environment with exactly what the lock says, and this project in it."""
    step("venv", sys.version, make_environment)
    step(lock, digest(ROOT / lock), lambda: pip("--require-hashes", "-r", ROOT / lock))
    step("project", digest(ROOT / "pyproject.toml"), install_project)


def step(name: str, key: str, work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done for this key."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == key:
        return
    print(f"[{name}] …", flush=True)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    print(f"[{name}] {time.monotonic() - began:.1f} s", flush=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_environment() -> None:
    venv.create(VENV, with_pip=True, clear=True)


def pip(*arguments: object) -> None:
    common = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quietly([*common, "--progress-bar", "off", *arguments])


def install_project() -> None:
    pip("--no-deps", "--no-build-isolation", "-e", ROOT)


def quietly(command: list[object]) -> None:
    """Run a step; when it fails, say so in a sentence and show the end of what it printed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(done.stdout.decode(errors="replace")[-TAIL:], file=sys.stderr)
        fail("安装失败,原因见上。", "Setting up failed; the reason stands above.")
        sys.exit(1)


def serve(arguments: list[str]) -> int:
    """Become the service: Ctrl-C and signals go straight to it."""
    os.chdir(ROOT)
    command = [str(PYTHON), "-m", "callcenter", *arguments]
    os.execv(command[0], command)
    return 1


def test(arguments: list[str]) -> int:
    """Every check, then the tests; all of them run, whatever fails. With arguments: pytest only."""
    if arguments:
        return subprocess.run([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT).returncode
    tools = VENV / "bin"
    checks: dict[str, list[object]] = {
        "ruff": [tools / "ruff", "check", "."],
        "format": [tools / "ruff", "format", "--check", "."],
        "mypy": [tools / "mypy", "callcenter"],
        "imports": [tools / "lint-imports"],
        "pytest": [PYTHON, "-m", "pytest", "-n", "auto"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        done = subprocess.run([str(word) for word in command], cwd=ROOT)
        if done.returncode:
            failed.append(name)
        if name != "pytest":
            print(f"== {name}: {'✗' if done.returncode else '✓'} {time.monotonic() - began:.1f} s")
    if failed:
        return fail(f"未通过:{', '.join(failed)}", f"Failed: {', '.join(failed)}")
    return 0


def fail(zh: str, en: str) -> int:
    print(f"{zh} {en}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
