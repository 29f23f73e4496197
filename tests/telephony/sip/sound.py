"""Sound that is measured: tones made, tones found again, G.711 A-law between them."""

import math
import wave
from pathlib import Path

import numpy as np

RATE_HZ = 8000
FRAME = 160
"""Samples in a packet: 20 ms."""
LOUD = 8000
AUDIBLE = 0.05
"""Of LOUD: quieter is not heard. A tone that is really there comes back with about 1."""
SILENCE = b"\xd5" * FRAME


def _to_linear(code: int) -> int:
    code ^= 0x55
    exponent, mantissa = (code & 0x70) >> 4, (code & 0x0F) << 4
    size = mantissa + 8 if exponent == 0 else (mantissa + 0x108) << (exponent - 1)
    return size if code & 0x80 else -size


LINEAR = np.array([_to_linear(code) for code in range(256)], dtype=np.int32)
_ORDER = np.argsort(LINEAR)
_EDGES = (LINEAR[_ORDER][1:] + LINEAR[_ORDER][:-1]) / 2


def to_alaw(samples: np.ndarray) -> bytes:
    """The nearest of the 256 levels, each."""
    return _ORDER[np.searchsorted(_EDGES, samples)].astype(np.uint8).tobytes()


def tone(*hertz: float, seconds: float = 1.0) -> np.ndarray:
    """These tones at once, each LOUD."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return LOUD * sum((np.sin(2 * math.pi * hz * at) for hz in hertz), np.zeros(len(at)))


class Heard:
    """What came out of a receiver for a while."""

    def __init__(self, samples: np.ndarray, rate: float = RATE_HZ) -> None:
        self.samples, self.rate = samples, rate

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    def level(self, hertz: float) -> float:
        """How loud the tone is, 1 as it was sent. Goertzel's sum, over the whole."""
        if not len(self.samples):
            return 0.0
        turned = np.exp(-2j * math.pi * hertz / self.rate * np.arange(len(self.samples)))
        return float(2 * abs(np.dot(self.samples, turned)) / len(self.samples) / LOUD)

    def has(self, hertz: float) -> bool:
        """Whether a person would hear it."""
        return self.level(hertz) > AUDIBLE

    def tones(self, *hertz: float) -> set[float]:
        """Those of them that are heard."""
        return {hz for hz in hertz if self.has(hz)}

    def is_only(self, hertz: float) -> bool:
        """Whether nearly all of the sound is this tone."""
        power = float(np.mean(self.samples.astype(float) ** 2))
        return (self.level(hertz) * LOUD) ** 2 / 2 > 0.8 * power

    @property
    def is_silent(self) -> bool:
        """Nothing came, or nothing but silence."""
        return float(np.abs(self.samples).max(initial=0)) < AUDIBLE * LOUD


def write_prompt(path: Path, *hertz: float, seconds: float = 1.0, rate: int = RATE_HZ) -> Path:
    """A prompt of these tones; its media name, without the ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    at = np.arange(round(seconds * rate)) / rate
    samples = LOUD * sum((np.sin(2 * math.pi * hz * at) for hz in hertz), np.zeros(len(at)))
    with wave.open(str(path.with_suffix(".wav")), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return path.with_suffix("")


def from_alaw(codes: bytes) -> Heard:
    """What came over the line."""
    return Heard(LINEAR[np.frombuffer(codes, dtype=np.uint8)])


def read_wave(path: Path) -> Heard:
    """A recording, as if it were heard."""
    with wave.open(str(path), "rb") as file:
        frames = file.readframes(file.getnframes())
        return Heard(np.frombuffer(frames, dtype="<i2").astype(int), file.getframerate())
