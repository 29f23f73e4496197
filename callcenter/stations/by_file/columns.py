"""The columns of a sheet of stations, and how people head them. Pure."""

from callcenter.web.sheets.headings import Columns, column_of

COLUMNS = Columns(
    [
        column_of(line)
        for line in """
code|服务站编号|Code|编号 代码 服务站代码 站点编号 网点编号 station_code stationno|SY001
kind|类型|Kind|服务站类型 type|服务站
name_zh|中文名称|Name (Chinese)|名称 服务站名称 站点名称 网点名称 name name_zh|沈阳东望服务站
name_en|英文名称|Name (English)|英文名 englishname name_en|Shenyang Dongwang
province|省份|Province|省 所在省 省市|辽宁
city_zh|城市|City|市 所在城市 city_zh|沈阳
city_en|城市英文|City (English)|city_en|Shenyang
address|地址|Address|详细地址|东望街 1 号
lat|纬度|Latitude|lat y|41.8057
lon|经度|Longitude|lon lng long x|123.4315
datum|坐标系|Datum|坐标类型 coordinatesystem crs|GCJ-02
workshop_hours|营业时间|Workshop hours|维修时间 openinghours|Mo-Sa 08:30-17:30; PH off
rescue_hours|救援时间|Rescue hours|救援服务时间 rescue_hours|24小时
duty_phone|值班电话|Duty phone|救援电话 电话 联系电话 phone duty_phone|024-8888 1234
skills|技能|Skills|服务能力 能力|换胎 搭电 送油 开锁 维修 新能源 事故
brands|品牌|Brands|授权品牌 brand|
keeps_overnight|可过夜|Keeps overnight|过夜停放 夜间停放 keeps_overnight|否
language|语言|Language|短信语言 通知语言|中文
trucks|救援车|Trucks|救援车辆 车辆 拖车 truck|辽A12345 平板 绞盘 3500kg 210cm; 辽A12346 托举
special_days|特殊日期|Special days|特殊营业日 specialdays|
suspended!|暂停原因|Suspended|状态 status|
simulated!|模拟|Simulated||
""".strip().splitlines()
    ],
    needed=[["code"]],
)
