"""A caller's words about a road are read as he means them; what he leaves open is asked."""

import pytest

from callcenter.places.roads.carriageway import sense_of
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.numerals import digits_of, thousandths, whole_number
from callcenter.places.roads.place import RoadPlace, read_road_place
from callcenter.places.roads.sections import SECTIONS
from tests.places import written_places

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def read(text: str) -> RoadPlace:
    place = read_road_place(text)
    assert place is not None, text
    return place


def post(text: str) -> tuple[str | None, int | None]:
    place = read(text)
    return place.road, place.metres


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1234", 1234),
        ("一千二百三十四", 1234),
        ("1千零24", 1024),
        ("幺二三四", 1234),
        ("一零二四", 1024),
        ("两百", 200),
        ("一千二", 1200),
        ("三百五", 350),
        ("一千零二", 1002),
        ("十二", 12),
        ("廿三", 23),
        ("百", None),
        ("十百", None),
        ("一百千", None),
        ("9" * 40, None),
    ],
)
def test_numbers_count_as_people_say_them(said: str, number: int | None):
    assert whole_number(said) == number


def test_digits_that_name_something_keep_their_zeros():
    assert [digits_of(said) for said in ("012", "零一二", "一百零七", "百")] == [
        "012",
        "012",
        "107",
        None,
    ]
    assert [thousandths(said) for said in ("5", "零五", "1234", "百")] == [500, 50, 123, None]


@pytest.mark.parametrize(
    "said",
    [
        "K1234+500",
        "k1234 + 500",
        "K1234.5",
        "K1234+500处",
        "桩号1234+500",
        "桩号K1234+500",
        "里程牌1234.5",
        "1234+500",
        "1234公里加500",
        "1234公里加500米",
        "1234公里500米处",
        "1234.5公里处",
        "1234公里半",
        "1234公里的5号牌",
        "K1234百米桩5",
        "一千二百三十四公里五百米",
        "一千二百三十四点五公里",
        "幺二三四公里加五百",
        "1千2百34公里500米",
        "１２３４公里５００米",
        "km 1234.5",
        "1234.5 km",
    ],
)
@pytest.mark.parametrize("road", ["G15沈海高速", "沈海高速公路 ", "g 15 ", "沈海高速(G15)"])
def test_one_post_is_one_post_however_it_is_written(road: str, said: str):
    for text in (f"{road}{said}大连方向", f"{road}大连方向{said}", f"我在{road}{said},往大连"):
        place = read(text)
        assert (place.road, place.metres, place.towards) == ("G15", 1_234_500, "大连")
        assert place.ask == ()
        assert (place.kind, place.sense) == ("post", "up")
    assert read(f"{road}{said}").ask == ("direction",)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("G15,牌子上写着1234,大连方向", 1_234_000),
        ("G15大连方向,牌子上面是5下面是1234", 1_234_500),
        ("牌子写G15,底下是1234,大连方向", 1_234_000),
        ("G15大连方向1234公里第五个百米桩", 1_234_500),
        ("G15大连方向 1,234公里", 1_234_000),
        ("G15大连方向 K幺洞两四", 1_024_000),
        ("G15大连方向 k12+5oo", 12_500),
        ("G15大连方向 1 2 0 公理", 120_000),
        ("G15大连方向一千九百,九十公里", 1_990_000),
        ("G15大连方向200千米300米", 200_300),
        ("G15大连方向 200k+300", 200_300),
        ("G15大连方向 K200过一点", 200_000),
        ("G15大连方向,是K250不是K240", 250_000),
        ("G15大连方向,百零五公里", 105_000),
        ("G15大连方向,第1234号公里牌", 1_234_000),
    ],
)
def test_plates_and_slips_are_read_as_they_are_meant(text: str, metres: int):
    assert (read(text).road, read(text).metres, read(text).ask) == ("G15", metres, ())


@pytest.mark.parametrize("text", ["G15沈海高速K1234+500", "g15 k1234.5 大连方向", "S20高速K12"])
def test_full_width_signs_are_read_like_their_twins(text: str):
    assert read(text.translate(FULL_WIDTH)) == read(text)


