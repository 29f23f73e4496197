"""Numbers as people say and write them: 1234, 一千二百三十四, 1千零24, 幺二三四, 两百."""

import re

NUMERAL = r"[0-9零〇○一二两三四五六七八九十百千幺壹贰叁肆伍陆柒捌玖拾佰仟廿卅]"
"""One sign of a number, for use in a larger expression."""

LONGEST = 16
"""Signs; no number on a road needs more."""

_SAID = "零〇○一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_DIGITS = dict(zip(_SAID, "00012234567891123456789", strict=True))
_PLAIN = str.maketrans({**_DIGITS, "拾": "十", "佰": "百", "仟": "千", "廿": "2十", "卅": "3十"})
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PART = re.compile(r"(\d*)([十百千]?)")


def whole_number(said: str) -> int | None:
    """The value, None when the signs make none. A last digit counts as people mean it: 一千二 is
    1200, 三百五 is 350, but 一千零二 is 1002; signs without a unit are read one by one."""
    if len(said) > LONGEST:
        return None
    plain = said.translate(_PLAIN)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    value, unit_before = 0, 10_000
    for digits, unit in _PART.findall(plain):
        if unit:
            size = _UNITS[unit]
            # 十二 and 百零五 leave their one out, 千 alone is no number.
            if size >= unit_before or not (digits or size == 10 or _starts(plain, unit)):
                return None
            value, unit_before = value + int(digits or 1) * size, size
        elif digits:
            if int(digits) >= unit_before:
                return None
            value += int(digits) * (unit_before // 10 if len(digits) == 1 else 1)
    return value if unit_before < 10_000 else None


def _starts(plain: str, unit: str) -> bool:
    return unit == "百" and len(plain) > 1 and plain[0] == unit


def digits_of(said: str) -> str | None:
    """The digits of a number that names something: 幺零七 and 一百零七 are 107, 012 stays 012."""
    plain = said.translate(_PLAIN)
    if plain.isascii() and plain.isdigit():
        return plain
    number = whole_number(said)
    return None if number is None else str(number)


def thousandths(said: str) -> int | None:
    """What stands behind a decimal point, in thousandths: 5 is 500, 零五 is 50; None when the
    signs are no digits."""
    plain = said.translate(_PLAIN)
    return int(f"{plain}00"[:3]) if plain.isascii() and plain.isdigit() else None
