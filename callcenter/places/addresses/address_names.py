"""Which names in a sentence say where the car is: not roads, directions, makes, or words."""

import re
from dataclasses import dataclass
from itertools import islice

from callcenter.places.addresses.districts import Districts
from callcenter.places.addresses.name import Name

NO_PLACE_BEHIND = re.compile(
    r"[东西南北中]?[一二三四五六七八九十新老]?(?:路|街|大街|大道|道(?!外|里)|巷|胡同|弄|高速|公路|国道|快速路|高架|大桥|"
    r"桥(?!东|西)|立交|隧道|服务[区去]|停车区|收费站|出口|入口|互通|枢纽|匝道|绕城|环城|环线|[一二三四五六七内外]环)"
    r"|[镇乡村屯庄]|街道|新村|花园|公园|广场|小区|大厦|饭店|宾馆|酒店|大酒店|医院|大学|学院|中学|小学|银行|"
    r"分行|商场|火锅|拉面|菜|时间|口音|人(?!民)|户口|籍|牌|的?车牌|号牌|车主|大众|通用|现代|本田|丰田|奔驰|吉普|"
    r"汽车(?!站)|五菱|标致|三菱|铃木|马自达|福特|品牌|控股|集团|公司"
)
"""Behind a short form: it is a part of another name."""

BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[在于是到处这址们里我咱叫为属系点家位近省市区县旗州盟])$"
)
"""What stands before a short form; anything else, and its signs belong to other words."""

AWAY_BEFORE = re.compile(
    r"(?:往|去|去往|向|朝|开往|前往|通往|驶往|驶向|发往|来自|返回|回|奔|→|->|方向是?|目的地是?|家[在住]|住在?|老家在|公司在|离|距|距离|离着|从|由|打从|自|经|经过|路过"
    r"|(?:要|想|准备|打算|没|没有|快要|马上|快|才|就能|能|公里|千米|里|分钟|小时|km|KM)[就才要能]?到"
    r"|(?:从|由|自).{1,12}[到至])(?:达)?(?:了)?$"
)
AWAY_SIGNS = 20
"""Before names: where somebody comes from or goes to."""

AWAY_BEHIND = re.compile(
    r"^(?:那边|那头)?(?:的)?(?:方[向像象项]|方面|去的|来的|过来|出发|回来|出来|走(?:的)?|开的|至|路上|途中|以[东西南北]|"
    r"还有|大概还|差不多还)"
)
BETWEEN = re.compile(r"^\s*(?:和|与|跟|同|到|至).{1,12}?(?:之间|中间|交界)")
TOWARDS_BEHIND = re.compile(r"^\s*(?:往|去|向|到|至|开往|前往|→|->)(?!了)")
CUT = {"市": "场民长委立", "区": "间域块", "县": "道级", "省": "道级", "州": "际"}
"""A kind that is the beginning of another word: 市场, 省道."""

FILLER = re.compile(
    r"[\s,,、。.;;:·/\-]*(?:的|那个|这个|那边|下面|嗯|呃|啊|市区|市里|境内|地区)?[\s,,、。.]*$"
)
"""What may stand between the names of one place."""


MOST_NAMES = 30
"""More names than that are a list and no sentence; each one costs time."""


@dataclass(frozen=True)
class Said:
    """A name where it stands. `joined`: it follows the name before it directly."""

    start: int
    end: int
    text: str
    name: Name
    joined: bool


def said_names(text: str, districts: Districts) -> list[Said]:
    """The names that say where, in their order."""
    groups: list[list[Said]] = []
    for start, end, name in islice(districts.found_in(text), MOST_NAMES):
        start, end, name = _whole(text, start, end, name, districts)
        last = groups[-1][-1] if groups else None
        joined = last is not None and FILLER.match(text[last.end : start]) is not None
        if not name.official and not _is_place(text, start, end, joined):
            continue
        said = Said(start, end, text[start:end], name, joined)
        if joined:
            groups[-1].append(said)
        else:
            groups.append([said])
    return [
        said for at, group in enumerate(groups) if not _is_away(text, groups, at) for said in group
    ]


def _whole(
    text: str, start: int, end: int, name: Name, districts: Districts
) -> tuple[int, int, Name]:
    kind, behind = text[end - 1], text[end : end + 1]
    bare = districts.names.get(text[start : end - 1])
    if bare and behind and behind in CUT.get(kind, ""):
        return start, end - 1, bare
    return start, end, name


def _is_place(text: str, start: int, end: int, joined: bool) -> bool:
    if NO_PLACE_BEHIND.match(text, end):
        return False
    before = text[max(start - AWAY_SIGNS, 0) : start]
    return joined or BEFORE.search(before[-1:]) is not None or _away(before)


def _away(before: str) -> bool:
    return AWAY_BEFORE.search(before[-AWAY_SIGNS:]) is not None


def _is_away(text: str, groups: list[list[Said]], at: int) -> bool:
    group = groups[at]
    before, behind = text[: group[0].start], text[group[-1].end :]
    if _away(before) or AWAY_BEHIND.match(behind) or BETWEEN.match(behind):
        return True
    # "沈阳往大连": a trip; "沈阳大东区往大连" says where, and then where to.
    goes = TOWARDS_BEHIND.match(behind)
    if behind[:1] in ("回", "向", "朝") and at + 1 < len(groups):
        # Of these only with a name directly behind: 回龙观, 向阳路, 朝阳.
        goes = (
            goes or (groups[at + 1][0].start == group[-1].end + 1 and re.match(".", behind)) or None
        )
    exact = any(said.name.official for said in group) or len(group) > 1
    return goes is not None and (not exact or goes[0] == "到")
