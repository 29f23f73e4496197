"""Asterisk is got without root: what is unpacked, what is refused, what is left out."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from callcenter.telephony.asterisk import apt, installation, package
from callcenter.telephony.asterisk.installation import AsteriskUnusable

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb")

LIBRARIES = "usr/lib/x86_64-linux-gnu"
ANSWER = "#!/bin/sh\necho Asterisk {version}+dfsg\n"


@pytest.fixture
def debs(tmp_path: Path) -> Path:
    """A folder with one package, in which a loader plays Asterisk."""
    return packed(tmp_path, "22.1.0")


def packed(folder: Path, version: str) -> Path:
    tree, debs = folder / "tree", folder / "debs"
    for name in (f"{LIBRARIES}/asterisk/modules", "usr/sbin", "usr/share/doc/a", "DEBIAN"):
        (tree / name).mkdir(parents=True)
    loader = tree / LIBRARIES / "ld-linux-x86-64.so.2"
    loader.write_text(ANSWER.format(version=version))
    loader.chmod(0o755)
    (tree / "usr/sbin/asterisk").write_text("")
    (tree / "DEBIAN/control").write_text(
        "Package: asterisk\nVersion: 1\nArchitecture: all\nMaintainer: us\nDescription: play\n"
    )
    debs.mkdir()
    build = ["dpkg-deb", "--root-owner-group", "-b", tree, debs / "asterisk.deb"]
    subprocess.run(build, check=True, capture_output=True)
    return debs


def test_packages_are_unpacked_once(debs: Path, tmp_path: Path):
    steps: list[tuple[str, int, int]] = []
    found = package.unpack(debs, tmp_path / "here", lambda *step: steps.append(step))
    assert found.version() == "22.1.0"
    assert not (found.modules.parents[3] / "share/doc").exists()
    again = package.unpack(debs, tmp_path / "here", lambda *step: steps.append(step))
    assert (again, steps) == (found, [("unpack", 1, 1)])
    assert package.find(tmp_path / "here", debs) == found


async def test_two_at_once_do_not_disturb_each_other(debs: Path, tmp_path: Path):
    found = await asyncio.gather(
        *(asyncio.to_thread(package.unpack, debs, tmp_path / "here") for _ in range(4))
    )
    assert len(set(found)) == 1


def test_one_killed_while_unpacking_leaves_nothing_that_counts(debs: Path, tmp_path: Path):
    package.unpack(debs, tmp_path / "here")
    (whole,) = (one for one in (tmp_path / "here").iterdir() if one.is_dir())
    half = whole.rename(whole.with_suffix(".half"))
    (half / "usr/sbin/asterisk").unlink()
    assert package.unpack(debs, tmp_path / "here").version() == "22.1.0"


def test_too_old(tmp_path: Path):
    found = package.unpack(packed(tmp_path, "18.26.4"), tmp_path / "here")
    with pytest.raises(AsteriskUnusable, match="20 or newer"):
        found.version()


def test_a_folder_without_packages(tmp_path: Path):
    with pytest.raises(AsteriskUnusable, match=r"no \.deb files"):
        package.find(tmp_path / "here", tmp_path)


def test_without_any_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(installation.shutil, "which", lambda *args, **named: None)
    with pytest.raises(AsteriskUnusable, match="callcenter asterisk fetch"):
        package.find(tmp_path)


def test_what_none_of_our_modules_loads_is_left_out():
    told = "".join(
        f"Inst {name} (1 Debian:unstable [amd64])\n"
        for name in ("libc6", "perl-base", "asterisk", "libssl3t64:amd64", "systemd", "gpg-agent")
    )
    assert apt._needed(told) == ["libc6", "asterisk", "libssl3t64"]
    with pytest.raises(AsteriskUnusable, match="no Asterisk"):
        apt._needed("Inst libc6 (1)\n")


@pytest.mark.long
def test_debians_own(tmp_path: Path):
    """From the mirror that this machine uses."""
    package.fetch(tmp_path)
    assert package.find(tmp_path).version()
    assert {one.name for one in tmp_path.iterdir()} == {"fetched"}
