"""Codes that conditions hold, in Chinese and English. Pure."""

from collections.abc import Mapping

from callcenter.places.provinces import PROVINCES

Words = tuple[str, str]
UNKNOWN: Words = ("未知", "unknown")

CODES: Mapping[str, Mapping[str, Words]] = {
    "tier": {
        "0": ("普通", "ordinary"),
        "1": ("银牌", "silver"),
        "2": ("金牌", "gold"),
        "3": ("贵宾", "VIP"),
    },
    "province": {"": UNKNOWN} | {code: (one.zh, one.en) for code, one in PROVINCES.items()},
    "language": {"zh": ("中文", "Chinese"), "en": ("英文", "English")},
    "energy": {
        "petrol": ("汽油", "petrol"),
        "diesel": ("柴油", "diesel"),
        "hybrid": ("油电混动", "hybrid"),
        "plug_in_hybrid": ("插电混动", "plug-in hybrid"),
        "electric": ("纯电", "electric"),
    },
    "visit": {
        "first_service": ("首保", "first service"),
        "maintenance": ("保养", "maintenance"),
        "repair": ("维修", "repair"),
        "accident": ("事故", "accident"),
        "recall": ("召回", "recall"),
    },
    "ticket": {
        "complaint": ("投诉", "complaint"),
        "technical": ("技术咨询", "technical question"),
        "rescue": ("救援", "rescue"),
        "enquiry": ("咨询", "enquiry"),
        "part_order": ("订货", "part order"),
    },
    "outcome": {
        "delivered": ("已送达", "delivered"),
        "undelivered": ("未送达", "not delivered"),
        "answered": ("已接听", "answered"),
        "busy": ("占线", "busy"),
        "no_answer": ("无人接听", "no answer"),
        "unreachable": ("无法接通", "unreachable"),
        "machine": ("应答机", "a machine"),
        "abandoned": ("接通后无坐席", "abandoned"),
        "hung_up": ("中途挂断", "hung up"),
        "refused": ("拒绝", "refused"),
        "opted_out": ("退订", "opted out"),
        "wrong_number": ("号码错误", "wrong number"),
        "call_back": ("约定回电", "call back"),
        "booked": ("已预约", "booked"),
        "survey_done": ("问卷已完成", "survey done"),
        "survey_begun": ("问卷未完成", "survey begun"),
        "noted": ("已记录", "noted"),
    },
    "quantile": {
        "p10": ("最早到期日", "earliest due date"),
        "p50": ("预计到期日", "expected due date"),
        "p90": ("最晚到期日", "latest due date"),
    },
}


def said(table: str, code: object, language: str) -> str:
    """A code of this table in words; itself where it has none."""
    zh, en = CODES[table].get(str(code), (str(code), str(code)))
    return en if language == "en" else zh
