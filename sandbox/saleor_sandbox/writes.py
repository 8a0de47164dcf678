"""One writer at a time.

SQLite lets one connection write; the others poll for their turn, and under many requests some
wait past their timeout. A lock inside the one server process queues them fairly instead.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

_lock = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that holds the process's write lock; may be nested in itself."""
    with _lock, transaction.atomic():
        yield
