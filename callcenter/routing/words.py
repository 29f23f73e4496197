"""What stations and owners are told about a rescue, in two languages."""

from callcenter.places.roads.way_words import on_road_words
from callcenter.tickets.repository import TicketPlace

STATION = {
    "zh": {
        "offer": "【派单】{place} 距{km}公里,{seconds}秒内请接单:{url}",
        "withdrawn": "【派单】工单 {number} 的派单已取消,不用出发。谢谢。",
        "withdrawn_taken_by_another": "【派单】工单 {number} 已由另一家服务站接单,不用出发。谢谢。",
        "withdrawn_place_moved": "【派单】工单 {number} 位置已更正,本派单作废,重新选站中。谢谢。",
        "withdrawn_assigned_by_hand": "【派单】工单 {number} 已由客服另行指定,不用出发。谢谢。",
        "withdrawn_handed_over": "【派单】工单 {number} 已转高速路方,不用出发。谢谢。",
        "withdrawn_merged": "【派单】工单 {number} 与另一单是同一救援,由那单继续,不用出发。谢谢。",
        "cancelled_merged": "【派单】工单 {number} 与另一单是同一救援,由另一家前往,请返回。谢谢。",
        "by_phone": "【派单】工单 {number} 已登记您电话接单。出发、到达、完成请在此更新:{url}",
        "place_moved": "【派单】工单 {number} 位置已更正,请重新查看:{url}",
        "other_carriageway": "【派单】工单 {number} 更正:车在对向车道。{way}。请重新查看:{url}",
        "way": "【派单】工单 {number} 车在 {place}。{way}:{url}",
        "cancelled": "【派单】工单 {number} 已取消,请返回。谢谢。",
        "reassigned": "【派单】工单 {number} 已改派其他服务站,请返回。谢谢。",
        "not_departed": "【派单】工单 {number} 已接单但未出发,请确认:{url}",
        "late": "【派单】工单 {number} 已超过承诺到达时间,请更新:{url}",
        "silent": "【派单】工单 {number} 长时间没有消息,请更新:{url}",
        "driving_away": "【派单】工单 {number} 救援车正在远离现场,请确认:{url}",
    },
    "en": {
        "offer": "[Dispatch] {place}, {km} km away. Answer within {seconds} s: {url}",
        "withdrawn": "[Dispatch] The offer for {number} was taken back. Do not set out. Thanks.",
        "withdrawn_taken_by_another": "[Dispatch] Another station goes to {number}. Do not set "
        "out. Thanks.",
        "withdrawn_place_moved": "[Dispatch] The place of {number} was corrected; this offer is "
        "void and the choice is made again. Thanks.",
        "withdrawn_assigned_by_hand": "[Dispatch] The desk has sent somebody else to {number}. Do "
        "not set out. Thanks.",
        "withdrawn_handed_over": "[Dispatch] The road operator goes to {number}. Do not set out. "
        "Thanks.",
        "withdrawn_merged": "[Dispatch] {number} is the same rescue as another one, which goes on. "
        "Do not set out. Thanks.",
        "cancelled_merged": "[Dispatch] {number} is the same rescue as another one, to which "
        "another station goes. Please return. Thank you.",
        "by_phone": "[Dispatch] Your yes by telephone to {number} is written down. Report your "
        "steps here: {url}",
        "place_moved": "[Dispatch] The place of {number} was corrected, look again: {url}",
        "other_carriageway": "[Dispatch] {number}: the car is on the opposite carriageway. {way}. "
        "Look again: {url}",
        "way": "[Dispatch] {number} is at {place}. {way}: {url}",
        "cancelled": "[Dispatch] {number} was cancelled, please return. Thank you.",
        "reassigned": "[Dispatch] {number} went to another station, please return. Thank you.",
        "not_departed": "[Dispatch] {number} accepted but not departed. Please confirm: {url}",
        "late": "[Dispatch] {number}: the promised time has passed. Please update: {url}",
        "silent": "[Dispatch] {number}: no word for long. Please update: {url}",
        "driving_away": "[Dispatch] {number}: the truck drives away. Please confirm: {url}",
    },
}

PUSH = {
    "zh": ("新派单", "请在 {until} 前应答,点开查看。"),
    "en": ("New offer", "Answer before {until}. Tap to open."),
}
"""Title and text of a notification: no word of the rescue itself."""

OWNER = {
    "zh": {
        "accepted": "【救援】{station}已接单,预计{minutes}分钟到达。查看:{url}",
        "departed": "【救援】救援车已出发。查看位置:{url}",
        "eta_changed": "【救援】预计到达时间更新:约{minutes}分钟后。查看:{url}",
        "arrived": "【救援】救援车已到达现场。",
        "done": "【救援】工单 {number} 救援完成。如仍需帮助请致电热线。",
        "gone_on_arrival": "【救援】我们到场未见到您的车。如仍需救援,请立即致电热线。",
        "asking_again": "【救援】原服务站无法前来,正在另派,请在安全处等候。查看:{url}",
        "delayed": "【救援】救援车有延误,我们正在催促并盯着。查看:{url}",
        "handed_over": "【救援】高速路段由路方救援({operator})前来,我们继续跟进。查看:{url}",
        "cancelled": "【救援】工单 {number} 已取消。需要时请再致电。",
    },
    "en": {
        "accepted": "[Rescue] {station} is coming, about {minutes} min. Follow: {url}",
        "departed": "[Rescue] The truck has set out. Where it is: {url}",
        "eta_changed": "[Rescue] New time of arrival: in about {minutes} min. Follow: {url}",
        "arrived": "[Rescue] The truck has arrived.",
        "done": "[Rescue] {number} is done. Call us if you still need help.",
        "gone_on_arrival": "[Rescue] We came and did not find your car. Call us at once if you "
        "still need help.",
        "asking_again": "[Rescue] That station cannot come; we are sending another. Wait in a "
        "safe place. Follow: {url}",
        "delayed": "[Rescue] The truck is delayed; we are on to it. Follow: {url}",
        "handed_over": "[Rescue] The road operator ({operator}) is coming; we keep your case. "
        "Follow: {url}",
        "cancelled": "[Rescue] {number} was cancelled. Call again when you need us.",
    },
}


def place_words(language: str, place: TicketPlace) -> str:
    """What was said, with the coordinates: never a re-geocoded name alone."""
    spot = f"{place.lat:.5f},{place.lon:.5f}"
    said = " ".join(filter(None, (on_road_words(language, place.on_road), place.words)))
    if not said:
        return spot
    return f"{said}({spot})" if language == "zh" else f"{said} ({spot})"
