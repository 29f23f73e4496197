"""Why the simulator refuses. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class SimulatedNumberRefused(CallCenterError):
    """Outside the demo every number may be somebody's."""

    code = "simulated_number_refused"
    status = 422
    message_zh = "只有演示环境能用号码模拟来电;这里请选“隐藏号码”。"
    message_en = "Only the demo takes numbers for simulated calls: withhold the number here."
