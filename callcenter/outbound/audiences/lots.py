"""Lots: whether an owner is drawn, by a salted hash, the same each time and in every run. Pure."""

from hashlib import sha256

LOTS = 1 << 20
"""A hash is one of so many lots: shares are exact to a millionth."""


def salt_number(words: str) -> int:
    """What the hash is salted with: 64 bits with sign, as the database counts."""
    return int.from_bytes(sha256(words.encode()).digest()[:8], "big", signed=True)


def lots_of(percent: float) -> int:
    """How many of the lots are drawn for this share, 0 to 100."""
    return round(percent / 100 * LOTS)
