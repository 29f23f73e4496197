"""One call of a user agent: from its invitation to its end, and what is heard in between."""

import asyncio
import os
from typing import TYPE_CHECKING

import numpy as np

from tests.telephony.sip.message import Message, offer, text_of
from tests.telephony.sip.rtp import Rtp
from tests.telephony.sip.sound import Heard

if TYPE_CHECKING:
    from tests.telephony.sip.agent import UserAgent

PATIENCE_S = 30
WORDS = {100: "Trying", 180: "Ringing", 200: "OK", 404: "Not Found", 480: "Temporarily Unavailable"}
WORDS |= {486: "Busy Here", 487: "Request Terminated", 603: "Decline"}
AGAIN_S = (0.5, 1, 2, 4, 4, 4)
"""When what was not heard is sent once more (RFC 3261, 17.1.1.1): UDP loses datagrams, and a
machine that is busy loses them on the loopback too."""


class SipCall:
    """`state`: calling or incoming, ringing, up, over. `status`: the last final response;
    `reason`: the Reason header that came with the end."""

    def __init__(self, phone: "UserAgent", call_id: str) -> None:
        self.phone, self.call_id = phone, call_id
        self.state, self.status, self.reason = "calling", 0, ""
        self.far_name = ""
        self.voice = Rtp()
        self.invitation: Message | None = None
        self.notified: list[str] = []
        self._news = asyncio.Event()
        self._own = self._far = self._target = ""
        self._number = 1
        self._branch = ""
        self._port = 0
        self._is_leaving = False
        self._unheard: dict[str, asyncio.Task[None]] = {}

    async def until(self, *states: str) -> "SipCall":
        """Wait for one of these states; raises TimeoutError after 30 s."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while self.state not in states:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"{self.phone.user}: {self.state}, not {states}") from None
        return self

    def say(self, samples: np.ndarray | None) -> None:
        """See `Rtp.say`."""
        self.voice.say(samples)

    async def hear(self, seconds: float = 0.3) -> Heard:
        """What is heard from now on."""
        return await self.voice.hear(seconds)

    def press(self, keys: str) -> None:
        """See `Rtp.press`."""
        self.voice.press(keys)

    async def invite(self, number: str, shown: str) -> None:
        """Ring this number."""
        self._port = await self.voice.open()
        self._target = f"sip:{number}@{self.phone.switch_address}"
        self._own = f"<sip:{shown}@{self.phone.address}>;tag={os.urandom(4).hex()}"
        self._far = f"<{self._target}>"
        self._invite(offer(self._port))

    def hold(self, *, on: bool) -> None:
        """By a re-INVITE: we hear nothing, the other side gets its music."""
        self._number += 1
        self._invite(offer(self._port, direction="sendonly" if on else "sendrecv"))

    def refer(self, number: str) -> None:
        """Ask the switch to hand the other side on to this number."""
        self._number += 1
        to = f"<sip:{number}@{self.phone.switch_address}>"
        self._request("REFER", [("Refer-To", to), ("Referred-By", self._own.partition(";")[0])])

    async def received(self, invitation: Message) -> None:
        """Somebody rings here."""
        self.invitation, self.state = invitation, "incoming"
        self._own = f"{invitation['to']};tag={os.urandom(4).hex()}"
        self._far, self._target = invitation["from"], invitation.contact
        self.far_name = self._far
        self._port = await self.voice.open()
        self.respond(invitation, 100)

    def ring(self) -> None:
        self._of_invitation(180)

    def answer(self) -> None:
        self._of_invitation(200, offer(self._port))
        self._hear_from(self.invitation)

    def refuse(self, status: int = 486) -> None:
        self._of_invitation(status)
        self._over()

    def hang_up(self) -> None:
        """BYE, or CANCEL while it rings; BYE later when that crosses with an answer."""
        if self.state == "up":
            self._number += 1
            self._request("BYE", [])
            self._over()
        elif self.state != "over":
            self._is_leaving = True
            if self.invitation is None:
                self._request("CANCEL", [], branch=self._branch)

    def fall_silent(self) -> None:
        """Nothing is sent again."""
        for method in [*self._unheard]:
            self._heard(method)

    def requested(self, message: Message) -> None:
        """A request inside this call."""
        match message.method:
            case "ACK":
                self._heard("INVITE")
                if self.state in ("incoming", "ringing"):
                    self._become("up")
                return
            case "INVITE":
                # A repeated first one is answered by whoever answers the phone.
                if self.state == "up":
                    self._hear_from(message)
                    self.respond(message, 200, offer(self._port))
                return
            case "CANCEL":
                self.respond(message, 200)
                self._of_invitation(487)
                self._over(message["reason"])
                return
            case "BYE":
                self._over(message["reason"])
            case "NOTIFY":
                self.notified.append(message.body.strip())
        self.respond(message, 200)

    def responded(self, message: Message) -> None:
        """A response to our INVITE; those to other requests say no more than that they came."""
        self._heard(message.method)
        if message.method != "INVITE" or message.status == 100:
            return
        self._hear_from(message)
        if message.status < 200:
            if self.state == "calling":
                self._become("ringing")
            return
        self.status = message.status
        self._far = message["to"]
        if message.status == 401 and self.phone.password and self._number == 1:
            self._request("ACK", [], branch=self._branch)
            self._far = f"<{self._target}>"
            self._number += 1
            self._invite(offer(self._port), message["www-authenticate"])
        elif message.status < 300:
            self._target = message.contact or self._target
            self._request("ACK", [])
            self._become("up")
        else:
            self._request("ACK", [], branch=self._branch)
            self._over(message["reason"])

    def respond(self, request: Message, status: int, body: str = "") -> None:
        self.phone.send(self._response(request, status, body))

    def _response(self, request: Message, status: int, body: str = "") -> bytes:
        to = request["to"]
        if ";tag=" not in to:
            to = self._own or f"{to};tag=none"
        headers = [("Via", via) for via in request.headers["via"]]
        headers += [("From", request["from"]), ("To", to), ("Call-ID", self.call_id)]
        headers += [("CSeq", request["cseq"]), ("Contact", self.phone.contact)]
        headers += [("Content-Type", "application/sdp")] if body else []
        return text_of(f"SIP/2.0 {status} {WORDS.get(status, 'No')}", headers, body)

    def _of_invitation(self, status: int, body: str = "") -> None:
        assert self.invitation is not None
        response = self._response(self.invitation, status, body)
        if status < 200:
            self.phone.send(response)
        else:
            self._send_until_heard("INVITE", response)

    def _invite(self, body: str, challenge: str = "") -> None:
        self._branch = "z9hG4bK" + os.urandom(6).hex()
        more = [("Content-Type", "application/sdp")]
        if challenge:
            more.append(("Authorization", self.phone.proof(challenge, "INVITE", self._target)))
        self._request("INVITE", more, body, self._branch)

    def _request(
        self, method: str, more: list[tuple[str, str]], body: str = "", branch: str = ""
    ) -> None:
        branch = branch or "z9hG4bK" + os.urandom(6).hex()
        headers = [
            ("Via", f"SIP/2.0/UDP {self.phone.address};branch={branch};rport"),
            ("From", self._own),
            ("To", self._far),
            ("Call-ID", self.call_id),
            ("CSeq", f"{self._number} {method}"),
            ("Contact", self.phone.contact),
            ("Max-Forwards", "70"),
            *more,
        ]
        request = text_of(f"{method} {self._target} SIP/2.0", headers, body)
        if method == "ACK":
            self.phone.send(request)
        else:
            self._send_until_heard(method, request)

    def _send_until_heard(self, method: str, data: bytes) -> None:
        self._heard(method)
        self.phone.send(data)
        self._unheard[method] = asyncio.create_task(self._send_again(data))

    async def _send_again(self, data: bytes) -> None:
        for seconds in AGAIN_S:
            await asyncio.sleep(seconds)
            self.phone.send(data)

    def _heard(self, method: str) -> None:
        if unheard := self._unheard.pop(method, None):
            unheard.cancel()

    def _hear_from(self, message: Message | None) -> None:
        if message is not None and message.media is not None:
            self.voice.send_to(message.media)

    def _become(self, state: str) -> None:
        # A datagram that came twice does not bring back who is gone.
        self.state = "over" if self.state == "over" else state
        self._news.set()
        if state == "up" and self._is_leaving:
            self.hang_up()

    def _over(self, reason: str = "") -> None:
        self.reason = reason
        self.voice.close()
        self._become("over")
