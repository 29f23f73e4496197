"""Debian's packages of Asterisk, downloaded by an apt with its own state; nothing is installed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from callcenter.telephony.asterisk.installation import AsteriskUnusable

Progress = Callable[[str, int, int], None]
"""What is done now: its name, how many of how many."""

SUITE = "sid"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
APT_S = 600
SAID = 500
# What asterisk depends on and none of the modules we load needs: two thirds of the weight.
NOT_NEEDED = re.compile(
    r"adduser|(c)?debconf.*|dirmngr|gnupg.*|gpg.*|pinentry.*|perl.*|libperl.*|libgdbm.*|systemd.*"
    r"|dpkg|tar|passwd|libpam.*|login.*|util-linux|mount|coreutils|sed|bash|dash|init-.*|gcc-.*"
    r"|freetds.*|libsnmp.*|libsensors.*|libicu.*|libjack.*|libportaudio.*|libasound.*|libvo-.*"
    r"|libopencore.*|libtiff.*|libwebp.*|libjpeg.*|libglib2.*|libgmime.*|libcodec2.*|libunbound.*"
    r"|libneon.*|libical.*|libspandsp.*|libfftw.*|libradcli.*|libpq.*|libsybdb.*|libodbc.*|liblua.*"
    r"|libiksemel.*|libvorbis.*|libsamplerate.*|tzdata|pci.ids|asterisk-config|netbase|openssl.*"
    r"|ca-certificates"
)


def download(into: Path, state: Path, progress: Progress) -> None:
    """The .deb files of Asterisk and of what it loads; raises AsteriskUnusable."""
    if shutil.which("apt-get") is None:
        raise AsteriskUnusable("there is no apt-get: name a folder of .deb files instead")
    options = _options(state)
    try:
        progress("update", 0, 1)
        _run(["apt-get", *options, "-qq", "update"], into.parent)
        names = _needed(_run(["apt-get", *options, "-s", "install", "asterisk"], into.parent))
        into.mkdir(parents=True)
        # In one run: each start of apt reads the whole list of packages anew.
        _download(["apt-get", *options, "download", *names], into, len(names), progress)
    finally:
        shutil.rmtree(state, ignore_errors=True)


def _options(state: Path) -> list[str]:
    """An apt that reads one list and writes below `state`; proxies are the machine's own."""
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True, exist_ok=True)
    state = state.absolute()
    (state / "status").touch()
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    (state / "sources.list").write_text(f"deb {signed}{_mirror()} {SUITE} main\n")
    set_to = {
        "Dir::State": state,
        "Dir::State::Lists": state / "lists",
        "Dir::State::status": state / "status",
        "Dir::Cache": state / "cache",
        "Dir::Etc::SourceList": state / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::Etc::PreferencesParts": "/dev/null",
        "Acquire::Languages": "none",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
    }
    return [part for name, value in set_to.items() for part in ("-o", f"{name}={value}")]


def _mirror() -> str:
    """The mirror of Debian that this machine already uses."""
    told = _run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(LABEL)"], Path("/")
    )
    for line in told.splitlines():
        address, _, whose = line.partition(" ")
        if whose == "Debian Debian":
            return address
    raise AsteriskUnusable("this machine's apt knows no mirror of Debian: name a folder of .debs")


def _needed(simulated: str) -> list[str]:
    names = re.findall(r"^Inst ([^ :]+)", simulated, re.MULTILINE)
    needed = [name for name in names if not NOT_NEEDED.fullmatch(name)]
    if "asterisk" not in needed:
        raise AsteriskUnusable(f"Debian {SUITE} has no Asterisk now")
    return needed


def _download(command: list[str], into: Path, count: int, progress: Progress) -> None:
    with subprocess.Popen(
        command, cwd=into, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        said, got = "", 0
        for line in running.stdout or ():
            said = (said + line)[-SAID:]
            got += line.startswith("Get:")
            progress("download", min(got, count), count)
    if running.returncode:
        raise AsteriskUnusable(said.strip())


def _run(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=APT_S, check=False
        )
    except (OSError, subprocess.SubprocessError) as failure:
        raise AsteriskUnusable(f"{command[0]}: {failure}") from failure
    if done.returncode:
        raise AsteriskUnusable((done.stderr or done.stdout).strip()[-SAID:])
    return done.stdout
