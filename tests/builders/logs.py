"""What the app writes to its log, as it would reach standard error."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def captured_log() -> Iterator[io.StringIO]:
    """The lines that the app's own formatter makes of everything logged meanwhile."""
    root = logging.getLogger()
    formatter = next(
        handler.formatter
        for handler in root.handlers
        if handler.formatter and "structlog" in type(handler.formatter).__module__
    )
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root.addHandler(handler)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
