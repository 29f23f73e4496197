"""The first words to somebody beside a broken car: what to do now, in two languages."""

SAFETY = {
    "zh": {
        "expressway": "请打开双闪,人员立即撤到护栏外侧并远离车辆;三角牌放在来车方向150米以外。",
        "road": "请打开双闪,人员撤到安全处,不要站在车前车后;三角牌放在来车方向50米以外。",
        "danger": "如有人受伤或起火,请先拨打120、119;事故拨打122,其他危险拨打110。",
    },
    "en": {
        "expressway": "Hazard lights on. Everybody out, behind the guard rail, away from the car. "
        "Triangle 150 m behind.",
        "road": "Hazard lights on. Go to a safe place, never before or behind the car. "
        "Triangle 50 m behind.",
        "danger": "Injury or fire: call 120 or 119 first. Accident: 122. Other danger: 110.",
    },
}

FIRST = {
    "zh": "【救援】工单 {number} 已受理。{safety}查看进度或更正位置:{url}",
    "en": "[Rescue] Ticket {number}. {safety} Follow it or correct the place: {url}",
}

SAFETY_AGAIN = {"zh": "【救援】工单 {number}:{safety}", "en": "[Rescue] Ticket {number}: {safety}"}

LINK = {
    "zh": "【救援】请点开发送您的位置({minutes}分钟内有效):{url}",
    "en": "[Rescue] Open this to send your position (valid {minutes} min): {url}",
}


def safety_words(language: str, *, danger: bool, expressway: bool) -> str:
    """What to do now; the dangerous first."""
    words = SAFETY[language]
    where = words["expressway" if expressway else "road"]
    return f"{words['danger']} {where}" if danger else where


def first_words(language: str, *, number: str, url: str, danger: bool, expressway: bool) -> str:
    """The text message that follows the call."""
    safety = safety_words(language, danger=danger, expressway=expressway)
    return FIRST[language].format(number=number, safety=safety, url=url)


def safety_again_words(language: str, *, number: str, danger: bool, expressway: bool) -> str:
    """The text message when it has become more urgent than was known at first."""
    safety = safety_words(language, danger=danger, expressway=expressway)
    return SAFETY_AGAIN[language].format(number=number, safety=safety)


def link_words(language: str, *, url: str, minutes: int) -> str:
    """The text message with the location link."""
    return LINK[language].format(url=url, minutes=minutes)
