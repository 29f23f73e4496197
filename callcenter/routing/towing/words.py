"""What owners and those who take a car in are told about its second leg, in two languages."""

A_CAR = {"zh": "一辆车", "en": "a car"}
"""One that nobody has told anything of."""

STATION = {
    "zh": {
        "coming": "【拖车】工单 {number}:{car} 约 {at} 送到贵站,请准备接车。不能接请立即回电。",
        "at_gate": "【拖车】工单 {number}:{car} 约 {at} 到贵站门口,等到 {opens} 开门。"
        "能早开门或不能接请立即回电。",
        "wait": "【拖车】工单 {number}:{place} {opens} 开门,请在门口等候。",
        "yard": "【拖车】工单 {number}:{car} 约 {at} 送到贵场过夜,请准备接车。不能接请立即回电。",
        "morning": "【拖车】工单 {number}:{car} 今夜先停场,{at} 前送到贵站。不能接请回电。",
        "not_coming": "【拖车】工单 {number} 的车不再送来,不用等候。谢谢。",
        "late": "【拖车】工单 {number} 的车已过约定时间仍在停车场,请尽快送到维修站并登记。",
    },
    "en": {
        "coming": "[Tow] {number}: {car} comes to you about {at}. Call us at once if you cannot.",
        "at_gate": "[Tow] {number}: {car} is at your gate about {at} and waits until you open at "
        "{opens}. Call us at once if you can open earlier, or cannot take it.",
        "wait": "[Tow] {number}: {place} opens at {opens}, wait there.",
        "yard": "[Tow] {number}: {car} comes to you for the night about {at}. Call if you cannot.",
        "morning": "[Tow] {number}: {car} stands in a yard tonight and comes to you by {at}.",
        "not_coming": "[Tow] The car of {number} does not come to you any more. Thank you.",
        "late": "[Tow] The car of {number} is still in its yard. Take it to the workshop now.",
    },
}

OWNER = {
    "zh": {
        "to_workshop": "【救援】您的车将拖到{place}。地址电话:{url}",
        "to_yard": "【救援】您的车今夜停放在{place},{by}前送到{workshop}。地址电话:{url}",
        "to_elsewhere": "【救援】您的车将送到:{place}。查看:{url}",
        "in_yard": "【救援】您的车已停在{place},{by}前送到{workshop}。查看:{url}",
        "delivered": "【救援】您的车已送到{place}。查看:{url}",
    },
    "en": {
        "to_workshop": "[Rescue] Your car will be taken to {place}. Address and phone: {url}",
        "to_yard": "[Rescue] Your car stays at {place} tonight and goes to {workshop} by {by}. "
        "Address and phone: {url}",
        "to_elsewhere": "[Rescue] Your car will be taken to: {place}. Follow: {url}",
        "in_yard": "[Rescue] Your car stands at {place} and goes to {workshop} by {by}. Follow: "
        "{url}",
        "delivered": "[Rescue] Your car is at {place}. Follow: {url}",
    },
}
