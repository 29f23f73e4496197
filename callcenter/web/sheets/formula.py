"""A text that a spreadsheet would run as a formula is kept a text.

In .csv only an apostrophe before it does so; it is taken away again when the file comes back.
"""

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """With an apostrophe before what begins with = + - @ or a tab."""
    return f"'{text}" if _RUNS.match(text) else text


def without_guard(text: str) -> str:
    """As it was before `guarded`."""
    return text[1:] if _GUARDED.match(text) else text
