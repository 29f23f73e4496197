"""What a carrier must be set up with, for who looks after the hotline."""

from callcenter.telephony.twiml.http import BASE as TWIML
from callcenter.telephony.voicexml.links import CallLinks
from callcenter.web.call import Call
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["hotline"])


class TwimlAddresses(WireModel):
    """For the number at the carrier: the voice webhook and the status callback, both POST."""

    voice_url: str
    status_url: str


class CarrierAddresses(WireModel):
    """Null where that kind of carrier is not switched on."""

    twiml: TwimlAddresses | None
    voicexml_url: str | None


@routes.get("/api/v1/call-flow/carriers", permission=Permission.HOTLINE_ADMIN, transaction=False)
async def get_carrier_addresses(call: Call) -> CarrierAddresses:
    """The addresses to enter at the carrier; the one for VoiceXML is a secret."""
    base, telephony = call.settings.base_url, call.settings.telephony
    twiml = TwimlAddresses(voice_url=f"{base}{TWIML}/calls", status_url=f"{base}{TWIML}/status")
    links = CallLinks(call.part(SignedLinks), base)
    return CarrierAddresses(
        twiml=twiml if telephony.twiml_key else None,
        voicexml_url=links.entry() if telephony.voicexml else None,
    )
