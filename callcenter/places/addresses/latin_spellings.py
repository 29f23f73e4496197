"""How names of places are spelt in Latin letters where the usual reading of their signs errs, or
where the world writes another name than the pinyin. From general knowledge."""

_READINGS = """
陕西=shaanxi 长子=zhangzi 长=chang 都=du 什=shi 朝=chao 单县=shanxian 单=shan 浚=xun 曾=zeng
洪洞=hongtong 崆峒=kongtong 漯=luo 筠连=junlian 民乐=minle 南乐=nanle 繁峙=fanshi 涡阳=guoyang
召陵=shaoling 马尾=mawei 中牟=zhongmu 大城=daicheng 乐陵=laoling 黄陂=huangpi 荥阳=xingyang
荥经=yingjing
莘县=shenxian 台州=taizhou 六安=luan 亳州=bozhou 会理=huili 称多=chenduo 尖扎=jianzha
"""

_ALSO = """
内蒙古=inner+mongolia,nei+mongol 西藏=tibet 香港=hong+kong 澳门=macau,macao 北京=peking 广州=canton
呼和浩特=hohhot,huhhot 鄂尔多斯=ordos 呼伦贝尔=hulunbuir 巴彦淖尔=bayannur 乌兰察布=ulanqab
锡林郭勒=xilingol 锡林浩特=xilinhot 二连浩特=erenhot 阿拉善=alxa 阿拉善左=alxa+left
阿拉善右=alxa+right 兴安=hinggan 乌兰浩特=ulanhot 海拉尔=hailar 满洲里=manchuria
哈尔滨=harbin 齐齐哈尔=qiqihar 乌鲁木齐=urumqi,urumchi 克拉玛依=karamay 吐鲁番=turpan,turfan
哈密=kumul 喀什=kashgar,kaxgar 和田=hotan,khotan 阿克苏=aksu 阿勒泰=altay 伊犁=ili
伊宁=ghulja,gulja 博尔塔拉=bortala 巴音郭楞=bayingolin 克孜勒苏=kizilsu 库尔勒=korla 库车=kuqa
阿图什=artux,atush 霍尔果斯=horgos,khorgos 拉萨=lhasa 日喀则=shigatse,xigaze 林芝=nyingchi
昌都=chamdo,qamdo 那曲=nagqu,nagchu 山南=lhoka 阿里=ngari 格尔木=golmud 甘孜=garze 阿坝=ngawa
迪庆=deqen 香格里拉=shangri+la 西湖=west+lake 中牟=zhongmou 大城=dacheng 乐陵=leling
九龙=kowloon 新界=new+territories 香港岛=hong+kong+island 中西=central+and+western 湾仔=wan+chai
东=eastern 南=southern 北=north 油尖旺=yau+tsim+mong 深水埗=sham+shui+po 九龙城=kowloon+city
黄大仙=wong+tai+sin 观塘=kwun+tong 荃湾=tsuen+wan 屯门=tuen+mun 元朗=yuen+long 大埔=tai+po
西贡=sai+kung 沙田=sha+tin 葵青=kwai+tsing 离岛=islands
台北=taipei 新北=new+taipei 台中=taichung 高雄=kaohsiung 基隆=keelung 新竹=hsinchu 嘉义=chiayi
彰化=changhua 屏东=pingtung 花莲=hualien 台东=taitung
"""
"""Chinese without its kind; names in use beside the pinyin, a plus between their words."""

_CAPITALS = """
北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州
武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 大连 青岛 宁波 厦门
深圳 无锡 温州 佛山 东莞
"""

_ORDINARY = """
lean dean guide mile bole duan guan yuan luan jian puan wenan changan wuling hongqi dongfeng ali
mulan nima wanda sunan
"""

READINGS = dict(pair.split("=") for pair in _READINGS.split())
"""Signs as they are read in names of places; longer ones stand before their parts."""

ALSO = {
    zh: [name.replace("+", "") for name in names.split(",")]
    for zh, names in (pair.split("=") for pair in _ALSO.split())
}

CAPITALS = frozenset(f"{name}市" for name in _CAPITALS.split())
"""Cities so well known that their bare name never means a county that sounds the same: who means
南靖 says Nanjing County."""

ORDINARY = frozenset(_ORDINARY.split())
"""Names that are also English words, makes of cars or people: meant only beside their city or
province, or with their apostrophe (Ji'an)."""