@pytest.mark.parametrize(
    ("text", "road", "name"),
    [
        ("国道107", "G107", None),
        ("国道一零七", "G107", None),
        ("幺零七国道", "G107", None),
        ("107国道", "G107", None),
        ("G107国道", "G107", None),
        ("省道203线", "S203", None),
        ("X012县道", "X012", None),
        ("县道零一二", "X012", None),
        ("G十五", "G15", None),
        ("G4W2", "G4W2", None),
        ("京港澳", "G4", "京港澳高速"),
        ("沈海高速公路", "G15", "沈海高速"),
        ("沈康高速", None, "沈康高速"),
        ("辽宁省沈康高速", None, "沈康高速"),
        ("沈阳绕城高速", None, "沈阳绕城高速"),
        ("沈大高速", "G15", "沈大高速"),
        ("济青高速公路", "G20", "济青高速"),
        ("沪宁高速", None, "沪宁高速"),
        ("深海高速", "G15", "沈海高速"),
        ("National Road 107", "G107", None),
        ("Beijing-Shanghai Expressway", "G2", "京沪高速"),
        ("北京五环路", None, "北京五环"),
        ("Shenhai Expressway", "G15", "沈海高速"),
    ],
)
def test_roads_are_known_by_code_and_by_name(text: str, road: str | None, name: str | None):
    place = read(text)
    assert (place.road, place.name, place.metres, place.kind) == (road, name, None, "road")
    assert "where" in place.ask
    assert ("direction" in place.ask) == ("高速" in (name or "") or (road or "") in ("G15", "G4W2"))


@pytest.mark.parametrize("text", ["我在{}高速上", "{}高速K30", "从{}高速公路往前"])
def test_the_name_of_a_section_is_its_expressway_or_is_asked_back(text: str):
    for name, codes in SECTIONS.items():
        place = read(text.format(name))
        assert place.name == f"{name}高速"
        assert ("road" in place.ask) == (len(codes) > 1)
        assert {*place.may_be, place.road} - {None} == codes


def test_no_section_has_the_name_of_another_expressway():
    assert not set(SECTIONS) & {name for road in EXPRESSWAYS.values() for name in road.names}


@pytest.mark.parametrize(
    ("text", "towards"),
    [
        ("沈海高速往大连方向K123", "大连"),
        ("沈海高速大连往沈阳K123", "沈阳"),
        ("大连到沈阳方向,沈海高速K123", "沈阳"),
        ("沈海高速K123,回沈阳的方向", "沈阳"),
        ("从沈阳去大连,沈海高速K123", "大连"),
        ("沈海高速由南向北K123", "north"),
        ("沈海高速北上K123", "north"),
        ("沈海高速往东北方向K123", "northeast"),
        ("沈海高速上行K123", "up"),
        ("沈海高速下行线K123", "down"),
        ("京沪高速进京方向K123", "北京"),
        ("京沪高速沪方向K123", "上海"),
        ("G15 southbound K123", "south"),
        ("G15 K123 Dalian direction", "大连"),
        ("G15 K123 to Dalian", "大连"),
        ("在G15上K123,往京哈高速方向", "京哈高速"),
        ("沈阳绕城高速外环K12", "outer"),
        ("沈阳绕城高速顺时针K12", "inner"),
        ("S20外环高速内圈K12", "inner"),
        ("京沪高速琉璃河检查站进京方向K12", "北京"),
        ("沈海高速往北京,哦不,往大连K12", "大连"),
        ("沈海高速 沈阳→大连 K12", "大连"),
        ("行驶方向:大连至沈阳 路段:沈海高速K12", "沈阳"),
        ("沈海高速K12,方向是延边", "延边"),
    ],
)
def test_directions_are_read_wherever_they_stand(text: str, towards: str):
    assert read(text).towards == towards
    assert "direction" not in read(text).ask


@pytest.mark.parametrize(
    "text",
    [
        "沈海高速反方向K123",
        "沈海高速K123方向盘卡住了",
        "沈海高速K123方向不知道",
        "沈海高速往前一点K123",
        "沈海高速上行驶时在K123熄火",
        "沈海高速K123大连方向还是沈阳方向不清楚",
        "京沪高速K123拖到大连",
        "京沪高速K123,从上海方向过来的",
        "京沪高速K123,对面是往上海的",
        "京藏高速出京方向K123",
    ],
)
def test_a_direction_that_is_none_is_asked(text: str):
    assert (read(text).towards, read(text).ask) == (None, ("direction",))


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("京哈高速绥中服务区", "绥中服务区"),
        ("沈海高速大连方向刚过鲅鱼圈收费站", "鲅鱼圈收费站"),
        ("包茂高速秦岭终南山隧道里", "秦岭终南山隧道"),
        ("G15 A匝道", "A匝道"),
        ("沈海高速和丹锡高速互通A匝道", "A匝道"),
        ("京沪高速3号出口", "3号出口"),
        ("四环东四环红领巾桥", "红领巾桥"),
        ("北京二环西直门", "西直门"),
        ("沈海高速南大桥收费站", "南大桥收费站"),
        ("京沪高速花桥出口", "花桥出口"),
        ("沪昆高速龙游服务区出口", "龙游服务区"),
        ("重庆内环快速路,杨公桥立交", "杨公桥立交"),
        ("沪渝高速宜昌枢纽D匝道", "宜昌枢纽D匝道"),
        ("G2苏州新区枢纽", "苏州新区枢纽"),
        ("延安高架茂名路下匝道", "茂名路下匝道"),
        ("G15 near Bayuquan exit", "Bayuquan exit"),
    ],
)
def test_named_things_on_a_road(text: str, feature: str):
    assert (read(text).feature, read(text).kind) == (feature, "feature")
    assert "where" not in read(text).ask


