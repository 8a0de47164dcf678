"""The embedded worker: runs the jobs of one lane from the database, without a broker."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
import time
from types import FrameType

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from saleor_b2b_docs.work import dispatch, services
from saleor_b2b_docs.work.runner import run_next
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
"""How late a job starts whose wake-up got lost."""
SWEEP_SECONDS = 5.0


class EmbeddedWorker:
    """Threads that claim and run jobs, and a main loop that listens for wake-ups and sweeps.

    Threads suit the default lane, whose jobs wait for Saleor; rendering takes the processor and a
    process-wide lock, so its lane has a process of its own with one thread.
    """

    def __init__(self, lane: Lane, *, threads: int) -> None:
        self.lane = lane
        self._news = threading.Condition()
        self._generation = 0
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"{lane}-{index}", daemon=True)
            for index in range(threads)
        ]

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then finish the jobs at hand."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        path = dispatch.socket_path(self.lane)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
            try:
                bell.bind(str(path))
            except OSError as error:  # e.g. a data folder deeper than a socket's name may be long
                log.warning("no wake-ups, jobs start up to a second later", reason=str(error))
            bell.settimeout(POLL_SECONDS)
            for thread in self._threads:
                thread.start()
            log.info("worker started", lane=self.lane, threads=len(self._threads))
            self._listen(bell)
        self._announce()
        for thread in self._threads:
            thread.join()
        path.unlink(missing_ok=True)

    def _listen(self, bell: socket.socket) -> None:
        swept_at = float("-inf")
        while not self._stopping.is_set():
            if time.monotonic() - swept_at >= SWEEP_SECONDS:
                swept_at = time.monotonic()
                self._sweep()
            with contextlib.suppress(TimeoutError, InterruptedError):
                bell.recv(1)
            self._announce()

    def _sweep(self) -> None:
        close_old_connections()
        try:
            services.sweep(now=timezone.now())
        except (DatabaseError, InterfaceError):
            log.exception("sweep failed")  # the next one is seconds away

    def _announce(self) -> None:
        with self._news:
            self._generation += 1
            self._news.notify_all()

    def _work(self) -> None:
        worker = WorkerId.mine()
        while not self._stopping.is_set():
            seen = self._generation
            close_old_connections()
            try:
                ran = run_next(self.lane, worker=worker)
            # A thread that ends leaves its lane without a worker, so nothing may end it.
            except Exception:
                log.exception("no job could be claimed")
                ran = False
            if ran:
                continue
            with self._news:
                if self._generation == seen and not self._stopping.is_set():
                    self._news.wait(POLL_SECONDS)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping.set()
