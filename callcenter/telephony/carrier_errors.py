"""Why a carrier's word is refused. The codes are part of the API and are not renamed."""

from callcenter.errors import CallCenterError


class CarrierUnsigned(CallCenterError):
    """The signature is missing or is not the carrier's."""

    code = "carrier_unsigned"
    status = 403
    message_zh = "请求没有运营商的有效签名。"
    message_en = "The request is not signed by the carrier."
