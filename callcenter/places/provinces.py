"""The 34 provincial units: ISO 3166-2:CN codes, names, neighbours, and GeoNames' codes for them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """One provincial unit; `geonames`: GeoNames' admin1 code, for three of them the country."""

    code: str
    zh: str
    en: str
    geonames: str
    neighbours: frozenset[str]


def _table(text: str) -> dict[str, Province]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return {
        code: Province(code, zh, en, geonames, frozenset(neighbours.split()))
        for code, zh, en, geonames, neighbours in rows
    }


PROVINCES = _table("""
BJ|北京|Beijing|22|HE TJ
TJ|天津|Tianjin|28|BJ HE
HE|河北|Hebei|10|BJ TJ LN NM SX HA SD
SX|山西|Shanxi|24|HE NM SN HA
NM|内蒙古|Inner Mongolia|20|HL JL LN HE SX SN NX GS
LN|辽宁|Liaoning|19|JL NM HE
JL|吉林|Jilin|05|HL NM LN
HL|黑龙江|Heilongjiang|08|JL NM
SH|上海|Shanghai|23|JS ZJ
JS|江苏|Jiangsu|04|SH ZJ AH SD
ZJ|浙江|Zhejiang|02|SH JS AH JX FJ
AH|安徽|Anhui|01|JS ZJ JX HB HA SD
FJ|福建|Fujian|07|ZJ JX GD
JX|江西|Jiangxi|03|ZJ AH HB HN GD FJ
SD|山东|Shandong|25|HE HA AH JS
HA|河南|Henan|09|HE SX SN HB AH SD
HB|湖北|Hubei|12|HA SN CQ HN JX AH
HN|湖南|Hunan|11|HB CQ GZ GX GD JX
GD|广东|Guangdong|30|FJ JX HN GX HI HK MO
GX|广西|Guangxi|16|GD HN GZ YN
HI|海南|Hainan|31|GD
CQ|重庆|Chongqing|33|HB HN GZ SC SN
SC|四川|Sichuan|32|CQ GZ YN XZ QH GS SN
GZ|贵州|Guizhou|18|HN GX YN SC CQ
YN|云南|Yunnan|29|GX GZ SC XZ
XZ|西藏|Tibet|14|YN SC QH XJ
SN|陕西|Shaanxi|26|SX NM NX GS SC CQ HB HA
GS|甘肃|Gansu|15|SN NM NX QH XJ SC
QH|青海|Qinghai|06|GS XJ XZ SC
NX|宁夏|Ningxia|21|NM GS SN
XJ|新疆|Xinjiang|13|GS QH XZ
HK|香港|Hong Kong|HK|GD
MO|澳门|Macau|MO|GD
TW|台湾|Taiwan|TW|
""")

BY_GEONAMES = {province.geonames: province.code for province in PROVINCES.values()}


def neighbours_of(code: str) -> frozenset[str]:
    """Codes of the units that share a border (or the strait's ferry) with this one."""
    province = PROVINCES.get(code)
    return province.neighbours if province else frozenset()


_ENDING = re.compile("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")


def _by_name() -> dict[str, Province]:
    return {
        name: one
        for one in PROVINCES.values()
        for name in (one.code.casefold(), one.zh, one.en.casefold())
    }


_NAMED = _by_name()


def province_named(text: str) -> Province | None:
    """By code, Chinese or English name, long or short; None where no province is called so."""
    return _NAMED.get(_ENDING.sub("", text.strip()).casefold())
