"""WAV files of a telephone line: mono, 16 bit, 8,000 samples a second. Pure."""

import io
import wave
from typing import Any

import numpy as np
from numpy.typing import NDArray

from callcenter.telephony.prompts.errors import RecordingRefused

LINE_RATE = 8000
STUDIO_RATES = (LINE_RATE, 16000)
MOST_S = 120
Samples = NDArray[np.int16]


def recording(data: bytes) -> bytes:
    """A studio's file as the line plays it; raises RecordingRefused."""
    try:
        samples, rate = read(data)
    except ValueError:
        raise RecordingRefused(most_s=MOST_S) from None
    if rate not in STUDIO_RATES or not 0 < len(samples) <= MOST_S * rate:
        raise RecordingRefused(most_s=MOST_S)
    return written(resampled(samples, rate))


def read(data: bytes) -> tuple[Samples, int]:
    """The samples and how many make a second; raises ValueError."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            kind, rate = (file.getnchannels(), file.getsampwidth()), file.getframerate()
            frames = file.readframes(file.getnframes())
    # The last is the library's, for a piece that says it is longer than the file.
    except (wave.Error, EOFError, RuntimeError) as failure:
        raise ValueError("no WAV file") from failure
    if kind != (1, 2):
        raise ValueError("neither mono nor 16 bit")
    return np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2"), rate


def written(samples: Samples) -> bytes:
    """The file for the line."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(LINE_RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()


def resampled(samples: Samples, rate: int) -> Samples:
    """At the line's rate, with nothing left of what lies above its half."""
    if rate == LINE_RATE or not len(samples):
        return samples
    # A second of silence behind it: the transform goes round, and its end must not reach its start.
    padded = len(samples) + rate
    wanted = round(padded * LINE_RATE / rate)
    spectrum: Any = np.fft.rfft(samples.astype(np.float64), padded)
    cut = spectrum[: wanted // 2 + 1]
    narrow = np.fft.irfft(cut, wanted) * (wanted / padded)
    kept = narrow[: round(len(samples) * LINE_RATE / rate)]
    return np.clip(np.rint(kept), -32768, 32767).astype(np.int16)


def seconds(data: bytes) -> float:
    """How long a file of the line is."""
    samples, rate = read(data)
    return round(len(samples) / rate, 2)
