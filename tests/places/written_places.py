"""One place, 41.8057 123.4315 in Shenyang, as people and map apps write it; and road talk."""

from callcenter.places.model import Datum

GCJ, BD, WGS = Datum.GCJ02, Datum.BD09, Datum.WGS84
LAT, LON = 41.8057, 123.4315
COARSE = (41.8, 123.4)
TO_SECONDS = (41 + 48 / 60 + 20 / 3600, 123 + 25 / 60 + 53 / 3600)
TO_MINUTES = (41 + 48 / 60, 123 + 26 / 60)

PLAIN = """
41.8057, 123.4315
41.8057,123.4315
41.8057 123.4315
41.8057;123.4315
41.8057|123.4315
41.8057/123.4315
(41.8057, 123.4315)
[41.8057,123.4315]
41.8057°, 123.4315°
41.8057、123.4315
４１．８０５７，１２３．４３１５
纬度：４１．８０５７，经度：１２３．４３１５
（４１．８０５７，１２３．４３１５）
Ｎ４１．８０５７ Ｅ１２３．４３１５
41.8057，123.4315
纬度：41.8057，经度：123.4315
纬度（N）：41.8057；经度（E）：123.4315
41.8057　123.4315
我在41.8057,123.4315附近
坐标:41.8057,123.4315
坐标(41.8057 123.4315)加油站旁
+41.8057, +123.4315
41.8057,123.4315 S20高速
G15 K1024 41.8057,123.4315
\u200e41.8057,\u202a123.4315\u202c
N41.8057 E123.4315
N41.8057E123.4315
N41.8057,E123.4315
E123.4315,N41.8057
n41.8057 e123.4315
N:41.8057 E:123.4315
N 41.8057, E 123.4315
41.8057N 123.4315E
41.8057N123.4315E
123.4315E,41.8057N
41.8057 N, 123.4315 E
41.8057° N, 123.4315° E
41.8057°N 123.4315°E
123.4315°E 41.8057°N
N41.8057° E123.4315°
41.8057º N, 123.4315º E
北纬41.8057度 东经123.4315度
北纬41.8057 东经123.4315
东经123.4315,北纬41.8057
东经123.4315°北纬41.8057°
北緯41.8057 東經123.4315
北纬N41.8057 东经E123.4315
纬度41.8057,经度123.4315
纬度:41.8057 经度:123.4315
经度:123.4315 纬度:41.8057
纬度:41.8057,经度:123.4315
纬度为41.8057,经度为123.4315
纬度是41.8057 经度是123.4315
纬度=41.8057;经度=123.4315
经度值123.4315 纬度值41.8057
当前经度为:123.4315,当前纬度为:41.8057
纬度(N):41.8057 经度(E):123.4315
緯度41.8057 經度123.4315
纬度41.8057°N 经度123.4315°E
lat=41.8057&lon=123.4315
lat=41.8057,lng=123.4315
?lng=123.4315&lat=41.8057
Lat: 41.8057 Long: 123.4315
latitude 41.8057 longitude 123.4315
{"lat":41.8057,"lng":123.4315}
{"latitude": "41.8057", "longitude": "123.4315"}
经度,纬度:123.4315,41.8057
纬度/经度:41.8057/123.4315
lat/lng: 41.8057, 123.4315
lnglat=123.4315,41.8057
latlng=41.8057,123.4315
POINT(123.4315 41.8057)
{"type":"Point","coordinates":[123.4315,41.8057]}
41°48.342'N 123°25.89'E
N 41° 48.342' E 123° 25.89'
北纬41度48.342分 东经123度25.89分
""".strip().split("\n")

LINES = (
    "经度:123.4315\n纬度:41.8057\n海拔:55.250米",
    "Latitude: 41.8057\nLongitude: 123.4315",
    "41.8057\n123.4315",
)

IN_SECONDS = """
41°48'20"N 123°25'53"E
41°48'20"N, 123°25'53"E
N41°48'20" E123°25'53"
41° 48' 20" N, 123° 25' 53" E
41°48′20″N 123°25′53″E
41°48’20” N 123°25’53” E
41º48'20''N 123º25'53''E
东经123°25′53″,北纬41°48′20″
北纬41°48′20″,东经123°25′53″
北纬41度48分20秒,东经123度25分53秒
东经123度25分53秒北纬41度48分20秒
北纬:41°48′20″ 东经:123°25′53″
纬度41°48'20" 经度123°25'53"
41°48'20" 123°25'53"
41°48'20"N+123°25'53"E
41°48'20 N, 123°25'53 E
""".strip().split("\n")

IN_MINUTES = """
41°48'N 123°26'E
北纬41度48分 东经123度26分
东经123°26′北纬41°48′
41°48' 123°26'
""".strip().split("\n")

ROUNDED = """
纬度41.8,经度123.4
北纬41.8度,东经123.4度
123.4E,41.8N
41.8N 123.4E
lat=41.8&lng=123.4
""".strip().split("\n")