@pytest.mark.parametrize(
    "text",
    [
        "G15沈海高速大连方向,开了300公里",
        "G15大连方向还有50公里到大连",
        "G15大连方向离出口还有3公里",
        "G15大连方向时速120公里",
        "G15大连方向,已经跑了八万公里",
        "G15大连方向,里程表12345公里",
        "G15大连方向,前方2公里",
        "G15大连方向,续航只剩50公里",
        "G15大连方向 13812345678",
        "G15大连方向 辽K12345",
        "G15大连方向 起亚K5",
        "G15大连方向 LFV3A23C8K3123456",
        "G15大连方向,拖车300公里免费",
        "G15大连方向,堵了5公里",
        "G15大连方向,轮胎用了3000公里",
        "G15大连方向,到营口还要三十公里",
        "G15大连方向,押金1000+200",
        "G15大连方向,3000公里首保",
    ],
)
def test_what_is_no_post_is_none(text: str):
    assert (read(text).metres, read(text).ask) == (None, ("where",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K1234次列车",
        "坐K12路公交",
        "我的车是起亚K5",
        "G1234次高铁",
        "开了300公里没油了",
        "建国路88号",
        "东三环中路1号",
        "大广场停车场",
        "京沪高铁",
        "北京港澳中心",
        "我在高速公路收费站",
        "车牌沪G15K28",
        "一辆G63",
        "高速上爆胎了",
        "方向盘打不动",
        "13800138000",
        "https://map.example/G15/K1234+500",
    ],
)
def test_other_talk_is_no_place_on_a_road(text: str):
    assert read_road_place(text) is None


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("K1234+500", ("road",)),
        ("高速1234公里处", ("direction", "road")),
        ("国道107", ("where",)),
        ("G2沈海高速K123大连方向", ("conflict",)),
        ("G107沈海高速K123大连方向", ("conflict",)),
        ("G15/G16 K123大连方向", ("conflict",)),
        ("G15 K123 大连方向 K456", ("conflict",)),
        ("G15 K1234到K1235之间大连方向", ("where",)),
        ("G15往北30公里", ("where",)),
        ("G15 1234 大连方向", ("where",)),
        ("国道107 K12", ()),
        ("省道203 K12", ()),
    ],
)
def test_what_is_open_is_asked(text: str, ask: tuple[str, ...]):
    assert read(text).ask == ask


def test_the_road_he_is_on_counts_and_not_the_one_he_left():
    assert post("从京沪高速下来转到沈海高速K123大连方向") == ("G15", 123_000)
    assert post("G15沈海高速K123,靠近丹锡高速") == ("G15", 123_000)
    assert post("G15 K123不对,是K456") == ("G15", 456_000)


def test_few_kilometres_behind_a_named_thing_are_counted_from_it():
    place = read("沈海高速鲅鱼圈出口往沈阳方向3公里")
    assert (place.metres, place.feature, place.towards) == (None, "鲅鱼圈出口", "沈阳")


@pytest.mark.parametrize("text", [*written_places.PLAIN, *written_places.LINKS])
def test_coordinates_are_no_post(text: str):
    place = read_road_place(text)
    assert place is None or place.metres is None or "K1024" in text


@pytest.mark.parametrize(
    ("road", "towards", "origin", "sense"),
    [
        ("G15", "海口", None, "up"),
        ("G15", "大连", None, "up"),
        ("G15", "Dalian", None, "up"),
        ("G15", "沈阳市", None, "down"),
        ("G15", "烟台", None, "down"),
        ("G15", "上海", None, None),
        ("G15", "上海", "烟台", "up"),
        ("G15", "上海", "厦门", "down"),
        ("G15", "north", None, "down"),
        ("G2", "沪", None, "up"),
        ("G30", "west", None, "up"),
        ("G30", "southeast", None, "down"),
        ("G4", "澳门", None, "up"),
        ("G107", "北京", None, "down"),
        ("G1501", "north", None, None),
        ("G1501", "outer", None, None),
        (None, "大连", None, None),
        (None, "up", None, "up"),
        ("S20", "down", None, "down"),
    ],
)
def test_up_is_with_rising_kilometres(
    road: str | None, towards: str, origin: str | None, sense: str | None
):
    assert sense_of(road, towards, origin) == sense
