"""Keys of the keypad, collected: typed ahead, into the prompt, or after it."""

from callcenter.telephony.signals import Key, Left, Played
from callcenter.telephony.switch import CallOver, LiveCall


async def collect(
    call: LiveCall,
    leg: str,
    *,
    most: int,
    first_s: float = 6,
    between_s: float = 3,
    ends_with: str = "#",
    prompt: str = "",
) -> str:
    """Up to `most` keys, "" when none came. The first has `first_s` from the end of the `prompt`
    (a playback), which it cuts short; each further one `between_s`. Raises CallOver when the leg
    leaves."""
    keys = ""
    playing = bool(prompt)
    while len(keys) < most:
        within_s = between_s if keys else None if playing else first_s
        try:
            signal = await call.next(Key, Left, Played, leg=leg, within_s=within_s)
        except TimeoutError:
            break
        if isinstance(signal, Left):
            raise CallOver
        if isinstance(signal, Played):
            playing = playing and signal.playback != prompt
            continue
        if playing:
            await call.stop_playing(prompt)
            playing = False
        if signal.key == ends_with:
            break
        keys += signal.key
    return keys
