"""Files that a switch was writing when it died."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from callcenter.telephony.prompts.wav import read
from callcenter.telephony.recordings.store import Store
from callcenter.telephony.recordings.wave_file import is_closed, mend, peaks
from tests.db.cast import CONTROL
from tests.telephony.kept import sound
from tests.telephony.sip.sound import Heard


def torn(path: Path, seconds: float = 2.0, odd: int = 1) -> Path:
    """As it lies there: lengths of 0, and half a sample at its end."""
    whole = sound(600.0, seconds=seconds)
    path.write_bytes(whole[:4] + b"\0" * 4 + whole[8:40] + b"\0" * 4 + whole[44:] + b"\1" * odd)
    return path


@pytest.mark.parametrize("mends", [True, pytest.param(False, marks=CONTROL)])
def test_one_that_was_not_closed_is_heard_to_its_end(tmp_path: Path, mends: bool):
    path = torn(tmp_path / "torn.wav")
    assert not is_closed(path)
    if mends:
        mend(path)
    assert is_closed(path)
    samples, rate = read(path.read_bytes())
    assert Heard(samples, rate).has(600.0)
    assert len(samples) == 2 * rate


def test_a_whole_one_is_not_touched(tmp_path: Path):
    path = tmp_path / "whole.wav"
    path.write_bytes(sound(600.0))
    mend(path)
    assert path.read_bytes() == sound(600.0)


@pytest.mark.parametrize("size", [0, 20, 44])
def test_without_a_word_there_is_nothing_to_keep(tmp_path: Path, size: int):
    store = Store(tmp_path / "spool", tmp_path)
    store.spool.mkdir()
    file = torn(store.spool / "1.2~rec-1.wav", seconds=0, odd=0)
    file.write_bytes(file.read_bytes()[:size])
    assert store.take_in("1.2~rec-1", uuid4(), datetime.now(UTC)) is None
    assert not file.exists()


def test_the_picture_is_as_high_as_it_is_loud(tmp_path: Path):
    path = tmp_path / "half.wav"
    path.write_bytes(sound(600.0))
    drawn = peaks(path, 10)
    assert len(drawn) == 10
    assert drawn == pytest.approx([8000 / 32768] * 10, abs=0.01)
    (tmp_path / "other.wav").write_bytes(b"RIFF....WAVE")
    assert peaks(tmp_path / "other.wav", 10) == []
