"""What people of the demo ring about, how often, and what is noted of it."""

from callcenter.stations.needs import Fault
from callcenter.tickets.model import Kind

OFTEN = {
    Kind.ENQUIRY: 32,
    Kind.TECHNICAL: 22,
    Kind.COMPLAINT: 16,
    Kind.PART_ORDER: 5,
    Kind.RESCUE: 25,
}
SUMMARIES = {
    Kind.ENQUIRY: (
        *("询问首次保养的时间和里程", "询问延长保修方案", "询问新车交付周期"),
        *("询问附近服务站营业时间", "询问家用充电桩安装", "询问车机升级内容"),
    ),
    Kind.TECHNICAL: (
        *("仪表出现动力系统故障灯", "充电到 80% 自动停止", "空调不制冷"),
        *("低速行驶时底盘异响", "蓝牙钥匙连接不上", "胎压监测误报"),
    ),
    Kind.COMPLAINT: (
        *("同一处异响修了三次仍未解决", "交车时间一再推迟", "保养收费与报价不符"),
        *("到店等待时间过长", "漆面有色差", "车机频繁死机"),
    ),
    Kind.PART_ORDER: ("急需前保险杠总成", "急需左后尾灯", "急需前制动片"),
    Kind.RESCUE: ("停车后不能启动", "右前轮扎破", "行驶中熄火", "钥匙锁在车内", "电量耗尽"),
}
"""Of rescues in the order of FAULTS; the last is none of a car that is not plugged in."""

PLUGGED_IN = ("electric", "plug_in_hybrid")
FAULTS = (Fault.DEAD_BATTERY, Fault.FLAT_TYRE, Fault.ENGINE, Fault.LOCKED_OUT, Fault.OUT_OF_CHARGE)
PARTS = ("86511-K1000", "92401-K1100", "58101-K1A00")
NOTES = (
    *("已向车主说明处理步骤,车主表示理解。", "已联系服务站,明天上午给答复。"),
    *("车主要求书面答复,已记录邮箱。", "已发送操作说明,车主自行解决。"),
    *("再次来电催办,已转值班主管。", "服务站回复:配件三天内到货。"),
    *("与车主核对了车架号和里程。", "回访:车主对处理结果满意。"),
)
NOTES_OF_RESCUES = (
    *("车主来电询问救援车到哪里了,已告知。", "车上有老人和孩子,已请救援人员尽快。"),
    *("车主补充:车停在服务区出口旁。", "回访:救援及时,车主表示感谢。"),
)
OUTCOMES = ("已答复", "已解决", "已转服务站处理", "车主满意")
REPAIRED = ("repaired", "repaired", "towed_to_workshop", "brought_to_safety", "charged")
