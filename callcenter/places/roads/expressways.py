"""National expressways, after the network plan of 2013 as amended in 2022.

Names of sections and of older plans are here where all of the section lies on the one road.
"""

from callcenter.places.roads.road import Road

_TRUNKS = """
G1|京哈 京沈 沈四|jingha|北京 唐山 秦皇岛 葫芦岛 锦州 盘锦 沈阳 铁岭 四平 长春 哈尔滨
G2|京沪|jinghu|北京 天津 沧州 德州 济南 泰安 临沂 淮安 江都 江阴 无锡 苏州 上海
G3|京台|jingtai|北京 廊坊 沧州 德州 济南 泰安 曲阜 徐州 蚌埠 合肥 铜陵 黄山 衢州 南平 福州 台北
G4|京港澳 京石|jinggangao|北京 石家庄 郑州 信阳 武汉 岳阳 长沙 衡阳 韶关 广州 深圳 香港
G5|京昆 西汉|jingkun|北京 石家庄 太原 临汾 西安 汉中 广元 成都 雅安 西昌 昆明
G6|京藏 八达岭|jingzang|北京 张家口 呼和浩特 包头 银川 中宁 白银 兰州 西宁 格尔木 拉萨
G7|京新|jingxin|北京 张家口 呼和浩特 临河 哈密 吐鲁番 乌鲁木齐
G10|绥满|suiman|绥芬河 牡丹江 哈尔滨 大庆 齐齐哈尔 海拉尔 满洲里
G11|鹤大 丹大|heda|鹤岗 佳木斯 鸡西 牡丹江 敦化 通化 丹东 庄河 大连
G12|珲乌|hunwu|珲春 延吉 敦化 吉林 长春 松原 白城 乌兰浩特
G15|沈海 沈大|shenhai|沈阳 鞍山 营口 大连/烟台 青岛 连云港 上海 宁波 福州 厦门 深圳 广州 湛江 海口
G16|丹锡|danxi|丹东 海城 盘锦 锦州 朝阳 赤峰 锡林浩特
G18|荣乌|rongwu|荣成 威海 烟台 东营 黄骅 天津 霸州 朔州 鄂尔多斯 乌海
G20|青银|qingyin|青岛 潍坊 淄博 济南 石家庄 太原 靖边 银川
G22|青兰|qinglan|青岛 莱芜 泰安 聊城 邯郸 长治 临汾 庆阳 平凉 定西 兰州
G25|长深|changshen|长春 双辽 阜新 朝阳 承德 唐山 天津 黄骅 滨州 淮安 南京 杭州 丽水 梅州 深圳
G30|连霍|lianhuo|连云港 徐州 开封 郑州 洛阳 西安 宝鸡 天水 兰州 哈密 乌鲁木齐 霍尔果斯
G35|济广|jiguang|济南 菏泽 商丘 阜阳 六安 安庆 景德镇 鹰潭 瑞金 河源 广州
G36|宁洛|ningluo|南京 蚌埠 阜阳 周口 漯河 平顶山 洛阳
G40|沪陕|hushan|上海 南通 扬州 南京 合肥 六安 信阳 南阳 商洛 西安
G42|沪蓉|hurong|上海 苏州 无锡 常州 南京 合肥 六安 武汉 荆门 宜昌 万州 广安 南充 遂宁 成都
G45|大广 京承 京开|daguang|大庆 松原 双辽 赤峰 承德 北京 衡水 开封 周口 黄石 吉安 赣州 广州
G50|沪渝|huyu|上海 湖州 宣城 芜湖 铜陵 安庆 黄石 武汉 荆州 宜昌 恩施 重庆
G55|二广|erguang|二连浩特 大同 太原 长治 晋城 洛阳 平顶山 南阳 襄阳 荆州 常德 娄底 邵阳 永州 广州
G56|杭瑞|hangrui|杭州 黄山 景德镇 九江 岳阳 常德 吉首 遵义 毕节 曲靖 昆明 楚雄 大理 瑞丽
G59|呼北|hubei|呼和浩特 朔州 运城 灵宝 十堰 宜昌 张家界 邵阳 贺州 北海
G60|沪昆 沪杭|hukun|上海 嘉兴 杭州 金华 上饶 鹰潭 南昌 长沙 邵阳 怀化 贵阳 曲靖 昆明
G65|包茂|baomao|包头 鄂尔多斯 榆林 延安 铜川 西安 安康 达州 重庆 黔江 吉首 怀化 桂林 梧州 茂名
G69|银百|yinbai|银川 庆阳 西安 安康 万州 道真 贵阳 百色
G70|福银|fuyin|福州 南平 南昌 九江 黄石 武汉 孝感 襄阳 十堰 商洛 西安 平凉 中宁 银川
G72|泉南|quannan|泉州 永安 吉安 衡阳 永州 桂林 柳州 南宁
G75|兰海|lanhai|兰州 广元 南充 重庆 遵义 贵阳 都匀 河池 南宁 钦州 湛江/海口
G76|厦蓉|xiarong|厦门 漳州 龙岩 瑞金 赣州 郴州 桂林 贵阳 毕节 泸州 内江 成都
G78|汕昆|shankun|汕头 梅州 韶关 贺州 柳州 河池 兴义 石林 昆明
G80|广昆|guangkun|广州 肇庆 梧州 玉林 南宁 百色 开远 石林 昆明
G85|银昆 渝昆|yinkun|银川 平凉 宝鸡 汉中 巴中 重庆 内江 宜宾 昭通 昆明
G91|辽中环线||
G92|杭州湾环线||
G93|成渝环线||
G94|珠三角环线||
G95|首都环线 首都地区环线||
G98|海南环线 海南地区环线||
G99|台湾环线||
"""
"""Code, names with the official one first, that in pinyin, cities; a slash where water parts it."""

