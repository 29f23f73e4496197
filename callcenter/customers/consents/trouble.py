"""Whether what somebody writes may be a call for help with his car, by its words. Pure."""

import re
import unicodedata

_TROUBLE = re.compile(
    r"救援|救命|救我|急救|抛锚|事故|车祸|追尾|翻车|侧翻|撞车|被撞|撞了|撞上|拖车|拖走|受伤|流血"
    r"|[打点]不着|打不起火|[启发起]动不|(?:不能|无法|没法)(?:启动|发动|行驶|开走)"
    r"|开不[了动走]|走不[了动]|动不了|动弹不得|困在|困住|被困|爆胎|胎爆|没气了|没电|亏电|没油"
    r"|冒烟|着火|起火|自燃|漏[油水液]|失灵|失控|刹不住|熄火|趴窝|故障|异响|打滑|过热|开锅"
    r"|停止(?:发动|工作|运转|转动)|发动机停|半路|路边|高速上|应急车道|隧道里|12122|锁在车里|陷[在进住]"
    r"|[车胎门锁灯机瓶匙]坏|坏(?:在|路上|半路)"
    r"|\baccident\b|\bcrash(?:ed)?\b|\bcollision\b|\bbro(?:ke|ken)[ -]?down\b"
    r"|\bbreak(?:ing|s)?[ -]?down\b|\btow(?:s|ed|ing)?\b|\brescued?\b|\bstranded\b|\bstuck\b"
    r"|\bflat (?:tyre|tire|battery)\b|\b(?:tyre|tire) (?:burst|blew)\b|\bpuncture\b"
    r"|\b(?:dead|empty) battery\b|\bbattery (?:is )?(?:dead|empty|flat)\b"
    r"|(?:\bnot|n't|\bcannot) (?:start|move)(?:ing)?\b|\bstall(?:ed|s)\b"
    r"|\bsmok(?:e|ing)\b|\bfire\b|\boverheat\w*|\bbrakes?\b|\binjur\w+|\bhurt\b|\bbleeding\b"
    r"|\bemergency\b|\bambulance\b|\broadside\b|\bon the (?:motorway|highway|expressway)\b"
    r"|\bout of (?:fuel|petrol|gas)\b|\blocked (?:in|out)\b",
    re.IGNORECASE,
)


def speaks_of_trouble(text: str) -> bool:
    """A breakdown, an accident or a rescue is spoken of; in doubt it is, and a person reads it."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    return _TROUBLE.search(plain) is not None
