"""A line that says how far the import is, where a person watches it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_line() -> Iterator[Callable[[int], None] | None]:
    """What to call with the number of facts applied so far; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return

    def show(count: int) -> None:
        print(f"\r{count} facts", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print(file=sys.stderr)
