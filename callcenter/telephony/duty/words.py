"""What a duty phone is told, in two languages. Pure."""

from callcenter.routing.model import DeclineReason, OfferState
from callcenter.routing.wire import JobOut
from callcenter.stations.needs import Fault
from callcenter.telephony.duty.aloud import road_aloud, said
from callcenter.telephony.flow.model import Language

F, R = Fault, DeclineReason
FAULTS: dict[Language, dict[Fault, str]] = {
    "zh": {
        F.FLAT_TYRE: "爆胎",
        F.DEAD_BATTERY: "电瓶亏电",
        F.OUT_OF_FUEL: "没油",
        F.OUT_OF_CHARGE: "电动车没电",
        F.LOCKED_OUT: "钥匙锁在车内",
        F.ENGINE: "发动机故障",
        F.HIGH_VOLTAGE: "高压系统故障",
        F.ACCIDENT: "事故",
        F.STUCK: "陷车",
        F.UNKNOWN: "故障不清楚",
    },
    "en": {
        F.FLAT_TYRE: "flat tyre",
        F.DEAD_BATTERY: "flat battery",
        F.OUT_OF_FUEL: "out of fuel",
        F.OUT_OF_CHARGE: "electric car out of charge",
        F.LOCKED_OUT: "key locked in the car",
        F.ENGINE: "engine failure",
        F.HIGH_VOLTAGE: "high voltage fault",
        F.ACCIDENT: "accident",
        F.STUCK: "car stuck",
        F.UNKNOWN: "fault not known",
    },
}
REASONS: dict[str, tuple[DeclineReason, dict[Language, str]]] = {
    "1": (R.TRUCKS_BUSY, {"zh": "车辆都在忙", "en": "trucks are busy"}),
    "2": (R.TOO_FAR, {"zh": "太远", "en": "too far"}),
    "3": (R.NO_TECHNICIAN, {"zh": "没有技师", "en": "no technician"}),
    "4": (R.EQUIPMENT_UNSUITABLE, {"zh": "设备不合适", "en": "equipment unsuitable"}),
    "5": (R.ROAD_CLOSED, {"zh": "道路不通", "en": "road closed"}),
    "6": (R.OTHER, {"zh": "其他", "en": "other"}),
}
"""The key, the reason, and how it is said."""

TEXTS: dict[Language, dict[str, str]] = {
    "zh": {
        "opening": "{station},新派单,可随时按1接单,按2谢绝。",
        "danger": "有人员危险",
        "expressway": "在高速公路上",
        "car": "车型{car}",
        "people": "{n}人",
        "at": "位置:{place}。",
        "at_page": "位置见短信链接。",
        "left": "还剩{n}秒。",
        "menu": "接单按1,谢绝按2,转坐席按3,再听按9。",
        "reasons": "请选谢绝原因。{list}。返回按9。",
        "reason": "{words}按{key}",
        "wrong": "没有这个选项。",
        "accepted": "已接单,登记{minutes}分钟到达。链接已发到值班手机,时间有变请在页面更改。",
        "declined": "已谢绝,谢谢。",
        "no_truck": "没有可派的救援车,不能接单。",
        "taken": "该救援已由其他站接单,不用出发,谢谢。",
        "expired": "应答时间已过,不用出发,谢谢。",
        "withdrawn": "该派单已取消,不用出发,谢谢。",
        "answered": "该派单已在页面应答,谢谢。",
        "desk": "正在转接调度坐席,请稍候。",
        "no_key": "没有收到按键。派单请看短信链接。再见。",
        "next": "还有一单,请稍候。",
        "bye": "再见。",
    },
    "en": {
        "opening": "{station}, new rescue. At any time press 1 to accept, 2 to decline.",
        "danger": "people in danger",
        "expressway": "on an expressway",
        "car": "car {car}",
        "people": "{n} people",
        "at": "Place: {place}.",
        "at_page": "For the place see the link in the text message.",
        "left": "{n} seconds left.",
        "menu": "To accept press 1, to decline press 2, for the desk press 3, to hear it again "
        "press 9.",
        "reasons": "Why do you decline? {list}. To go back press 9.",
        "reason": "{words}, press {key}",
        "wrong": "That is no choice.",
        "accepted": "Accepted, arrival in {minutes} minutes is written down. The link is in a text "
        "message to the duty phone, change the time there.",
        "declined": "Declined, thank you.",
        "no_truck": "No truck can be sent, so this cannot be accepted.",
        "taken": "Another station has taken this rescue. Please do not set out. Thank you.",
        "expired": "The time to answer is over. Please do not set out. Thank you.",
        "withdrawn": "This offer was taken back. Please do not set out. Thank you.",
        "answered": "This offer was answered on the page. Thank you.",
        "desk": "You are being connected to the desk.",
        "no_key": "No key was pressed. For the offer see the link in the text message. Goodbye.",
        "next": "There is another one, please wait.",
        "bye": "Goodbye.",
    },
}
ENDINGS = ("declined", "taken", "expired", "withdrawn", "answered", "no_key", "bye", "next")
"""Said as they stand."""
ONE_BY_ONE_S = 60
STEP_S = 5


def job_words(language: Language, job: JobOut) -> str:
    """What happened to which car, with how many people: nobody's name, number or plate."""
    texts = TEXTS[language]
    parts = [
        texts["danger"] if job.danger else "",
        FAULTS[language][job.fault],
        texts["expressway"] if job.expressway and not job.place.on_road else "",
        texts["car"].format(car=said(language, job.car)) if job.car else "",
        texts["people"].format(n=job.passengers) if job.passengers else "",
    ]
    comma, stop = (", ", ".") if language == "en" else (",", "。")
    return comma.join(part for part in parts if part) + stop


def place_words(language: Language, job: JobOut) -> str:
    """Where, as the page shows it; coordinates are for the page."""
    on_road = job.place.on_road
    parts = [
        road_aloud(language, on_road) if on_road else "",
        said(language, job.place.words),
    ]
    place = (", " if language == "en" else ",").join(part for part in parts if part)
    texts = TEXTS[language]
    return texts["at"].format(place=place) if place else texts["at_page"]


def reasons_words(language: Language) -> str:
    """Which key is which reason."""
    texts = TEXTS[language]
    comma = "; " if language == "en" else ","
    each = (
        texts["reason"].format(words=words[language], key=k) for k, (_, words) in REASONS.items()
    )
    return texts["reasons"].format(list=comma.join(each))


def rounded_s(left_s: float) -> int:
    """Seconds that are left as they are said: never more than there are."""
    step = STEP_S if left_s <= ONE_BY_ONE_S else ONE_BY_ONE_S
    return max(int(left_s // step) * step, 0)


def ending_of(state: OfferState, reason: str | None) -> str:
    """Which text says how the offer ended."""
    if state is OfferState.WITHDRAWN:
        return "taken" if reason == "taken_by_another" else "withdrawn"
    return "expired" if state is OfferState.EXPIRED else "answered"
