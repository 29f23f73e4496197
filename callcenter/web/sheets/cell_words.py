"""What people write into cells, as values. Pure; each raises Unclear in the user's words."""

import re
import unicodedata
from datetime import date, datetime

from callcenter.errors import CallCenterError

NOTHING = frozenset({"无", "没有", "none", "-", "—", "/"})
OLDEST_YEAR, NEWEST_YEAR = 1900, 2200
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\s*[\d:.]+)?")
_TIGHT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


class Unclear(ValueError):
    """Why a cell cannot be used."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en

    @classmethod
    def because(cls, refusal: CallCenterError) -> "Unclear":
        """The same refusal as the API's."""
        return cls(refusal.message("zh"), refusal.message("en"))


def plain(word: str) -> str:
    """Without case, width, spaces and signs."""
    narrow = unicodedata.normalize("NFKC", word).casefold()
    return "".join(sign for sign in narrow if sign.isalnum())


def table(text: str) -> dict[str, str]:
    """Word -> code, out of lines "code: word word"."""
    rows = (line.partition(":") for line in text.strip().splitlines())
    return {plain(word): code for code, _, words in rows for word in (code, *words.split())}


YES_NO = table("yes: 是 有 可 可以 同意 y true 1\nno: 否 无 不可 不可以 不同意 拒绝 n false 0")
LANGUAGES = table("""
zh: 中文 汉语 简体中文 chinese zhcn
en: 英文 英语 english
""")


def is_nothing(text: str) -> bool:
    """Says by a word that there is none, which an empty cell does not."""
    return text.strip().casefold() in NOTHING


def one_of(text: str, known: dict[str, str], known_zh: str) -> str:
    """The code of one word."""
    code = known.get(text) or known.get(plain(text))
    if code is None:
        codes = ", ".join(sorted(set(known.values())))
        raise Unclear(f"“{text}”不认识,可写:{known_zh}", f'"{text}" is not known; write: {codes}')
    return code


def yes_or_no(text: str) -> bool:
    return one_of(text, YES_NO, "是、否") == "yes"


def language(text: str) -> str:
    return one_of(text, LANGUAGES, "中文、英文")


def day(text: str) -> date:
    """2026-03-05, 2026/3/5, 2026年3月5日, 20260305, or with a time of day behind it."""
    found = _DAY.fullmatch(text) or _TIGHT_DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        read = date(int(found[1]), int(found[2]), int(found[3]))
        if not OLDEST_YEAR <= read.year <= NEWEST_YEAR:
            raise ValueError
    except ValueError:
        raise Unclear(
            f"“{text[:40]}”不是日期,例:2026-03-05", f'"{text[:40]}" is no date, such as 2026-03-05'
        ) from None
    return read


def moment(text: str) -> datetime | date:
    """A day, or a day with its time; without a zone."""
    try:
        return datetime.fromisoformat(text) if len(text) > 10 else day(text)
    except ValueError:
        return day(text)
