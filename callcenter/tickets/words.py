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


MERGED = {
    "zh": "【救援】您的工单 {number} 与 {other} 是同一次救援,已一并处理,救援不会中断。"
    "进展会发给您:{url}",
    "en": "[Rescue] Your {number} is the same rescue as {other}: both are handled as one, and help "
    "goes on. You will hear how it goes: {url}",
}

MERGE_UNDONE = {
    "zh": "【救援】工单 {number} 已恢复单独处理,我们正在为您安排救援。查看:{url}",
    "en": "[Rescue] {number} is handled on its own again; we are sending help to you. Follow: "
    "{url}",
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


def merged_words(language: str, *, number: str, other: str, url: str) -> str:
    """The text message to a caller whose rescue is handled with another's."""
    return MERGED[language].format(number=number, other=other, url=url)


def merge_undone_words(language: str, *, number: str, url: str) -> str:
    """The text message to a caller whose rescue is handled on its own again."""
    return MERGE_UNDONE[language].format(number=number, url=url)


def link_words(language: str, *, url: str, minutes: int) -> str:
    """The text message with the location link."""
    return LINK[language].format(url=url, minutes=minutes)


def follow_up_words(*, number: str, score: int, words: str) -> str:
    """What the complaint out of a bad rating says, for the desk."""
    said = f":{words}" if words else "。"
    return f"车主对救援 {number} 评 {score} 分,请致电回访{said}"
