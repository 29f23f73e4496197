"""The columns of sheets of owners and of visits, and how people head them. Pure."""

from callcenter.customers.consents.model import Channel, Purpose
from callcenter.web.sheets.headings import Column, Columns, column_of

PURPOSES = {
    Purpose.SAFETY: ("安全召回", "safety"),
    Purpose.CONTRACT: ("合同服务", "contract"),
    Purpose.SATISFACTION: ("满意度", "satisfaction"),
    Purpose.MARKETING: ("营销", "marketing"),
    Purpose.GREETING: ("问候", "greeting"),
}
CHANNELS = {
    Channel.CALL: ("电话", "call"),
    Channel.AUTOMATED_CALL: ("自动电话", "automated call"),
    Channel.TEXT: ("短信", "text message"),
    Channel.EMAIL: ("邮件", "e-mail"),
}
CONSENTS = {
    f"consent_{purpose}_{channel}": f"{purpose}:{channel}"
    for purpose in Purpose
    for channel in Channel
}
"""Field -> purpose and channel, as `owner_reach` holds it."""


def _consent(purpose: Purpose, channel: Channel) -> Column:
    (zh, en), (by_zh, by_en) = PURPOSES[purpose], CHANNELS[channel]
    return Column(
        f"consent_{purpose}_{channel}",
        f"同意{zh}{by_zh}",
        f"Consent {en} {by_en}",
        (f"{zh}{by_zh}", f"{by_zh}{zh}"),
        "是" if (purpose, channel) == (Purpose.CONTRACT, Channel.TEXT) else "",
    )


OWNER_COLUMNS = Columns(
    [
        *(
            column_of(line)
            for line in """
name|姓名|Name|车主 车主姓名 客户 客户姓名 客户名称 owner customer|王小明
phones|电话|Phones|手机 手机号 手机号码 联系电话 电话号码 联系方式 phone mobile|13900000000
email|邮箱|E-mail|电子邮箱 电子邮件 邮件 mail|
province|省份|Province|省 所在省|辽宁
city|城市|City|市 所在城市|沈阳
birthday|生日|Birthday|出生日期 生日月日 dateofbirth|5-12
birthday_calendar|生日历法|Birthday calendar|历法 农历公历 阴历阳历 calendar|公历
wedding_on|结婚纪念日|Wedding day|结婚日期 纪念日 weddingdate anniversary|
tier|等级|Tier|会员等级 客户等级 级别 level|普通
language|语言|Language||中文
remark|备注|Remark|说明 note remarks|
vin|车架号|VIN|vin码 车辆识别代号 识别代号 底盘号 chassis|LYXC1A2B1P0000001
plate|车牌|Plate|车牌号 车牌号码 牌照 licenceplate licenseplate|辽A12345
model|车型|Model|车型名称 型号|昀驰 晨光 E3
energy|能源|Energy|能源类型 燃料 动力 fuel|汽油
colour|颜色|Colour|车身颜色 color|白
delivered_on|交车日期|Delivered on|交付日期 购车日期 提车日期 销售日期 deliverydate|2026-03-05
said_at|同意时间|Consent said at|授权时间 同意日期 授权日期 consentdate|2026-03-05
""".strip().splitlines()
        ),
        *(_consent(purpose, channel) for purpose in Purpose for channel in Channel),
    ],
    needed=[["name", "phones"], ["phones", "vin", "plate"]],
)

VISIT_COLUMNS = Columns(
    [
        column_of(line)
        for line in """
vin|车架号|VIN|vin码 车辆识别代号 识别代号 底盘号 chassis|LYXC1A2B1P0000001
plate|车牌|Plate|车牌号 车牌号码 牌照 licenceplate licenseplate|
station|服务站编号|Station code|服务站 服务站代码 站点编号 网点编号 station stationno|SY001
visited_on|进站日期|Visited on|日期 到店日期 维修日期 服务日期 date visitdate|2026-09-05
kind|类型|Kind|维修类型 服务类型 业务类型 type|保养
odometer_km|里程|Odometer (km)|行驶里程 公里数 里程数 odometer mileage km|10000
amount|金额|Amount (CNY)|费用 结算金额 总金额 amount cost|680
work_order|工单号|Work order|委托书号 维修单号 结算单号 workorderno|RO20260905001
""".strip().splitlines()
    ],
    needed=[["vin", "plate"], ["visited_on"], ["kind"]],
)
