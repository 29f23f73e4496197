"""What callers hear: spoken by the machine, replaced by a studio, found again by its text."""

import io
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.prompts import wav
from callcenter.telephony.prompts.errors import RecordingRefused
from callcenter.telephony.prompts.flow_texts import speak_all, texts_of
from callcenter.telephony.prompts.store import Prompts, digest_of
from callcenter.telephony.prompts.voice import Voice
from callcenter.web.permission import Permission
from tests.service import Service
from tests.telephony.twiml_carrier import TwimlCall

VOICE = Voice.of_this_machine()
SPEAKS = pytest.mark.skipif(VOICE.program is None, reason="no espeak-ng: nothing is spoken here")
HELLO = Spoken(text="您好", language="zh")
LINE_S = 0.5


def tone(rate: int, hertz: float = 440.0, *, channels: int = 1, width: int = 2) -> bytes:
    """Half a second of a studio's file."""
    at = np.arange(int(LINE_S * rate)) / rate
    samples = (np.sin(2 * np.pi * hertz * at) * 12_000).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def loudest(data: bytes) -> tuple[float, float]:
    """The strongest frequency, and how strong."""
    samples, rate = wav.read(data)
    spectrum = np.abs(np.fft.rfft(samples)) / len(samples)
    at = int(np.argmax(spectrum))
    return at * rate / len(samples), float(spectrum[at])


@pytest.mark.parametrize("rate", [8000, 16000])
def test_a_studio_s_file_sounds_the_same_on_the_line(rate: int):
    kept = wav.recording(tone(rate))
    assert wav.read(kept)[1] == 8000
    assert wav.seconds(kept) == LINE_S
    hertz, strength = loudest(kept)
    assert hertz == pytest.approx(440, abs=4)
    assert strength == pytest.approx(6000, rel=0.02)


def test_what_a_line_cannot_carry_does_not_come_back_as_another_tone():
    assert loudest(wav.recording(tone(16000, 6000)))[1] < 200
    samples, _ = wav.read(tone(16000, 6000))
    every_second = wav.written(samples[::2])
    assert loudest(every_second)[1] > 3000, "the control: every second sample alone"


REFUSED: dict[str, bytes] = {
    "no wav": b"ID3 this is an mp3",
    "nothing": b"",
    "stereo": tone(8000, channels=2),
    "8 bit": tone(8000, width=1),
    "a disc's rate": tone(44100),
    "no samples": tone(8000)[:44],
    "cut in its head": tone(8000)[:20],
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_the_line_cannot_play_is_refused(what: str):
    with pytest.raises(RecordingRefused):
        wav.recording(REFUSED[what])


def test_nobody_listens_for_longer_than_two_minutes():
    long = wav.written(np.zeros(8000 * 121, dtype=np.int16))
    with pytest.raises(RecordingRefused):
        wav.recording(long)


@given(data=st.binary(max_size=200), head=st.integers(0, 60))
def test_no_bytes_are_more_than_refused(data: bytes, head: int):
    try:
        kept = wav.recording(tone(8000)[:head] + data)
    except RecordingRefused:
        return
    assert wav.read(kept)[1] == 8000


@SPEAKS
async def test_every_text_of_the_flow_is_spoken_once_and_can_be_heard(tmp_path: Path):
    prompts = Prompts.of(tmp_path)
    flow = default_flow()
    assert await speak_all(prompts, flow) == 0
    files = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.wav")}
    assert len(files) == len(texts_of(flow))
    for file in files:
        samples, rate = wav.read(file.read_bytes())
        assert rate == 8000
        assert np.abs(samples.astype(int)).max() > 3000
    assert await speak_all(prompts, flow) == 0
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.wav")} == files


@pytest.mark.parametrize("program", [None, "/nonexistent/espeak-ng", "/bin/false", "/bin/cat"])
async def test_without_a_voice_texts_are_left_without_a_sound(tmp_path: Path, program: str | None):
    prompts = Prompts(tmp_path, Voice(program))
    assert await prompts.ready(HELLO) is None
    assert await speak_all(prompts, default_flow()) == len(texts_of(default_flow()))
    assert not list(tmp_path.rglob("*.wav"))


def test_a_text_that_was_changed_is_not_said_by_the_recording_of_the_old_one(tmp_path: Path):
    prompts = Prompts(tmp_path, Voice(None))
    digest = digest_of("请按1", "zh")
    prompts.keep_recording(digest, tone(8000))
    assert prompts.source(digest) == "recorded"
    assert prompts.source(digest_of("请按2", "zh")) == "missing"
    assert prompts.source(digest_of("请按1", "en")) == "missing"


async def put(service: Service, path: str, data: bytes, kind: str = "audio/wav") -> tuple[int, Any]:
    admin = await service.client([Permission.HOTLINE_ADMIN])
    headers = {"Content-Type": kind}
    async with admin.session.put(path, data=data, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_recording_is_heard_by_the_next_caller_until_it_is_dropped(hotline: Service):
    admin = await hotline.client([Permission.HOTLINE_ADMIN])
    before = await admin.get("/api/v1/call-flow/prompts")
    assert before["voice"] == (VOICE.program is not None)
    menu = next(one for one in before["items"] if one["steps"] == ["menu"])
    path = f"/api/v1/call-flow/prompts/{menu['digest']}"
    assert menu["source"] == "missing"
    async with admin.session.get(f"{path}/sound") as answer:
        assert answer.status == (200 if before["voice"] else 404), "spoken when it is asked for"

    status, made = await put(hotline, f"{path}/recording", tone(16000))
    assert (status, made["source"], made["seconds"]) == (200, "recorded", LINE_S)
    call = await TwimlCall(hotline).rings()
    (played,) = [text for text in call.heard if "/carriers/" in text]
    assert played.endswith(f"/carriers/sounds/{menu['digest']}")
    async with admin.session.get(f"/carriers/sounds/{menu['digest']}") as answer:
        assert (answer.status, answer.content_type) == (200, "audio/wav")
        assert loudest(await answer.read())[0] == pytest.approx(440, abs=4)

    dropped = await admin.delete(f"{path}/recording")
    assert dropped["source"] == ("spoken" if before["voice"] else "missing")
    assert await admin.delete(f"{path}/recording") == dropped
    call = await TwimlCall(hotline, "CA2").rings()
    assert not any("/carriers/" in text for text in call.heard)
    async with hotline.database.reading() as tx:
        rows = await tx.connection.fetch("select kind from events where kind like 'prompt.%'")
    assert [row["kind"] for row in rows] == ["prompt.recorded", "prompt.recording_dropped"]


async def test_what_is_no_recording_of_the_flow_is_refused(hotline: Service):
    admin = await hotline.client([Permission.HOTLINE_ADMIN])
    digest = (await admin.get("/api/v1/call-flow/prompts"))["items"][0]["digest"]
    path = "/api/v1/call-flow/prompts/{}/recording"
    status, told = await put(hotline, path.format(digest), tone(44100))
    assert (status, told["code"]) == (422, "recording_refused")
    status, told = await put(hotline, path.format("0" * 32), tone(8000))
    assert (status, told["code"]) == (404, "prompt_not_found")
    status, told = await put(hotline, path.format(digest), tone(8000), "audio/mpeg")
    assert status == 415
    status, told = await put(hotline, path.format("..%2Fpush"), tone(8000))
    assert status == 422
