"""Sentences as speech recognition and hurried typing leave them, put right sign by sign.

Only what can be nothing else on a road: 公理 for 公里, k12+5oo for k12+500, 1,234公里 for 1234公里,
and names of trunk expressways written with other signs of the same sound (深海高速, 护昆高速).
"""

import re
from itertools import product

from callcenter.places.roads.expressways import EXPRESSWAYS

_WORDS = """
公理=公里 公力=公里 高诉=高速 高素=高速 方像=方向 方象=方向 服务去=服务区 收费战=收费站
收费占=收费站 轧道=匝道 扎道=匝道 遂道=隧道 里程被=里程碑 里程杯=里程碑 桩好=桩号 庄号=桩号
百米庄=百米桩
"""
_MISHEARD = dict(pair.split("=") for pair in _WORDS.split())
_WORD = re.compile("|".join(_MISHEARD) + r"(?!了)")
_RADIO = {"洞": "零", "拐": "七", "勾": "九"}
_SAID_DIGIT = "0-9零幺一二两三四五六七八九洞拐勾"
_RADIO_DIGIT = re.compile(rf"(?<=[{_SAID_DIGIT}])[洞拐勾](?=[{_SAID_DIGIT}])")
_LETTER_O = re.compile(r"(?<=\d)[oO]{1,3}(?![A-Za-z])")
_SPACED = re.compile(r"(?<![^\s▮])\d(?: \d){1,4}(?=\s*(?:公里|千米|米))")
_THOUSANDS = re.compile(
    r"(?<![\dA-JL-LN-Za-jl-ln-z.,])(\d{1,2}),(\d{3})(?=\s*(?:公里|千米|km|[+加]|$))"
)
_BREATH = re.compile(r"(?<=[百千]),\s*(?=[零一二三四五六七八九]十?[一二三四五六七八九]?\s*公里)")

_SOUNDS = """
京惊经 哈 沪护户互 台抬 港 澳奥 昆坤 藏脏 新心欣 鹤贺 大 沈审婶深申伸 海 长常 绥随岁 满 珲浑 乌污屋
丹单 锡西希 荣容蓉融 青清轻 银音寅 兰蓝岚 连联莲 霍货祸 宁凝 洛落 陕闪 渝鱼玉 杭航 瑞锐睿 福富付
厦夏 汕善 广 包 茂冒贸 泉全 南
"""
_OF_SOUND = {sign: group for group in _SOUNDS.split() for sign in group}
_OFFICIAL = {road.names[0] for road in EXPRESSWAYS.values() if road.pinyin}
_KNOWN = {name for road in EXPRESSWAYS.values() for name in road.names}


def put_right(text: str) -> str:
    """A plain text with such slips mended; spaces between single digits go."""
    text = _WORD.sub(lambda match: _MISHEARD.get(match[0], match[0]), text)
    text = _LETTER_O.sub(lambda match: "0" * len(match[0]), text)
    text = _RADIO_DIGIT.sub(lambda match: _RADIO[match[0]], text)
    text = _THOUSANDS.sub(r"\1\2", text)
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    return _BREATH.sub("", text)


def trunk_of_sound(name: str) -> str | None:
    """The one trunk expressway whose name sounds like this one: 深海 is 沈海."""
    if not 2 <= len(name) <= 3 or name in _KNOWN:
        return None
    groups = [_OF_SOUND.get(sign, sign) for sign in name]
    meant = {"".join(signs) for signs in product(*groups)} & _OFFICIAL
    return meant.pop() if len(meant) == 1 else None
