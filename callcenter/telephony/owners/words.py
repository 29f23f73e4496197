"""What owners are told, in two languages. Pure."""

from collections.abc import Mapping

from callcenter.outbound.dialling.keys import OF_EVERY_CALL, KeyAct, KeyMenu
from callcenter.telephony.flow.model import Language

ACTS: dict[Language, dict[KeyAct, str]] = {
    "zh": {
        KeyAct.BOOK: "预约请按{key}",
        KeyAct.CALL_BACK: "需要人工回电请按{key}",
        KeyAct.SURVEY: "参加简短调查请按{key}",
        KeyAct.AGAIN: "重听请按{key}",
        KeyAct.WRONG_NUMBER: "我们打错了请按{key}",
        KeyAct.OPT_OUT: "此号码不再接收自动语音电话请按{key}",
    },
    "en": {
        KeyAct.BOOK: "to book press {key}",
        KeyAct.CALL_BACK: "to be called back by a person press {key}",
        KeyAct.SURVEY: "for a short survey press {key}",
        KeyAct.AGAIN: "to hear this again press {key}",
        KeyAct.WRONG_NUMBER: "if we have the wrong number press {key}",
        KeyAct.OPT_OUT: "to get no more automated calls on this number press {key}",
    },
}
TEXTS: dict[Language, dict[str, str]] = {
    "zh": {
        "wrong": "没有这个选项。",
        "book": "已登记预约意向,我们会与您确认时间。再见。",
        "call_back": "好的,客服会给您回电。再见。",
        "wrong_number": "对不起,打扰您了。我们不再拨打这个号码。再见。",
        "opt_out": "好的,今后不再向此号码拨打自动语音电话,救援和安全召回除外。再见。",
        "survey_done": "调查完成,谢谢您。再见。",
        "bye": "谢谢,再见。",
        "abandoned": "您好,这里是{house},电话{number}。坐席暂时都在通话中,我们不再打扰您,"
        "如有需要请致电。再见。",
    },
    "en": {
        "wrong": "That is no choice.",
        "book": "Noted. We will arrange the time with you. Goodbye.",
        "call_back": "You will be called back. Goodbye.",
        "wrong_number": "We are sorry to have troubled you. This number is not called by us any "
        "more. Goodbye.",
        "opt_out": "This number gets no more automated calls from us, but for rescues and "
        "safety recalls. Goodbye.",
        "survey_done": "That was all, thank you. Goodbye.",
        "bye": "Thank you, goodbye.",
        "abandoned": "Hello, this is {house}, telephone {number}. All our agents are speaking, so "
        "we will not keep you. Please call us if you wish. Goodbye.",
    },
}


def menu_words(language: Language, menu: KeyMenu) -> str:
    """All keys of a call, those of every call last."""
    keys = [*menu.acts.items(), *OF_EVERY_CALL.items()]
    comma, stop = (", ", ".") if language == "en" else (",", "。")
    return comma.join(ACTS[language][act].format(key=key) for key, act in keys) + stop


def abandoned_words(language: Language, house: Mapping[Language, str], number: str) -> str:
    """For who answered and has no agent: who called, and where he reaches us."""
    spoken = number if language == "zh" else " ".join(number)
    return TEXTS[language]["abandoned"].format(house=house[language], number=spoken)
