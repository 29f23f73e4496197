"""Numbers of kilometres that are no post: a way driven or ahead, a speed, a reading."""

import re

_ABOUT = r"(?:大概|大约|差不多|将近|接近|约|近|快|有|是|了|的|\s){0,3}"
_BEFORE = (
    # A way to something, or from it.
    r"[离距][^公]{0,16}",
    rf"(?:还有?|[剩差](?!不多)|相距|不到|超过|足足|整整|至少|路程){_ABOUT}",
    r"(?:再|往前|向前|前行|往后|倒|前面|前方)[^,]{0,4}",
    r"(?:过|从)[^,]{1,14}(?:后|往.|向.)(?:走|开)?",
    rf"[往向朝][东南西北]{{1,2}}(?:走|开|行驶?)了?{_ABOUT}",
    # A way driven.
    rf"(?:开|跑|走|行|驶|骑|挪|推|拖|滑){_ABOUT}(?:了|出|有|过){_ABOUT}",
    rf"(?:已|刚|才|每|共|限|时)(?:经|好)?(?:开|跑|走|行驶|行|隔)?{_ABOUT}",
    r"[总全][长程共][^,]{0,3}",
    # What instruments and rules say.
    r"(?:[时车限]速|速度)[^,]{0,5}",
    r"(?:续航|里程(?:数|表)?|保养|首保|换|质保|修过?)[^,]{0,6}",
    r"(?:油耗|表[上显]|免费|救援|拖车|超出|多)[^,]{0,4}",
    r"公里数[^,]{0,3}",
    r"(?:for|after|another|drove|driven|only|about|still|distance(?:\s+of)?)\s+(?:\w+\s)?",
)
_BEHIND = (
    r"/|每|的?时速|一?小时|的?速度|的?续航|的?路程|的路(?!牌)|远|长(?![春沙深])|一次|油耗|多?的?油",
    r"外(?![环圈])|开外|之[外内]|以[内外上下]|[前后](?![面方段]|\d)|左右[就能到]",
    r"就?[能可]?到(?![处达\d]|底)|才|没[油电]|费|元|块|的?保养",
    r"per|an?\s+hour|away|to\s|from|left|long|ahead|so\s+far|on\s+the\s+(?:clock|odometer)",
)
_IS_BEFORE = re.compile(f"(?:{'|'.join(_BEFORE)})$", re.IGNORECASE)
_IS_BEHIND = re.compile(rf"\s*(?:{'|'.join(_BEHIND)})", re.IGNORECASE)
_A_WAY_OFF = re.compile(r"[往向朝去奔](?:[东南西北]{1,2}|\w{2,4})$")
_STANDS_BEHIND = re.compile(
    r"(?:^|[\u25ae\s:()/-]|[在于至第处上的是约]|到了?|大概|差不多|可能|应该|估计|好像|看[到见]|方向"
    r"|[上下]行线?|[内外][环圈]|[往向朝去奔][^,]{1,5}|\w[往到至去]\w{1,4}|境内|高速|国道|省道|公路|嗯|呃|啊|那个|写着|[段边侧])$"
)
_STANDS_BEFORE = re.compile(
    r"\s*(?:$|[\u25ae\s,.;!?。:()/>~→-]|左右|上下|多一?点|不到|差不多|[刚才]?过一?点|刚过|整|半|[之中]间|[往向去朝到由从开停出撞坏抛爆熄没吧呢啊嘛了]"
    r"|[上下]行|[内外][环圈]|的样子|的?地方|\w{1,6}(?:方向|往|去))"
)


def is_distance(before: str, behind: str) -> bool:
    """Whether the words before or behind a number of kilometres make it one."""
    return bool(_IS_BEFORE.search(before) or _IS_BEHIND.match(behind))


def is_a_way_off(before: str) -> bool:
    """Whether few kilometres behind these words may be a way to go: 往北30公里."""
    return _A_WAY_OFF.search(before) is not None


def stands_as_a_place(before: str, behind: str) -> bool:
    """Whether a number of kilometres stands where a place is told: by itself, or behind words as
    在 and 方向. What is said of distances has no end (堵了5公里, 轮胎用了3000公里)."""
    return bool(_STANDS_BEHIND.search(before) and _STANDS_BEFORE.match(behind))
