"""Chinese text as syllables with tones. Pure.

espeak-ng 1.51 looks its characters up as syllables in Latin letters, which it then spells out in
English ("nin two hao three"); given as syllables to its voice for them, they are Mandarin.
"""

import re

from pypinyin import Style, lazy_pinyin

_LETTERS = {
    "A": "ei1",
    "B": "bi4",
    "C": "xi1",
    "D": "di4",
    "E": "yi4",
    "F": "ai2 fu5",
    "G": "ji4",
    "H": "ei2 chi5",
    "I": "ai4",
    "J": "zhei4",
    "K": "kei4",
    "L": "ai2 lu5",
    "M": "ai2 mu5",
    "N": "en1",
    "O": "ou1",
    "P": "pi4",
    "Q": "jiu4",
    "R": "a4",
    "S": "ai2 si5",
    "T": "ti4",
    "U": "you1",
    "V": "wei1",
    "W": "da2 bu5 liu5",
    "X": "ai2 ke5 si5",
    "Y": "wai4",
    "Z": "zei4",
}
_LATIN = re.compile("[A-Za-z]")


def syllables(text: str) -> str:
    """您好,G15 → nin2 hao3 , ji4 15: letters by their Chinese names, numbers as they stand."""
    said = lazy_pinyin(
        text, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda other: _spelt(other)
    )
    return " ".join(said)


def _spelt(other: str) -> str:
    return _LATIN.sub(lambda letter: f" {_LETTERS[letter[0].upper()]} ", other)