LINKS = {
    "https://uri.amap.com/marker?position=123.4315,41.8057&name=here": GCJ,
    "https://uri.amap.com/marker?position=123.4315%2C41.8057&name=%E5%8A%A0%E6%B2%B9%E7%AB%99": GCJ,
    "我在这里 https://uri.amap.com/marker?position=123.4315,41.8057 快来": GCJ,
    "https://uri.amap.com/marker?position=123.4315,41.8057&coordinate=wgs84": WGS,
    "https://uri.amap.com/marker?markers=123.4315,41.8057,here": GCJ,
    "https://wb.amap.com/?q=41.8057,123.4315,%E5%8A%A0%E6%B2%B9%E7%AB%99": GCJ,
    "https://wb.amap.com/?p=B0FFG0A1,41.8057,123.4315,here,road": GCJ,
    "https://ditu.amap.com/regeo?lng=123.4315&lat=41.8057&name=here": GCJ,
    "androidamap://viewMap?sourceApplication=x&poiname=y&lat=41.8057&lon=123.4315&dev=0": GCJ,
    "iosamap://viewMap?sourceApplication=x&lat=41.8057&lon=123.4315&dev=1": WGS,
    "http://api.map.baidu.com/marker?location=41.8057,123.4315&title=here&output=html": BD,
    "http://api.map.baidu.com/marker?location=41.8057,123.4315&coord_type=gcj02": GCJ,
    "http://api.map.baidu.com/marker?title=here&amp;location=41.8057,123.4315": BD,
    "baidumap://map/marker?location=41.8057,123.4315&title=here": BD,
    "https://map.baidu.com/?latlng=41.8057,123.4315&title=here": BD,
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:41.8057,123.4315;title:here;addr:road": GCJ,
    "https://apis.map.qq.com/uri/v1/marker?marker=coord%3A41.8057%2C123.4315%3Btitle%3Ahere": GCJ,
    "https://apis.map.qq.com/uri/v1/marker?marker=coord%253A41.8057%252C123.4315": GCJ,
    "https://apis.map.qq.com/uri/v1/geocoder?coord=41.8057,123.4315&referer=wx": GCJ,
    "https://apis.map.qq.com/uri/v1/geocoder?coord=41.8057,123.4315&coord_type=1": WGS,
    "https://3gimg.qq.com/lightmap/v1/marker/?marker=coord:41.8057,123.4315": GCJ,
    "http://map.qq.com/?type=marker&isopeninfowin=1&pointx=123.4315&pointy=41.8057": GCJ,
    "qqmap://map/marker?marker=coord:41.8057,123.4315;title:here": GCJ,
    "https://www.google.com/maps?q=41.8057,123.4315": WGS,
    "https://maps.google.com/?q=loc:41.8057,+123.4315": WGS,
    "https://maps.google.com/maps?ll=41.8057,123.4315&z=15": WGS,
    "https://www.google.com/maps/search/?api=1&query=41.8057%2C123.4315": WGS,
    "https://www.google.com/maps/@41.8057,123.4315,15z": WGS,
    "https://www.google.com/maps/place/41.8057,123.4315": WGS,
    "https://www.google.com/maps/place/I/@41.9001,123.5002,17z/data=!3d41.8057!4d123.4315": WGS,
    "https://maps.apple.com/?ll=41.8057,123.4315&q=Here": WGS,
    "https://maps.apple.com/place?coordinate=41.8057,123.4315&name=Here": WGS,
    "https://maps.apple.com/?q=41.8057,123.4315": WGS,
    "https://www.openstreetmap.org/?mlat=41.8057&mlon=123.4315#map=17/41.9001/123.5002": WGS,
    "https://www.openstreetmap.org/#map=17/41.8057/123.4315": WGS,
    "geo:41.8057,123.4315": WGS,
    "geo:41.8057,123.4315;u=35": WGS,
    "geo:41.8057,123.4315?z=17": WGS,
    "geo:0,0?q=41.8057,123.4315(Here)": WGS,
    "GCJ-02 41.8057,123.4315": GCJ,
    "百度坐标 纬度41.8057 经度123.4315": BD,
    "WGS84: 41.8057, 123.4315": WGS,
}  # fmt: skip

NO_PLACE = """
behind the mill
13800138000
138-0013-8000
+86 138 0013 8000
024-2345 6789
400-820-8820
G2 K1024+300
K23.5 110.2
G15沈海高速K1024.350 K1025.120
沪S20外环高速 E3匝道
S20 E3
S20高速 E3匝道 N2出口
S32 W1
往南3公里,出口往东2公里
往北3.125公里,往东2.250公里
北3 东2
离收费站30.5 120米
离收费站30.125 120.250米
前方12.345 56.789公里
已行驶 12.345 km, 56.789 km
里程12345.678 公里
距出口3.5公里,距服务区12.8公里
沪A12345
辽A·D12345
粤B 12.345
TK-20261124-0012
工单 20261124 0012
2026-11-24 12:30
2026.11.24 18:30
2026年11月24日 12时30分
11.24 12.30
12:30.125 13:30.250
气温30° 体感35°
气温-3.5℃ 12.25℃
油价8.125元 7.645元
1.5 2.5
31.23,121.47
N31.2 E121.4
31N 121E
41N,123E
$GPGGA,123519,4148.038,N,12325.000,E
https://map.baidu.com/@13740000,5100000,13z
https://j.map.baidu.com/ab/Cdef
https://surl.amap.com/abc123
https://maps.app.goo.gl/AbCdEf123456
192.168.10.125 10.0.0.125
v3.11.204 v2.250.100
LFV3A23C8H3123456
999.123, 888.456
181.500 120.250
纬度41.8
北纬41.8057,出口3公里
41°75' 123°80'
31.2304.5,121.4737.6
31,2304; 121,4737
N41 48.345 E123 25.883
胎压2.250 2.310 bar里程K3.125
flat=3 colon=5
第3车道 100米
经3路纬2路
离收费站30.5E3.5N2出口
https://uri.amap.com/navigation?from=116.478346,39.997361,a&to=123.4315,41.8057,b
https://apis.map.qq.com/uri/v1/routeplan?fromcoord=39.98,116.30&tocoord=41.8057,123.4315
""".strip().split("\n")
