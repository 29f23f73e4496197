"""Names of sections of expressways, which people say more than the trunk's own: 济青, 昌九, 广深.

From general knowledge: sections opened under a name of their own between 1988 and about 2012, and
still called by it. A name stands here where all of its section lies on that expressway; under
`_SEVERAL` where it lies on more than one (kilometres of several, a second line of the same name),
and there the caller is asked. What is not here is kept as it was said, without a code. Names of
sections of older plans that stand with their trunk (沈大, 沪杭) are in `expressways`.
"""

from collections.abc import Iterator

_ONE = """
G1 JL 长四; JL HL 哈长
G2 SD JS 沂淮江; JS 淮江 锡澄
G3 AH JS 合徐; AH 铜汤; ZJ FJ AH 黄衢南
G4 HE HA 石安; HA 安新 郑漯 漯驻; HN 临长 长潭 潭耒 耒宜; GD 广深
G5 SC 成雅 雅西 雅泸 西攀 成绵 绵广; SN 禹阎
G6 BJ HE 京张; NM 呼包; NX 石中; QH 西湟
G10 HL 哈大 大齐 哈牡
G12 JL 长吉
G15 JS 连盐 盐通; ZJ 甬台温; ZJ FJ 温福; FJ 福宁 福泉 泉厦 厦漳 漳诏 罗宁; GD 深汕 开阳 阳茂 茂湛
G16 LN 锦朝 丹海
G18 TJ HE 津保 保津
G20 SD 济青; SX HE 太旧
G22 HE SX 邯长; SD 青莱
G25 ZJ JS 杭宁 宁杭; HE TJ 唐津; HE 承唐; ZJ 丽龙; GD 梅河
G30 HA 开洛 郑洛 洛三 三灵; SN 西潼 西宝; SN GS 宝天; GS 天定 古永; JS 徐连; XJ 乌奎
G35 SD 济菏; JX 景鹰 鹰瑞
G36 HA AH 洛界
G40 JS 宁通; HA 信南; SN 西商 蓝商
G42 SC 成南
G45 JX 泰赣 赣定
G50 HB 汉宜 沪蓉西; AH 高界 宣广 芜宣; CQ 渝长; SH JS 沪青平; SH JS ZJ AH 申苏浙皖
G55 SX 长晋; HB 襄荆; HN 邵永
G56 ZJ AH 杭徽; HN 岳常 常吉; JX 九景; JX AH 景婺黄; YN 大保 楚大 安楚 保龙; GZ 遵毕
G60 ZJ 杭金衢; JX 梨温; JX HN 昌金; HN 醴潭 潭邵 邵怀 怀新; GZ 玉凯 凯麻 清镇 镇胜; YN GZ 曲胜
G65 SN 西康 西铜 黄延 榆靖; CQ HN 渝湘; CQ SC 渝邻 达渝; HN 吉茶 怀通; NM 包东; GX 桂梧
G70 JX 昌九; HB 汉十 襄十 孝襄; SN HB 商漫; SN GS 西长; FJ 三福 邵三
G72 GX 桂柳 柳南; HN 衡枣
G75 CQ GZ 渝黔; CQ SC 渝武; GZ 贵遵 崇遵; GS 兰临
G76 FJ 漳龙 龙长; SC 隆纳
G78 GD 汕梅
G80 GX 南百 百罗; GD 广梧
G85 SC 内宜; YN 水麻
G92 ZJ 杭甬
"""
"""Code, the provinces that the section lies in, names."""

_SEVERAL = """
京津塘 G2 S40
京福 G2 G3
京珠 G4 G0425
石太 G5 G20
沪宁 G2 G42
成渝 G76 G85 G93
宁连 G25 G2513
合宁 G40 G42
合六叶 G40 G42
武黄 G50 G70
黄黄 G50 G70
渝宜 G42 G50
铜黄 G3 G65
大运 G5 G55
昆曲 G56 G60
昆石 G78 G80
吐乌大 G7 G30
同三 G1011 G11 G15
赣粤 G45 G60
成遂渝 G42 G93
"""


def _ones() -> Iterator[tuple[str, frozenset[str], list[str]]]:
    for line in _ONE.strip().splitlines():
        code, parts = line.split(maxsplit=1)
        for part in parts.split(";"):
            words = part.split()
            names = [word for word in words if not word.isascii()]
            yield code, frozenset(words) - set(names), names


_MANY = (line.split() for line in _SEVERAL.strip().splitlines())
SEVERAL = {name: frozenset(codes) for name, *codes in _MANY}
"""Names without 高速 whose section lies on more than one expressway, and these."""

SECTIONS = {name: frozenset((code,)) for code, _, names in _ones() for name in names} | SEVERAL
"""Names without 高速, and the expressways that they may lie on."""

_PROVINCES = {name: provinces for _, provinces, names in _ones() for name in names}


def provinces_of(name: str | None) -> frozenset[str]:
    """The provinces that a section of that name lies in; none for other names. Its kilometres may
    be said from its own start: then the trunk's post of that number lies in another province."""
    return _PROVINCES.get((name or "").removesuffix("高速"), frozenset())