_BRANCHES = """
G0111 秦滨, G0211 天石 津石, G0321 德上, G0421 许广, G0422 武深, G0423 乐广, G0425 广澳,
G0511 德都, G0512 成乐, G0611 张汶, G0615 德马, G1111 鹤哈, G1112 集双, G1113 丹阜 沈丹,
G1115 鸡建, G1116 伊北, G1117 绥北, G1211 吉黑, G1212 沈吉, G1213 北漠, G1215 松长, G1511 日兰,
G1512 甬金, G1513 温丽, G1514 宁上, G1515 盐靖, G1516 盐洛, G1517 莆炎, G1521 常嘉, G1522 常台,
G1523 甬莞, G1531 上武, G1532 泉梅, G1611 克承, G1811 黄石, G1812 沧榆, G1813 威青, G1815 潍日,
G1816 乌玛, G1817 乌银, G1818 滨德, G2011 青新, G2012 定武, G2211 长延, G2511 新鲁, G2512 阜锦,
G2513 淮徐, G2515 鲁霍, G2516 东吕, G2518 深岑, G3011 柳格, G3012 吐和, G3013 吐伊, G3014 奎阿,
G3015 奎塔, G3016 清伊, G3017 武金, G3018 精阿, G3511 菏宝, G3531 溧宁, G4011 扬溧, G4211 南芜,
G4212 合安, G4213 麻安, G4215 蓉遵, G4217 蓉昌, G4218 雅叶, G4511 龙河, G4512 双嫩, G4513 奈营,
G4515 赤喀, G5011 芜合, G5012 恩广, G5013 渝蓉, G5511 集阿, G5512 晋新, G5513 长张, G5515 张南,
G5516 苏张, G5611 大丽, G6011 南韶, G6021 杭长, G6022 醴娄, G6025 洞合, G6521 榆蓝, G6522 延西,
G7011 十天, G7211 南友, G7212 柳北, G7221 衡南, G7511 钦东, G7512 贵三, G7611 都香, G7612 纳兴,
G8011 开河, G8511 昆磨, G9211 甬舟, G9411 莞佛, G4W 广澳, G4W2 许广, G4W3 乐广, G4E 武深,
G15W 常台, G15W2 常嘉, G15W3 甬莞, G1501 沈阳绕城, G0102 长春绕城, G1001 哈尔滨绕城,
G1503 上海绕城, G1504 宁波绕城, G2001 济南绕城, G2003 太原绕城, G2503 南京绕城, G2504 杭州绕城,
G3001 郑州绕城, G4001 合肥绕城, G4501 北京六环, G0401 长沙绕城, G5001 重庆绕城, G7201 南宁绕城,
G9801 海口绕城
"""


def _trunk(code: str, names: str, pinyin: str, legs: str) -> Road:
    cities = tuple(tuple(leg.split()) for leg in legs.split("/")) if legs else ()
    return Road(code, tuple(names.split()), pinyin, cities)


def _branch(code: str, *names: str) -> Road:
    return Road(code, names, "", ())


_ROADS = (
    *(_trunk(*line.split("|")) for line in _TRUNKS.strip().splitlines()),
    *(_branch(*entry.split()) for entry in _BRANCHES.replace("\n", " ").split(",")),
)
EXPRESSWAYS = {road.code: road for road in _ROADS}
