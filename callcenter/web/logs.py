"""Structured logs in which phone numbers, positions and link tokens are masked.

Masking is the last net: what is logged is chosen so that there is nothing to mask.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_NUMBER = re.compile(
    r"(?<![\w.:-])"
    r"(?:\+\d{1,3}[ -]?(?:\d[ -]?){5,11}\d"  # E.164
    r"|(?:86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"  # mobile
    r"|0\d{2,3}[ -]?\d{7,8}"  # landline
    r"|400(?:[ -]?\d{3,4}){2})"
    r"(?![\w-]|\.\d)"
)
_POSITION = re.compile(r"(?<![\w.])(?<!\d:)(-?\d{1,3})\.\d{4,}(?!\w)")
_TOKEN = re.compile(r"(/[los]/)[^/?\s\"'{]+")


def masked(text: str) -> str:
    """The text without what would find a person."""
    text = _TOKEN.sub(r"\1***", text)
    text = _NUMBER.sub(_mask_number, text)
    return _POSITION.sub(r"\1.***", text)


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
    digits = re.sub(r"\D", "", match[0])
    return f"***{digits[-2:]}"
