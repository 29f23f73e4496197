"""Names of cities that stand on direction signs, and what one sign says for them (京, 沪)."""

from callcenter.places.provinces import PROVINCES
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.national_roads import NATIONAL_ROADS

_MORE = """
大石桥 辽阳 海城 盖州 瓦房店 普兰店 鲅鱼圈 新民 本溪 凤城 铁岭 开原 康平 法库 抚顺 清原 绥中 兴城
凌海 台安 辽中 山海关 北戴河 遵化 廊坊 涿州 定州 邢台 任丘 黄骅 曲阜 滕州 枣庄 日照 东营 莱州 莱阳
文登 平度 胶州 诸城 徐州 宿迁 泰州 镇江 常熟 昆山 太仓 张家港 江阴 启东 海门 嘉兴 绍兴 台州 舟山
慈溪 义乌 滁州 马鞍山 淮南 淮北 宿州 亳州 池州 新余 萍乡 抚州 莆田 漳州 宁德 平潭 厦门 安阳 新乡
鹤壁 焦作 许昌 驻马店 三门峡 济源 随州 仙桃 潜江 鄂州 咸宁 恩施 株洲 湘潭 益阳 郴州 张家界 佛山
东莞 中山 珠海 肇庆 清远 惠州 汕尾 揭阳 潮州 云浮 梅州 阳江 茂名 江门 钦州 防城港 来宾 崇左 凭祥
三亚 琼海 儋州 文昌 自贡 德阳 乐山 眉山 资阳 泸州 宜宾 达州 广安 涪陵 万州 黔江 永川 六盘水 毕节
铜仁 凯里 玉溪 保山 丽江 普洱 景洪 临沧 咸阳 渭南 延安 榆林 安康 商洛 白银 张掖 酒泉 敦煌 固原 吴忠
石嘴山 库尔勒 吐鲁番 石河子 伊宁 喀什 四平 辽源 白山 梅河口 公主岭 大庆 绥化 伊春 黑河 双鸭山
七台河 大同 阳泉 忻州 吕梁 晋中 运城 晋城 乌兰察布 集宁 临河 呼伦贝尔 香港 澳门 昌平 延庆 通州 大兴
怀柔 密云 房山 顺义 浦东 崇明 嘉定 松江 青浦 奉贤 金山 宝山 滨海 塘沽 武清 蓟州 静海 濮阳 新沂 邳州
沂水 莒县 章丘 禹城 平原 任县 邯郸 保定 沧州 衡水 承德 张家口 绵阳 遂宁 南充 内江 雅安 江都 宣城
延边 凉山 甘孜 阿坝 红河 文山 德宏 迪庆 怒江 西双版纳 黔东南 黔南 黔西南 湘西 临夏 甘南 玉树 伊犁
昌吉 阿勒泰 塔城 和田 山南 阿里 阿拉善 锡林郭勒 淄博 番禺 南沙
"""

_ROADS = {**EXPRESSWAYS, **NATIONAL_ROADS}
CITIES = frozenset(
    [
        *_MORE.split(),
        *(city for road in _ROADS.values() for city in road.cities),
        *(province.zh for province in PROVINCES.values()),
    ]
)
LONGEST_CITY = max(map(len, CITIES))

_SIGNS = """
京=北京 津=天津 沪=上海 渝=重庆 沈=沈阳 连=大连 哈=哈尔滨 长=长春 石=石家庄 济=济南 青=青岛 郑=郑州
汉=武汉 杭=杭州 甬=宁波 宁=南京 苏=苏州 合=合肥 昌=南昌 榕=福州 厦=厦门 穗=广州 深=深圳 邕=南宁
琼=海口 蓉=成都 筑=贵阳 昆=昆明 兰=兰州 银=银川
"""
SIGNS = dict(pair.split("=") for pair in _SIGNS.split())
"""How road signs and drivers shorten a city, as in 进京, 沪方向."""

_SPELT = """
beijing=北京 tianjin=天津 shanghai=上海 shenyang=沈阳 dalian=大连 harbin=哈尔滨 changchun=长春
jinan=济南 qingdao=青岛 yantai=烟台 shijiazhuang=石家庄 taiyuan=太原 zhengzhou=郑州 xi'an=西安
xian=西安 wuhan=武汉 changsha=长沙 guangzhou=广州 shenzhen=深圳 haikou=海口 nanning=南宁
kunming=昆明 guiyang=贵阳 chengdu=成都 chongqing=重庆 lhasa=拉萨 xining=西宁 lanzhou=兰州
yinchuan=银川 hohhot=呼和浩特 urumqi=乌鲁木齐 hefei=合肥 nanjing=南京 suzhou=苏州 wuxi=无锡
hangzhou=杭州 ningbo=宁波 nanchang=南昌 fuzhou=福州 xiamen=厦门 dandong=丹东 hong+kong=香港
macau=澳门 macao=澳门 taipei=台北 tangshan=唐山 jinzhou=锦州 yingkou=营口 anshan=鞍山 baotou=包头
maoming=茂名 lianyungang=连云港 hegang=鹤岗
"""
_PINYIN = dict(pair.split("=") for pair in _SPELT.split())
_LATIN = {zh: spelt.split("+") for spelt, zh in reversed(_PINYIN.items())}


def is_place(name: str) -> bool:
    """Whether it is a city or province of the table."""
    return name in CITIES


def chinese(name: str) -> str:
    """A city as written in Chinese, however it was said: Dalian and 大连市 are 大连."""
    bare = name.strip().removesuffix("市") if len(name.strip()) > 2 else name.strip()
    return SIGNS.get(bare) or _PINYIN.get("+".join(bare.lower().split()), bare)


def spelt(name: str) -> str:
    """A city as it is written in Latin letters; empty for those that follow their pinyin."""
    return " ".join(word.capitalize() for word in _LATIN.get(name, ()))


def city_at_start(words: str) -> str:
    """The longest known city that the words begin with; empty without."""
    lengths = range(min(LONGEST_CITY, len(words)), 1, -1)
    return next((words[:n] for n in lengths if words[:n] in CITIES), "")


def city_at_end(words: str) -> str:
    """The longest known city that the words end with; empty without."""
    lengths = range(min(LONGEST_CITY, len(words)), 1, -1)
    return next((words[-n:] for n in lengths if words[-n:] in CITIES), "")
