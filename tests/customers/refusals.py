"""Texts of owners: those that want no more, those that want something else, calls for help."""

WORDS_ALONE = """
TD|td| Ｔ Ｄ 。|T|R|0000|退订|【退订】|退订!|退|拒收|停止|回复TD退订|TD退订|取消订阅|STOP|stop!
Stop.|STOPALL|Stop all|unsubscribe|UNSUBSCRIBE|QUIT|END|opt-out|Opt out
"""
"""Unmistakable."""
SENTENCES = """
不用再发短信了|拒绝短信|不需要再发广告|拒绝接收任何推销
Do not send me texts|don't send any more messages please
怎么退订?|我要退订|请帮我退订谢谢|退订短信|退订吧,太多了|取消|我要拒收|拒收此类短信|请取消订阅
别再给我发短信了|别再发了|请别再发了|别发了|别发短信了|这个别发了|请不要再发|不要再发广告了
不要给我发这些东西了|不要再发短信|不要再打电话了|不要再给我打电话|别打电话给我|别打了
别再打了,烦死了|不要打我电话|不要一直打电话|别老打电话|不要再来电|请勿打扰|勿扰|请勿扰|别打扰我
不要打扰我|不要再打扰我了|请不要骚扰我|别再骚扰|停止骚扰|不要再发骚扰短信|请不要联系我
不要再联系我了|别联系我|别再联系了|停止发送短信|停止发短信|停止推送|不许再打电话|不准再发|甭再打了
我不想再收到这些消息|不想再收到你们的短信|不愿意接到你们的电话|我不想接电话|你们能不能别再发了
麻烦不要再发送此类信息|特别烦,别再发短信了|我跟你们说过了,别发了|再发短信我就报警,别发了
Please stop|stop it|stop texting me|Stop texting me. I sold the car.|Stop calling
stop calling and texting me|please stop sending me messages|stop sending these
I want you to stop texting me|Don’t text me again|don't call me|do not contact me
Do not call me anymore|never call me again|Don't message us any more|please do not text
No more texts|no more calls please|remove me from your list|remove me
Please remove me from the mailing list|how do I unsubscribe|how can I opt out of these
I would like to opt out|unsubscribe me please|stop bothering me|cancel|N|stop spamming me
do not text this number|please stop calling
别再发给我短信|不要再发给我了|别再发这些没用的短信|别烦我|不要再给我发任何短信|不要再发垃圾短信给我
take me off your list|leave me alone|no texts please|I don't want any more texts|quit texting me
don't send me any more messages|Do not send me these texts|stop sending texts|Stop contacting me
"""
"""In so many words: taken for it, and read by a person."""
NONE = """
不用发票|不用打电话了我到了|请不用担心,发动机好了|你们没给我发短信|don't send me a message
好的|谢谢|明天下午三点|TDI 发动机什么时候保养|1|YES|OK, see you|请发我地址|特别打扰了谢谢
我已经分别联系过你们|请不要打折|我分别打了两次电话都没人接|车门把手别打开|别克什么时候能修好
识别打不开|我个别打过电话|他们差别打听一下|区别发在哪里|不要发动车子对吗|请不要打开后备箱
不要打开发动机盖|别发火|别发愁了|别发脾气|不要打车过来|别打车|不要打蜡|停止打蜡|别打错
要不要打电话给你们|要不要发短信告诉你们|要不要联系我|先别打电话,我在开会|现在不要打电话,我在开车
暂时别打电话|4S店拒收我的车|快递说拒收配件|请退订金|我要退订单|怎么退订车款|别退订|我不退订
我没有退订|不要退订我|手机开了勿扰模式没接到|我手机开了勿扰,再打一次|别的打电话问问
不要紧,打我电话|级别发错了|性别发错了|不想收到罚单|不要发票|不要打我另一个号,打这个
别发定位了,我发给你|不要发货了|我特别联系了店里|请特别联系我太太|不要联系4S店|已告别打扰
I will stop by the workshop tomorrow|can you cancel my appointment on Monday
the car stops at every light|my car won't stop beeping|please don't stop the service
Don't stop texting me|never stop calling me|don't unsubscribe me|I did not unsubscribe
I got no more calls from you|I had no more messages since Monday|where do I stop|the bus stop
please do not call the shop|don't call me before 9|Do not call me until 5pm
don't call me now, I am driving|don't text me after 10|do not message the workshop
Stop sending the parts|contact me please|call me|text me the address
please remove mud from the car|remove me a tyre|ended up at the end|quit smoking is hard
stop and go does not work|unstoppable|Do not contact my wife, contact me
don't send me a new part yet|I do not want any more delay|no calls came yesterday|leave me a message
别发位置信息,我看得到|不要发故障码的照片|take me off the phone queue
"""
"""About something else."""
HELP = """
我的车停止发动了|发动机停止发动|车特别打滑,开不了|救援还没来,分别打了12122和你们电话
车子停止工作了|打不着火了|别打电话了,快派救援|别再发短信了,我的车抛锚了|不要再发了!出事故了
高速上爆胎,不要打电话我听不见|拖车不要再打电话了,直接来|我被困在隧道里,别发短信|车冒烟了别再打了
电瓶没电了,怎么退订|撞车了,请勿打扰|车启动不了,别推送了|熄火了,不要再联系我
There was an accident, don't call me|my car broke down, stop texting me
please stop calling me and send the tow truck|I am stranded, no more texts
Stop texting me, the rescue has not come|car won't start, unsubscribe
I'm stuck on the highway, do not text me|flat tyre, don't message me|brakes failed, stop calling
the tow truck is not here, please do not call|engine overheating stop texting me
please don't stop the truck, I am stranded
"""
"""Calls for help: never taken for a refusal, whatever else they say."""


def of(table: str) -> list[str]:
    """The texts of a table."""
    return [text for line in table.strip().splitlines() for text in line.split("|")]
