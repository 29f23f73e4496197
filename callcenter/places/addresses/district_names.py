"""What people call provinces, cities and districts: short forms by rule, the others by hand."""

import re

PEOPLES = """
蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳
佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯
阿昌 普米 塔吉克 怒 鄂温克 鄂伦春 裕固 保安 独龙 基诺 各
"""
_OF_PEOPLES = re.compile(
    f"(?:{'|'.join(sorted(PEOPLES.split(), key=len, reverse=True))})(?:族|(?=自治))"
)
_KIND = re.compile(r"(?:特别行政区|自治[州县旗区]|新区|林区|特区|矿区|地区|[省市区县旗盟州])$")
_WING = re.compile(r"^(.).*?(?:(左|右)翼)?([前后中左右]旗)$")

BY_HAND = """
内蒙古 内蒙
香港特别行政区 香港特区 香港岛 九龙 新界
澳门特别行政区 澳门特区
锡林郭勒盟 锡盟
阿拉善盟 阿盟
呼和浩特市 呼市
乌鲁木齐市 乌市
哈尔滨市 哈市
齐齐哈尔市 齐市
石家庄市 石市
巴音郭楞蒙古自治州 巴州
博尔塔拉蒙古自治州 博州
克孜勒苏柯尔克孜自治州 克州
恩施土家族苗族自治州 恩施州
黔东南苗族侗族自治州 黔东南
黔西南布依族苗族自治州 黔西南
黔南布依族苗族自治州 黔南
襄阳市 襄樊 襄樊市
普洱市 思茅市
浦东新区 南汇区 上海浦东
旅顺口区 旅顺
喀喇沁左翼蒙古族自治县 喀左 喀左县
阜新蒙古族自治县 阜蒙县
前郭尔罗斯蒙古族自治县 前郭 前郭县
杜尔伯特蒙古族自治县 杜蒙 杜蒙县
伊通满族自治县 伊通
莫力达瓦达斡尔族自治旗 莫旗 莫力达瓦旗
鄂温克族自治旗 鄂温克旗
鄂伦春自治旗 鄂伦春旗
新巴尔虎左旗 新左旗
新巴尔虎右旗 新右旗
陈巴尔虎旗 陈旗
乌拉特前旗 乌前旗
乌拉特中旗 乌中旗
乌拉特后旗 乌后旗
克什克腾旗 克旗
翁牛特旗 翁旗
阿鲁科尔沁旗 阿旗
达尔罕茂明安联合旗 达茂 达茂旗
西双版纳傣族自治州 版纳
东城区 崇文区
西城区 宣武区
静安区 闸北区
黄浦区 卢湾区 南市区
滨海新区 塘沽区 汉沽区 大港区 塘沽
两江新区 渝北区 渝北 江北区
浑南区 东陵区
金州区 大连开发区
姑苏区 平江区 沧浪区 金阊区
拱墅区 下城区
越秀区 东山区
荔湾区 芳村区
黄埔区 萝岗区
秦淮区 白下区
市北区 四方区
黄岛区 胶南市 胶南
"""
"""Official name, which is that of one unit only; then other names that are said: short ones, and
those of units that were merged into it."""

ADDED = """
81|香港特别行政区|中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区
81|香港特别行政区|黄大仙区 观塘区 荃湾区 屯门区 元朗区 北区 大埔区 西贡区
81|香港特别行政区|沙田区 葵青区 离岛区
71|台湾省|台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市
71|台湾省|新竹县 苗栗县 彰化县 南投县 云林县 嘉义县 屏东县 宜兰县 花莲县
71|台湾省|台东县 澎湖县
"""
"""What the package of names leaves empty: Hong Kong's districts, the cities and counties of Taiwan
(less the two whose names are also those of counties in Fujian)."""

SEATS = """
长治市 潞州区|赤峰市 红山区|兴安盟 乌兰浩特|锡林郭勒盟 锡林浩特|阿拉善盟 巴彦浩特|白山市 浑江
延边朝鲜族自治州 延吉|湖州市 吴兴|舟山市 定海|丽水市 莲都|黄山市 屯溪|滨州市 滨城|许昌市 魏都
襄阳市 襄樊|恩施土家族苗族自治州 恩施|神农架林区 松柏|湘西土家族苗族自治州 吉首|宜宾市 翠屏
五指山市 冲山|文昌市 文城|定安县 定城|屯昌县 屯城|临高县 临城|白沙黎族自治县 牙叉
昌江黎族自治县 石碌|乐东黎族自治县 抱由|陵水黎族自治县 椰林|保亭黎族苗族自治县 保城
琼中黎族苗族自治县 营根|阿坝藏族羌族自治州 马尔康|甘孜藏族自治州 康定|凉山彝族自治州 西昌
黔西南布依族苗族自治州 兴义|黔东南苗族侗族自治州 凯里|黔南布依族苗族自治州 都匀|普洱市 思茅
楚雄彝族自治州 楚雄|红河哈尼族彝族自治州 蒙自|文山壮族苗族自治州 文山|西双版纳傣族自治州 景洪
大理白族自治州 大理|德宏傣族景颇族自治州 芒市|怒江傈僳族自治州 泸水|迪庆藏族自治州 香格里拉
林芝市 巴宜|阿里地区 噶尔|临夏回族自治州 临夏|甘南藏族自治州 合作|海北藏族自治州 海晏
黄南藏族自治州 同仁|海南藏族自治州 共和|果洛藏族自治州 玛沁|玉树藏族自治州 玉树
海西蒙古族藏族自治州 德令哈|昌吉回族自治州 昌吉|博尔塔拉蒙古自治州 博乐
巴音郭楞蒙古自治州 库尔勒|克孜勒苏柯尔克孜自治州 阿图什|喀什地区 喀什|和田地区 和田
伊犁哈萨克自治州 伊宁|塔城地区 塔城|阿勒泰地区 阿勒泰
"""
"""The towns that prefectures are governed from, where they bear another name."""


def stem(name: str) -> str:
    """A name without its kind and peoples: 大东区 → 大东, 延边朝鲜族自治州 → 延边.

    The name itself where nothing sayable is left of it (叶县, 城区).
    """
    bare = _KIND.sub("", _OF_PEOPLES.sub("", name))
    return bare if len(bare) > 1 else name


def short_forms(name: str) -> set[str]:
    """What a unit is called beside its official name: with and without its kind."""
    bare = _OF_PEOPLES.sub("", name)
    forms = {stem(name), bare.replace("自治", "")}
    if wing := _WING.match(name):
        forms.add(wing[1] + (wing[2] or "") + wing[3])
    # A county that became a city or a district goes on being called by its old kind.
    if bare[-1] in "市区" and len(bare) > 2:
        forms |= {bare[:-1] + kind for kind in "市县"}
    return {form for form in forms if len(form) > 1} - {name}


def by_hand() -> dict[str, list[str]]:
    """Official name (of a province, its bare one) → other names."""
    rows = (line.split() for line in BY_HAND.strip().splitlines())
    return {official: others for official, *others in rows}


def seats() -> dict[str, str]:
    """Official name of a prefecture → the town it is governed from."""
    pairs = (pair.split() for pair in SEATS.strip().replace("\n", "|").split("|"))
    return {prefecture: town for prefecture, town in pairs}


def added() -> list[tuple[str, str, str]]:
    """(code, province, name of a city or district) of what the package leaves empty."""
    rows = (line.split("|") for line in ADDED.strip().splitlines())
    found = [(code, province, name) for code, province, names in rows for name in names.split()]
    return [(f"{code}{at:04}", province, name) for at, (code, province, name) in enumerate(found)]
