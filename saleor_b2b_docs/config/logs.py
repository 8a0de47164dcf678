"""Structured logs: one line per event, JSON in production, without secrets or personal data."""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRET_KEYS = re.compile(
    r"token|secret|password|cookie|authorization|signature|e?-?mail|phone|address|ticket", re.I
)
# Bearer tokens, JWTs and e-mail addresses that reached a message through an exception's text. An
# address begins where a word does: trying each letter of a long word would take for ever.
_SECRET_TEXT = re.compile(
    r"eyJ[\w-]+\.[\w-]*\.[\w-]*|(?<=Bearer )\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|"
    r"(?<=[?&]ticket=)[^&\s\"']+|(?<=[?&]link=)[^&\s\"']+"
)


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor that blanks what must not be kept in logs."""
    for key, value in event.items():
        event[key] = _redacted("" if key == "event" else key, value)
    return event


def _redacted(name: str, value: object) -> object:
    """A value as it may be kept, also where it lies inside others."""
    if _SECRET_KEYS.search(name):
        return "…"
    if isinstance(value, str):
        return _SECRET_TEXT.sub("…", value)
    if isinstance(value, Mapping):
        return {key: _redacted(str(key), inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redacted("", inner) for inner in value]
    return value


def configure_logging(*, log_format: str, level: str) -> None:
    """Send structlog's and the standard library's events through one pipe to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: list[Any] = (
        [structlog.processors.format_exc_info, redact, structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [
            structlog.processors.format_exc_info,
            redact,
            structlog.dev.ConsoleRenderer(colors=False),
        ]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *final,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Its request lines carry addresses with tickets in them.
                "httpx": {"level": "WARNING"},
                "xhtml2pdf": {"level": "ERROR"},
                "reportlab": {"level": "ERROR"},
                "fontTools": {"level": "ERROR"},
            },
        }
    )
