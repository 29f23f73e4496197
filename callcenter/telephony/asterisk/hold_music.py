"""Music on hold of our own making, so that nobody who waits hears silence. Replaceable."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 8000
NOTE_S = 0.8
CHORDS = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
"""C, a minor, F, G: each note struck softly, one after the other."""
LOUDNESS = 3000


def write_hold_music(folder: Path) -> None:
    """A quarter of a minute into the folder, unless some music is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return
    notes = [_struck(hz) for chord in CHORDS for hz in (*chord, 2 * chord[0], chord[1])]
    with wave.open(str(folder / "hold.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.concatenate(notes).astype("<i2").tobytes())


def _struck(hz: float) -> NDArray[np.float64]:
    at = np.arange(int(NOTE_S * RATE_HZ)) / RATE_HZ
    sound = np.sin(2 * np.pi * hz * at) + 0.3 * np.sin(4 * np.pi * hz * at)
    swell = np.minimum(at / 0.02, 1) * np.exp(-2.5 * at)
    return np.asarray(LOUDNESS * sound * swell, dtype=np.float64)
