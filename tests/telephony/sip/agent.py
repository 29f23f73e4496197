"""A SIP user agent over UDP on the loopback: a caller, a carrier or a desk phone of the tests."""

import asyncio
import os
from collections.abc import Callable

from tests.telephony.sip.call import PATIENCE_S, SipCall
from tests.telephony.sip.message import Message, digest, text_of

EXPIRES_S = 300


class UserAgent(asyncio.DatagramProtocol):
    """Each call that comes in goes to `on_ring`, which lets it ring unless another is set, and
    can be waited for with `next_call`."""

    def __init__(self, user: str, switch_port: int, password: str = "") -> None:
        self.user, self.password = user, password
        self.switch = ("127.0.0.1", switch_port)
        self.calls: dict[str, SipCall] = {}
        self.incoming: asyncio.Queue[SipCall] = asyncio.Queue()
        self.on_ring: Callable[[SipCall], None] = SipCall.ring
        self._awaited: dict[str, asyncio.Future[Message]] = {}
        self._coming: set[asyncio.Task[None]] = set()

    async def open(self, port: int = 0) -> "UserAgent":
        loop = asyncio.get_running_loop()
        self._line, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", port)
        )
        self.port = int(self._line.get_extra_info("sockname")[1])
        return self

    def close(self) -> None:
        """Hang up everything and fall silent."""
        for call in self.calls.values():
            if call.state != "over":
                call.hang_up()
                call.voice.close()
            call.fall_silent()
        self._line.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def switch_address(self) -> str:
        return f"127.0.0.1:{self.switch[1]}"

    @property
    def contact(self) -> str:
        return f"<sip:{self.user}@{self.address}>"

    async def call(self, number: str, shown: str = "") -> SipCall:
        """Ring a number through the switch."""
        call = SipCall(self, os.urandom(8).hex())
        self.calls[call.call_id] = call
        await call.invite(number, shown or self.user)
        return call

    async def next_call(self) -> SipCall:
        """The next one that rings here; raises TimeoutError after 30 s."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.incoming.get()

    async def register(self) -> int:
        """Sign in with the password; the last status."""
        challenge, call_id = "", os.urandom(8).hex()
        for number in (1, 2):
            answer = await self._register(call_id, number, challenge)
            challenge = answer["www-authenticate"]
            if answer.status != 401:
                break
        return answer.status

    async def _register(self, call_id: str, number: int, challenge: str) -> Message:
        uri, who = f"sip:{self.switch_address}", f"<sip:{self.user}@{self.switch_address}>"
        headers = [
            ("Via", f"SIP/2.0/UDP {self.address};branch=z9hG4bK{os.urandom(6).hex()};rport"),
            ("From", f"{who};tag=r"),
            ("To", who),
            ("Call-ID", call_id),
            ("CSeq", f"{number} REGISTER"),
            ("Contact", self.contact),
            ("Expires", str(EXPIRES_S)),
            ("Max-Forwards", "70"),
        ]
        if challenge:
            headers.append(("Authorization", self.proof(challenge, "REGISTER", uri)))
        self._awaited[call_id] = asyncio.get_running_loop().create_future()
        self.send(text_of(f"REGISTER {uri} SIP/2.0", headers))
        async with asyncio.timeout(PATIENCE_S):
            return await self._awaited[call_id]

    def proof(self, challenge: str, method: str, uri: str) -> str:
        """The Authorization header for a challenge."""
        return digest(challenge, method, uri, self.user, self.password)

    def send(self, data: bytes) -> None:
        if not self._line.is_closing():
            self._line.sendto(data, self.switch)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = Message.read(data)
        call_id = message["call-id"]
        if call_id in self._awaited and message.status >= 200:
            self._awaited.pop(call_id).set_result(message)
        elif call_id in self.calls:
            call = self.calls[call_id]
            (call.responded if message.status else call.requested)(message)
        elif message.status == 0 and message.method == "INVITE":
            call = self.calls[call_id] = SipCall(self, call_id)
            coming = asyncio.create_task(self._ring(call, message))
            self._coming.add(coming)
            coming.add_done_callback(self._coming.discard)
        elif message.status == 0:
            SipCall(self, call_id).respond(message, 200)

    async def _ring(self, call: SipCall, invitation: Message) -> None:
        await call.received(invitation)
        self.incoming.put_nowait(call)
        self.on_ring(call)
