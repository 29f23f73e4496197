"""Structured logs in which phone numbers, positions and link tokens are masked.

Masking is the last net: what is logged is chosen so that there is nothing to mask.
"""

import logging
import re
import sys
from collections.abc import Callable, MutableMapping
from typing import Any, TextIO

import structlog

# Every class is of ASCII: to \w a Chinese character is a letter, and numbers stand in the midst
# of Chinese text. Full-width signs are read as their plain ones.
_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_S = r"[ ()/-]{0,2}"
_ID = (
    r"(?P<id>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    r"|(?<![0-9A-Fa-f])[0-9A-Fa-f]{32,}"  # a digest
    r"|(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ])?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)"
)
_NUMBER = re.compile(
    rf"{_ID}|(?<![0-9])(?:"
    rf"(?:\+|00)[0-9]{{1,3}}{_S}(?:[0-9]{_S}){{5,11}}[0-9]"  # E.164
    rf"|(?:86{_S})?1[3-9][0-9](?:{_S}[0-9]{{4}}){{2}}"  # mobile
    rf"|0[0-9]{{2,3}}{_S}[0-9]{{3,4}}{_S}[0-9]{{4}}"  # landline
    rf"|400(?:{_S}[0-9]{{3,4}}){{2}})"
    r"(?![0-9])"
)
_POSITION = re.compile(rf"{_ID}|(?<![0-9.])(?P<whole>-?[0-9]{{1,3}})\.[0-9]{{4,}}")
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"(/[los]/)[^/?\s\"'{]+")


def masked(text: str) -> str:
    """The text without what would find a person."""
    text = _TOKEN.sub(r"\1***", text)
    if _DIGIT.search(text) is None:
        return text
    text = _replaced(_NUMBER, text, _mask_number)
    return _replaced(_POSITION, text, lambda match: f"{match['whole']}.***")


def _replaced(pattern: re.Pattern[str], text: str, mask: Callable[[re.Match[str]], str]) -> str:
    """What the pattern finds is masked, ids and times left alone, all else kept to the letter."""
    plain = text if text.isascii() else text.translate(_HALF_WIDTH)
    pieces, end = [], 0
    for match in pattern.finditer(plain):
        if match["id"] is None:
            pieces += [text[end : match.start()], mask(match)]
            end = match.end()
    return "".join([*pieces, text[end:]])


def configure_logs(*, json: bool = True, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Everything, of the libraries too, as one line each on the stream (standard error)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        # A line below the level costs nothing: it is not even put together.
        wrapper_class=structlog.make_filtering_bound_logger(_number_of(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    last = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        mask_event,
        renderer,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Its lines hold whole addresses, tokens among them: request_log writes ours.
    logging.getLogger("aiohttp.access").disabled = True


def _number_of(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]


def mask_event(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """structlog processor: mask every text and number of the line but its time and ids."""
    for key, value in event.items():
        if key not in ("timestamp", "request_id", "level"):
            event[key] = _mask_value(value)
    return event


def _mask_value(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dict):
        return {key: _mask_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_mask_value(item) for item in value]
    text = value if isinstance(value, str) else str(value)
    hidden = masked(text)
    return value if hidden == text and isinstance(value, int | float) else hidden


def _mask_number(match: re.Match[str]) -> str:
    digits = re.sub(r"[^0-9]", "", match[0])
    return f"***{digits[-2:]}"
